/** The session secret of an embedded database: a file beside it. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readText, withoutLineBreak } from './environment.ts'
import { ConfigError } from './errors.ts'

const MIN_SECRET_LENGTH = 32

/** Returns where the session secret of an embedded database lies, unless the environment has one. */
export const secretFile = (databaseFile: string) => join(dirname(databaseFile), 'session.secret')

/** Creates a file with a random secret, readable by its owner only: whole or, on a full disk, not at all. */
function createSecret(path: string) {
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return // another process was faster
    rmSync(path, { force: true })
    throw error
  }
}

/**
 * Reads the session secret beside the embedded database; the first start of a server creates it. A command does not: the
 * server may have its secret from the environment. A final line break, which an editor adds, is no part of it; what an
 * earlier version signed with it stays valid. Throws ConfigError.
 */
export function readSecret(databaseFile: string, isServer: boolean) {
  const path = secretFile(databaseFile)
  if (!existsSync(path)) {
    if (!isServer) return { secret: '' }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    createSecret(path)
  }
  const written = readText(path, 'session.secret')
  const secret = withoutLineBreak(written)
  if (secret.length < MIN_SECRET_LENGTH)
    throw new ConfigError(`✖ ${path} is damaged: remove it, and every user has to sign in again`)
  return { secret, ...(secret !== written && { previousSecret: written }) }
}
