/**
 * Loads the configuration: YAML, then the environment, then the command line, as one frozen Config.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import {
  listServiceVariables,
  listSetPaths,
  overlayEnvironment,
  readText,
  readValue,
  setValue,
  type Tree,
  withoutLineBreak
} from './environment.ts'
import { ConfigError } from './errors.ts'
import { expandUrls } from './urls.ts'
import { describeSettings, schema } from './schema.ts'

/** The folder of the program. Relative paths in a configuration start there. */
export const root = resolve(import.meta.dirname, '../..')

const MIN_SECRET_LENGTH = 32

type Parsed = z.output<typeof schema>
/** The checked configuration. There is always a session secret. */
export type Config = Omit<Parsed, 'session'> & {
  session: Parsed['session'] & { secret: string }
  /** Paths of the settings that the environment sets. */
  fixed: readonly string[]
  /** Paths of the settings that nothing configures: their values are those of the system. */
  guessed: readonly string[]
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

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
 * Reads the session secret beside the embedded database; the first start creates it. A final line break, which an editor
 * adds, is no part of it; what an earlier version signed with it stays valid.
 */
function readOrCreateSecret(databaseFile: string) {
  const path = resolve(dirname(databaseFile), 'session.secret')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) createSecret(path)
  const written = readText(path, 'session.secret')
  const secret = withoutLineBreak(written)
  if (secret.length < MIN_SECRET_LENGTH)
    throw new ConfigError(`✖ ${path} is damaged: remove it, and every user has to sign in again`)
  return { secret, ...(secret !== written && { previousSecret: written }) }
}

/** Lists the settings of a checked tree whose values come from the system. */
function listGuessed({ server, accounts }: z.input<typeof schema>) {
  return [
    ...((server?.timeZone ?? null) === null ? ['server.timeZone'] : []),
    ...((accounts?.homeRegion ?? null) === null ? ['accounts.homeRegion'] : [])
  ]
}

/**
 * Checks a plain object and fills in the defaults. `fixed`: paths of settings that the environment
 * sets. Throws ConfigError with every error, `errors` included.
 */
export function checkConfig(
  tree: unknown,
  earlier: readonly string[] = [],
  fixed: readonly string[] = []
): Config {
  const errors =
    typeof tree === 'object' && tree !== null ? [...earlier, ...expandUrls(tree as Tree)] : earlier
  const result = schema.safeParse(tree)
  if (!result.success) throw new ConfigError([...errors, z.prettifyError(result.error)].join('\n'))
  if (errors.length > 0) throw new ConfigError(errors.join('\n'))
  const { session, database, ...checked } = result.data
  const rest = { ...checked, fixed, guessed: listGuessed(tree as z.input<typeof schema>) } // checked
  if (database.engine === 'mysql')
    return freeze({ ...rest, database, session: { ...session, secret: session.secret ?? '' } }) // checked
  const file = resolve(root, database.file)
  const { secret, previousSecret } =
    session.secret === null ? readOrCreateSecret(file) : { secret: session.secret }
  const secrets = { secret, previousSecret: session.previousSecret ?? previousSecret ?? null }
  return freeze({ ...rest, database: { ...database, file }, session: { ...session, ...secrets } })
}

function parseFile(path: string): Tree {
  let tree: unknown
  try {
    tree = parse(readText(resolve(path), 'configuration')) ?? {}
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`✖ ${path} is not YAML: ${(error as Error).message.split('\n')[0]}`)
  }
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new ConfigError(`✖ ${path} holds no settings`)
  return tree as Tree // a mapping
}

/**
 * Loads a YAML file and lays the environment, then the command line over it. Throws ConfigError.
 */
export function loadConfig(
  path: string,
  flags: { host?: string | undefined; port?: string | undefined } = {},
  environment: NodeJS.ProcessEnv = process.env
): Config {
  const tree = parseFile(path)
  const description = describeSettings()
  const errors = overlayEnvironment(tree, environment, description)
  if (flags.host !== undefined) setValue(tree, ['server', 'host'], flags.host)
  if (flags.port !== undefined) setValue(tree, ['server', 'port'], readValue('yaml', flags.port, '--port'))
  return checkConfig(tree, errors, listSetPaths(environment, description))
}

/** Lists the variables of this process that look like settings and are none. */
export const ignoredVariables = () => listServiceVariables(process.env)

/** Settings of the environment that only the other engine has. */
const foreignVariables = {
  sqlite: /^VOTE_(REDIS|DATABASE(?!_FILE$))_/,
  mysql: /^VOTE_DATABASE_(FILE|ENGINE)$/
}

/**
 * Loads one side of a move. The environment describes both sides: variables that the engine of this file does not know
 * are left out. An embedded database has the secret beside it; a server gets `secret` if the environment has none. Throws
 * ConfigError.
 */
export function loadForMove(
  path: string,
  secret?: string,
  environment: NodeJS.ProcessEnv = process.env
): Config {
  const tree = parseFile(path)
  const database = (tree.database ?? {}) as Tree
  const engine = database.engine === 'mysql' ? 'mysql' : 'sqlite'
  const file = environment.VOTE_DATABASE_FILE ?? String(database.file)
  const isBeside = existsSync(resolve(root, dirname(file), 'session.secret'))
  const variables = Object.entries(environment).filter(
    ([name]) =>
      !foreignVariables[engine].test(name) &&
      !(engine === 'sqlite' && (isBeside || secret !== undefined) && name.startsWith('VOTE_SESSION_SECRET'))
  )
  const errors = overlayEnvironment(tree, Object.fromEntries(variables), describeSettings())
  const session = (tree.session ?? {}) as Tree
  if (secret !== undefined && (session.secret ?? null) === null) setValue(tree, ['session', 'secret'], secret)
  return checkConfig(tree, errors)
}

/** Loads the settings of the stack on one machine whose folder this is (app/ops/stack-folder.ts). Throws ConfigError. */
export function loadStackConfig(folder: string, environment: NodeJS.ProcessEnv = process.env): Config {
  const path = resolve(root, folder)
  const written = readText(join(path, 'nginx/conf.d/public.conf'), `no stack in ${path}`)
  const [, publicUrl = ''] = /default "(.*)";/.exec(written) ?? []
  const listen = readText(join(path, 'nginx/pieces/listen.conf'), `no stack in ${path}`)
  const [, port] = /^listen (\d+);/m.exec(listen) ?? []
  const variables = {
    VOTE_DATABASE_SOCKET_PATH: join(path, 'mariadb/mariadb.sock'),
    VOTE_REDIS_SOCKET_PATH: join(path, 'redis/redis.sock'),
    VOTE_SESSION_SECRET_FILE: join(path, 'session.secret'),
    VOTE_SERVER_PUBLIC_URL: publicUrl,
    ...(port !== undefined && { VOTE_SERVER_PUBLIC_PORT: port })
  }
  return loadConfig(join(root, 'config/production.yaml'), {}, { ...environment, ...variables })
}
