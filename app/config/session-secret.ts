/** The session secret of an embedded database: a file beside it. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from './errors.ts'
import { readText, withoutLineBreak } from './files.ts'

const MIN_SECRET_LENGTH = 32

/**
 * Returns where the session secret of an embedded database lies, unless the environment has one.
 */
export const secretFile = (databaseFile: string) => join(dirname(databaseFile), 'session.secret')

/**
 * Says what a new session secret of a database that is not new means, and where the former one
 * belongs.
 */
export const newSecretNote = (path: string) =>
  `the database is not new, but its session secret in ${path} is: all sessions end, browsers that voted by link count as new voters, and second factors and e-mail addresses of voter lists cannot be read. Stop, and put the former secret back: into this file, or into VOTE_SESSION_SECRET if it was there`

export const newSecret = () => randomBytes(32).toString('base64url')

/** Tells whether the file has a secret: a start that was interrupted may have left it empty. */
export const hasSecret = (path: string) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0

/**
 * Creates the file of a secret, readable by its owner only: whole and on disk or, on a full disk,
 * not at all. A file that has a secret stays.
 */
export function createSecret(path: string, secret: string) {
  if (!hasSecret(path)) rmSync(path, { force: true })
  try {
    writeFileSync(path, secret, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return // another process was faster
    rmSync(path, { force: true })
    throw error
  }
}

/**
 * Reads the session secret beside the embedded database; the first start of a server creates it. A
 * command does not: the server may have its secret from the environment. A final line break, which
 * an editor adds, is no part of it; what an earlier version signed with it stays valid. `newFile`:
 * the file, if it was created for a database that is not new. Throws ConfigError.
 */
export function readSecret(databaseFile: string, isServer: boolean) {
  const path = secretFile(databaseFile)
  let isLate = false
  if (!hasSecret(path)) {
    if (!isServer) return { secret: '' }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    createSecret(path, newSecret())
    isLate = (statSync(databaseFile, { throwIfNoEntry: false })?.size ?? 0) > 0
  }
  const written = readText(path, 'session.secret')
  const secret = withoutLineBreak(written)
  if (secret.length < MIN_SECRET_LENGTH)
    throw new ConfigError(`✖ ${path} is damaged: remove it, and every user has to sign in again`)
  return { secret, ...(secret !== written && { previousSecret: written }), ...(isLate && { newFile: path }) }
}
