/** Settings from the environment, laid over the configuration file. */
import { ConfigError } from './errors.ts'
import { readValueFile, requireOne } from './files.ts'
import type { SettingSchema } from './schema.ts'
import { parseYaml } from './yaml.ts'

/**
 * How a variable is read: texts and secrets verbatim, lists with commas or as YAML that begins with
 * a bracket, a dash or a quote, anything else as YAML. An empty variable sets a text that has a
 * default, and nothing else.
 */
type Kind = 'text with default' | 'text' | 'list' | 'yaml'

interface Setting {
  path: string[]
  kind: Kind
  isSecret: boolean
}

/** Derives the variable of a setting: VOTE_DATABASE_QUEUE_LIMIT for database.queueLimit. */
export const variableName = (path: readonly string[]) =>
  `VOTE_${path.map(key => key.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_')}`

function kindOf({ secret, type, anyOf, enum: values, default: value }: SettingSchema): Kind {
  if (type === 'array') return 'list'
  if (type === 'string' && !secret && !values && value !== undefined) return 'text with default'
  const isText = (one: SettingSchema) => one.type === 'string' || one.type === 'null'
  return secret || type === 'string' || anyOf?.every(isText) ? 'text' : 'yaml'
}

/** Lists every setting by the name of its variable. */
function listSettings(schema: SettingSchema): Map<string, Setting> {
  const settings = new Map<string, Setting>()
  const visit = (node: SettingSchema, path: string[]) => {
    const groups = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(one => one.properties ?? one.oneOf)
    for (const group of groups) visit(group, path)
    for (const [key, child] of Object.entries(node.properties ?? {})) visit(child, [...path, key])
    // A group that may be a switch instead has a variable of its own: VOTE_REDIS_TLS=true.
    const isSwitch = node.anyOf?.some(({ type }) => type === 'boolean') ?? false
    if (node.properties || (groups.length > 0 && !isSwitch)) return
    settings.set(variableName(path), { path, kind: kindOf(node), isSecret: node.secret ?? false })
  }
  visit(schema, [])
  return settings
}

/** A configuration before it is checked. */
export type Tree = Record<string, unknown>

/**
 * Sets the value at a path. A switch that is on becomes a group with this setting. Does nothing if
 * a parent is not a group otherwise: the schema reports that.
 */
export function setValue(tree: Tree, [key, ...rest]: readonly string[], value: unknown) {
  if (key === undefined || typeof tree !== 'object') return
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  if (tree[key] === true) tree[key] = {}
  setValue((tree[key] ??= {}) as Tree, rest, value)
}

/**
 * Leaves out the groups and lists that are there and empty, as where all of their lines are
 * comments: they have their defaults. A group that may be null stays, and so does `tls`, whose
 * default is no encryption.
 */
export function omitEmpty(tree: Tree, { properties, anyOf = [], oneOf = [] }: SettingSchema) {
  for (const [key, node] of Object.entries(properties ?? {})) {
    const value = tree[key]
    if (value === null && (node.properties || node.type === 'array')) delete tree[key]
    else if (typeof value === 'object' && value !== null) omitEmpty(value as Tree, node)
  }
  for (const one of [...anyOf, ...oneOf]) omitEmpty(tree, one)
}

/** Throws ConfigError if the setting that a variable sets belongs to a switch that is off. */
function requireOn(tree: Tree, path: readonly string[], name: string) {
  let node: unknown = tree
  for (const [n, key] of path.slice(0, -1).entries()) {
    node = (node as Tree | undefined)?.[key]
    if (node === false)
      throw new ConfigError(`✖ ${name} has no effect\n  → ${path.slice(0, n + 1).join('.')} is false`)
  }
}

/** Tells whether there is a value at a path. */
function hasValue(tree: unknown, path: readonly string[]): boolean {
  const value = path.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree)
  return value !== undefined && value !== null
}

