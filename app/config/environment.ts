/** What the environment says, laid over the configuration from a file. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** The configuration cannot be used; the message names every mistake and no value. */
export class ConfigError extends Error {}

/** What is looked at in the JSON schema of the configuration. */
export interface Setting {
  properties?: Record<string, Setting>
  anyOf?: Setting[]
  oneOf?: Setting[]
  type?: string
  secret?: boolean
}

interface Leaf {
  path: string[]
  /** How a variable is read: a secret as it stands, text too but for nothing, the rest as YAML. */
  kind: 'secret' | 'text' | 'yaml'
}

/** Every setting by the name of its variable: VOTE_DATABASE_QUEUE_LIMIT is database.queueLimit. */
function settings(schema: Setting): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>()
  const isText = ({ type, anyOf }: Setting) =>
    type === 'string' || (anyOf?.every(one => one.type === 'string' || one.type === 'null') ?? false)
  const walk = (node: Setting, path: string[]) => {
    const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(one => one.properties ?? one.oneOf)
    for (const one of inner) walk(one, path)
    for (const [key, child] of Object.entries(node.properties ?? {})) walk(child, [...path, key])
    if (node.properties || inner.length > 0) return
    const name = path.map(key => key.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_')
    leaves.set(`VOTE_${name}`, { path, kind: node.secret ? 'secret' : isText(node) ? 'text' : 'yaml' })
  }
  walk(schema, [])
  return leaves
}

/** A configuration before it is checked. */
export type Tree = Record<string, unknown>

/** Sets what stands at this path, unless something else than a group of settings is in the way: the schema names that. */
export function put(tree: Tree, [key, ...rest]: string[], value: unknown) {
  if (key === undefined || typeof tree !== 'object') return
  if (rest.length === 0) tree[key] = value
  else put((tree[key] ??= {}) as Tree, rest, value)
}

function has(tree: unknown, path: string[]): boolean {
  const inner = path.reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree)
  return inner !== undefined && inner !== null
}

/** The text of a file that the configuration needs. */
export function readText(path: string, what: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`✖ ${what}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** The value of a variable or an option; the database called 2024 is text, and nothing unsets. */
export function read(kind: Leaf['kind'], text: string, name: string): unknown {
  if (kind === 'secret') return text
  if (kind === 'text') return text || null
  try {
    return parse(text)
  } catch {
    throw new ConfigError(`✖ ${name} cannot be read as YAML`)
  }
}

/** The variables VOTE_… laid over the tree; answers what is wrong with them. */
export function overlay(tree: Tree, environment: NodeJS.ProcessEnv, schema: Setting): string[] {
  const problems: string[] = []
  const known = settings(schema)
  for (const { path, kind } of known.values()) {
    if (kind === 'secret' && has(tree, path))
      problems.push(`✖ A secret does not belong into a file\n  → at ${path.join('.')}`)
  }
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('VOTE_') || text === undefined) continue
    const leaf = known.get(name) ?? known.get(name.replace(/_FILE$/, ''))
    try {
      if (!leaf) throw new ConfigError(`✖ Unknown variable ${name}`)
      const value = known.has(name) ? text : readText(text, name).replace(/\r?\n$/, '')
      put(tree, leaf.path, read(leaf.kind, value, name))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      problems.push(error.message)
    }
  }
  return problems
}
