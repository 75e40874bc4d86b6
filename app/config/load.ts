/**
 * Loads the configuration: YAML, then the environment, then the command line, as one frozen Config.
 */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import {
  listServiceVariables,
  listSetPaths,
  omitEmpty,
  overlayEnvironment,
  readValue,
  setValue,
  type Tree
} from './environment.ts'
import { ConfigError } from './errors.ts'
import { isFolder, readText, readVariable } from './files.ts'
import { atUrl, expandUrls } from './urls.ts'
import { describeSettings, schema } from './schema.ts'
import { hasSecret, readSecret, secretFile } from './session-secret.ts'
import { parseYaml } from './yaml.ts'

/** The folder of the program. Relative paths in a configuration start there. */
export const root = resolve(import.meta.dirname, '../..')

type Parsed = z.output<typeof schema>
/**
 * The checked configuration. A server always has a session secret; it is empty for a command that
 * finds none.
 */
export type Config = Omit<Parsed, 'session'> & {
  session: Parsed['session'] & { secret: string }
  /** Paths of the settings that the environment sets. */
  fixed: readonly string[]
  /** Paths of the settings that nothing configures: their values are those of the system. */
  guessed: readonly string[]
  /**
   * The file of the session secret, if it was created now for a database that is not new and no
   * former secret is set.
   */
  newSecretFile: string | null
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) freeze(inner)
  }
  return value
}

/** Lists the settings of a checked tree whose values come from the system. */
function listGuessed({ server, accounts }: z.input<typeof schema>) {
  return [
    ...((server?.timeZone ?? null) === null ? ['server.timeZone'] : []),
    ...((accounts?.homeRegion ?? null) === null ? ['accounts.homeRegion'] : [])
  ]
}

interface Check {
  /** Errors that were found before. */
  earlier?: readonly string[]
  /** Paths of settings that the environment sets. */
  fixed?: readonly string[]
  /** Whether a server starts, which creates its session secret if it has none. */
  isServer?: boolean
}

/**
 * Checks a plain object and fills in the defaults. Throws ConfigError with every error, the earlier
 * ones included.
 */
function parseTree(tree: unknown, earlier: readonly string[]): Parsed {
  const expanded = typeof tree === 'object' && tree !== null ? expandUrls(tree as Tree) : undefined
  const errors = [...earlier, ...(expanded?.errors ?? [])]
  const result = schema.safeParse(tree)
  if (!result.success) {
    const issues = result.error.issues.map(issue => atUrl(issue, expanded?.parts))
    throw new ConfigError([...errors, z.prettifyError({ issues })].join('\n'))
  }
  if (errors.length > 0) throw new ConfigError(errors.join('\n'))
  return result.data
}

/** Returns the path of the file of an embedded database. Throws ConfigError for a folder. */
function databaseFile(path: string): string {
  const file = resolve(root, path)
  if (!isFolder(file)) return file
  throw new ConfigError(
    `✖ database.file: ${file} is a folder: name a file in it, for example ${join(file, 'vote.db')}`
  )
}

/** Reads the secrets of an embedded database. The first start of a server creates their file. */
function readSession(session: Parsed['session'], file: string, isServer: boolean) {
  const { secret, previousSecret, newFile } =
    session.secret === null ? readSecret(file, isServer) : { secret: session.secret }
  return {
    session: { ...session, secret, previousSecret: session.previousSecret ?? previousSecret ?? null },
    newSecretFile: session.previousSecret === null ? (newFile ?? null) : null
  }
}

/**
 * Makes the configuration of a plain object. Throws ConfigError with every error, the earlier ones
 * included.
 */
export function checkConfig(
  tree: unknown,
  { earlier = [], fixed = [], isServer = true }: Check = {}
): Config {
  const { session, database, ...settings } = parseTree(tree, earlier)
  const rest = { ...settings, fixed, guessed: listGuessed(tree as z.input<typeof schema>) } // checked
  if (database.engine === 'mysql') {
    const secret = session.secret ?? '' // checked
    return freeze({ ...rest, database, session: { ...session, secret }, newSecretFile: null })
  }
  const file = databaseFile(database.file) // before a secret is made beside it
  return freeze({ ...rest, database: { ...database, file }, ...readSession(session, file, isServer) })
}

function parseFile(path: string): Tree {
  let tree: unknown
  try {
    tree = parseYaml(readText(resolve(path), 'configuration')) ?? {}
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`✖ ${path} cannot be read as YAML: ${(error as Error).message}`)
  }
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new ConfigError(`✖ ${path} holds no settings`)
  omitEmpty(tree as Tree, describeSettings()) // a mapping
  return tree as Tree
}

interface Flags {
  host?: string | undefined
  port?: string | undefined
  /** Whether a server starts. */
  isServer?: boolean
}

/**
 * Loads a YAML file and lays the environment, then the command line over it. Throws ConfigError.
 */
export function loadConfig(
  path: string,
  flags: Flags = {},
  environment: NodeJS.ProcessEnv = process.env
): Config {
  const tree = parseFile(path)
  const description = describeSettings()
  const errors = overlayEnvironment(tree, environment, description)
  if (flags.host !== undefined) setValue(tree, ['server', 'host'], flags.host)
  if (flags.port !== undefined) setValue(tree, ['server', 'port'], readValue('yaml', flags.port, '--port'))
  const { isServer = true } = flags
  return checkConfig(tree, { earlier: errors, fixed: listSetPaths(environment, description), isServer })
}

/** Lists the variables of this process that look like settings and are none. */
export const ignoredVariables = () => listServiceVariables(process.env, describeSettings())

/** Settings of the environment that only the other engine has. */
const foreignVariables = {
  sqlite: /^VOTE_(REDIS|DATABASE(?!(_FILE){1,2}$))_/,
  mysql: /^VOTE_DATABASE_(FILE|ENGINE)(_FILE)?$/
}

/**
 * Loads one side of a move. The environment describes both sides: variables that the engine of this
 * file does not know are left out. An embedded source has the secret beside it, if there is one;
 * the target gets `secret` if the environment has none. Throws ConfigError.
 */
export function loadForMove(
  path: string,
  secret?: string,
  environment: NodeJS.ProcessEnv = process.env
): Config {
  const tree = parseFile(path)
  const database = (tree.database ?? {}) as Tree
  const engine = database.engine === 'mysql' ? 'mysql' : 'sqlite'
  const file = readVariable(environment, 'VOTE_DATABASE_FILE') ?? String(database.file)
  const hasOwn = engine === 'sqlite' && secret === undefined && hasSecret(secretFile(resolve(root, file)))
  const variables = Object.entries(environment).filter(
    ([name]) => !foreignVariables[engine].test(name) && !(hasOwn && name.startsWith('VOTE_SESSION_SECRET'))
  )
  const errors = overlayEnvironment(tree, Object.fromEntries(variables), describeSettings())
  const session = (tree.session ?? {}) as Tree
  if (secret !== undefined && (session.secret ?? null) === null) setValue(tree, ['session', 'secret'], secret)
  return checkConfig(tree, { earlier: errors, isServer: false })
}
