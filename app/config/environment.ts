/** Settings from the environment, laid over the configuration file. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { ConfigError } from './errors.ts'
import type { SettingSchema } from './schema.ts'

/** How a variable is read: a secret verbatim; a text, where '' is null; anything else as YAML. */
type Kind = 'secret' | 'text' | 'yaml'

interface Setting {
  path: string[]
  kind: Kind
}

/** Derives the variable of a setting: VOTE_DATABASE_QUEUE_LIMIT for database.queueLimit. */
export const variableName = (path: readonly string[]) =>
  `VOTE_${path.map(key => key.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_')}`

const isText = ({ type, anyOf }: SettingSchema) =>
  type === 'string' || (anyOf?.every(({ type }) => type === 'string' || type === 'null') ?? false)

/** Lists every setting by the name of its variable. */
function listSettings(schema: SettingSchema): Map<string, Setting> {
  const settings = new Map<string, Setting>()
  const visit = (node: SettingSchema, path: string[]) => {
    const groups = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(one => one.properties ?? one.oneOf)
    for (const group of groups) visit(group, path)
    for (const [key, child] of Object.entries(node.properties ?? {})) visit(child, [...path, key])
    if (node.properties || groups.length > 0) return
    settings.set(variableName(path), { path, kind: node.secret ? 'secret' : isText(node) ? 'text' : 'yaml' })
  }
  visit(schema, [])
  return settings
}

/** A configuration before it is checked. */
export type Tree = Record<string, unknown>

/** Sets the value at a path. Does nothing if a parent is not a group: the schema reports that. */
export function setValue(tree: Tree, [key, ...rest]: readonly string[], value: unknown) {
  if (key === undefined || typeof tree !== 'object') return
  if (rest.length === 0) tree[key] = value
  else setValue((tree[key] ??= {}) as Tree, rest, value)
}

function hasValue(tree: unknown, path: readonly string[]): boolean {
  const value = path.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree)
  return value !== undefined && value !== null
}

/**
 * Reads a file that the configuration needs. Throws ConfigError, in which `name` says what the file
 * is for.
 */
export function readText(path: string, name: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`✖ ${name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** Reads the value of a variable or a command-line option. Throws ConfigError. */
export function readValue(kind: Kind, text: string, name: string): unknown {
  if (kind === 'secret') return text
  if (kind === 'text') return text || null
  try {
    return parse(text)
  } catch {
    throw new ConfigError(`✖ ${name} cannot be read as YAML`)
  }
}

/** Lays the variables VOTE_… over the tree. Returns the errors. */
export function overlayEnvironment(
  tree: Tree,
  environment: NodeJS.ProcessEnv,
  schema: SettingSchema
): string[] {
  const errors: string[] = []
  const settings = listSettings(schema)
  for (const { path, kind } of settings.values()) {
    if (kind === 'secret' && hasValue(tree, path))
      errors.push(`✖ A secret does not belong in a file\n  → at ${path.join('.')}`)
  }
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('VOTE_') || text === undefined) continue
    const setting = settings.get(name) ?? settings.get(name.replace(/_FILE$/, ''))
    try {
      if (!setting) throw new ConfigError(`✖ Unknown variable ${name}`)
      const value = settings.has(name) ? text : readText(text, name).replace(/\r?\n$/, '')
      setValue(tree, setting.path, readValue(setting.kind, value, name))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      errors.push(error.message)
    }
  }
  return errors
}