/** Reads the value of a variable or a command-line option. Throws ConfigError. */
export function readValue(kind: Kind, text: string, name: string): unknown {
  if (kind === 'text' || kind === 'text with default') return text
  let value: unknown = text
  try {
    if (kind === 'yaml' || /^\s*[[\-"']/.test(text)) value = parseYaml(text)
  } catch {
    throw new ConfigError(`✖ ${name} cannot be read as YAML`)
  }
  return kind === 'list' && typeof value === 'string' ? value.split(',').map(one => one.trim()) : value
}

const SERVICE_NAME =
  /_SERVICE_(HOST|PORT(_\w{1,80})?)$|_PORT_\d{1,5}_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$|_ENV_\w{1,80}$/

/**
 * Tells whether a variable comes from a Kubernetes Service or a Docker link called vote or
 * vote-...: `VOTE_SERVICE_HOST`, `VOTE_REDIS_PORT=tcp://10.0.0.8:6379`,
 * `VOTE_DATABASE_NAME=/vote/database`. No setting has such a name, and no port such a value; a
 * setting that is a name may begin with a slash.
 */
function isServiceVariable(settings: Map<string, Setting>, name: string, value: string) {
  if (SERVICE_NAME.test(name)) return true
  return name.endsWith('_PORT')
    ? /^(tcp|udp|sctp):\/\//.test(value)
    : name.endsWith('_NAME') && value.startsWith('/') && !settings.has(name)
}

/** Lists the variables VOTE_... that are no settings, but come from Kubernetes or Docker. */
export function listServiceVariables(environment: NodeJS.ProcessEnv, schema: SettingSchema): string[] {
  const settings = listSettings(schema)
  return Object.keys(environment).filter(
    name => name.startsWith('VOTE_') && isServiceVariable(settings, name, environment[name] ?? '')
  )
}

/** Returns the setting that a variable, or the file that it names, sets; undefined: none. */
const settingOf = (settings: Map<string, Setting>, name: string) =>
  settings.get(name) ?? settings.get(name.replace(/_FILE$/, ''))

/**
 * Tells whether an empty variable of this name is one that is not set: docker-compose passes such
 * variables on.
 */
const isUnset = (settings: Map<string, Setting>, name: string) =>
  settings.get(name)?.kind !== 'text with default'

/** Lists the settings that variables set, as `server.timeZone`. */
export function listSetPaths(environment: NodeJS.ProcessEnv, schema: SettingSchema): string[] {
  const settings = listSettings(schema)
  return Object.entries(environment).flatMap(([name, text]) => {
    const setting = settingOf(settings, name)
    return setting && !(text === '' && isUnset(settings, name)) ? [setting.path.join('.')] : []
  })
}

/** Lays the variables VOTE_… over the tree. Returns the errors. */
export function overlayEnvironment(
  tree: Tree,
  environment: NodeJS.ProcessEnv,
  schema: SettingSchema
): string[] {
  const errors: string[] = []
  const settings = listSettings(schema)
  for (const { path, isSecret } of settings.values()) {
    if (isSecret && hasValue(tree, path))
      errors.push(`✖ A secret does not belong in a file\n  → at ${path.join('.')}`)
  }
  // In this order VOTE_DATABASE_TLS comes before VOTE_DATABASE_TLS_CA.
  for (const [name, text] of Object.entries(environment).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith('VOTE_') || text === undefined || isServiceVariable(settings, name, text)) continue
    const setting = settingOf(settings, name)
    try {
      if (!setting) throw new ConfigError(`✖ Unknown variable ${name}`)
      if (text === '' && isUnset(settings, name)) continue
      if (!settings.has(name)) requireOne(environment, name.replace(/_FILE$/, ''))
      const value = settings.has(name) ? text : readValueFile(text, name)
      requireOn(tree, setting.path, name)
      setValue(tree, setting.path, readValue(setting.kind, value, name))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      errors.push(error.message)
    }
  }
  return errors
}
