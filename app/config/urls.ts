/** Connection addresses, which hosting services give as one URL, as settings. */
import { ConfigError } from './errors.ts'
import { setValue, type Tree } from './environment.ts'

const GROUPS = ['database', 'redis', 'mail'] as const
type Group = (typeof GROUPS)[number]

const schemes: Record<Group, Record<string, { tls: boolean }>> = {
  database: { 'mysql:': { tls: false }, 'mariadb:': { tls: false }, 'mysqls:': { tls: true } },
  redis: { 'redis:': { tls: false }, 'rediss:': { tls: true } },
  mail: { 'smtp:': { tls: false }, 'smtps:': { tls: true } }
}

/** Parses the URL. Throws ConfigError, which never has the value. */
function parseUrl(group: Group, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const known = schemes[group]
  if (url && (url.search || url.hash))
    throw new ConfigError(
      `✖ Nothing after ? or # is read: use settings like ${group}.tls\n  → at ${group}.url`
    )
  if (url && known[url.protocol] && url.hostname !== '') return url
  throw new ConfigError(
    `✖ Expected an address like ${Object.keys(known).join('// or ')}//user:password@host\n  → at ${group}.url`
  )
}

/** The settings that a URL stands for. */
function settingsOf(group: Group, url: URL): Record<string, unknown> {
  const path = decodeURIComponent(url.pathname.slice(1).replace(/\/$/, ''))
  const { tls } = schemes[group][url.protocol]!
  const user = decodeURIComponent(url.username)
  const server = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port && { port: Number(url.port) }),
    ...(url.password && { password: decodeURIComponent(url.password) })
  }
  if (group === 'mail') return { ...server, ...(user && { user }), ...(tls && { security: 'tls' }) }
  const settings = { ...server, ...(tls && { tls: true }) }
  if (group === 'redis')
    return { ...settings, ...(user && { username: user }), ...(path && { db: Number(path) }) }
  return { ...settings, ...(user && { user }), ...(path && { database: path }) }
}

interface Expanded {
  errors: string[]
  /** The settings that an address stands for, as `redis.db`. */
  parts: ReadonlySet<string>
}

/** Replaces `database.url`, `redis.url` and `mail.url` by the settings that they stand for. */
export function expandUrls(tree: Tree): Expanded {
  const errors: string[] = []
  const parts = new Set<string>()
  for (const group of GROUPS) {
    const settings = tree[group] as Tree | undefined | null
    if (typeof settings?.url !== 'string') continue
    try {
      for (const [name, value] of Object.entries(settingsOf(group, parseUrl(group, settings.url)))) {
        // TLS with files stays as it is; the address wins over the defaults of a file.
        if (name === 'tls' && settings.tls) continue
        setValue(tree, [group, name], value)
        parts.add(`${group}.${name}`)
      }
      if (group !== 'mail') settings.socketPath = null
    } catch (error) {
      errors.push(
        error instanceof ConfigError ? error.message : `✖ The address cannot be read\n  → at ${group}.url`
      )
    }
  }
  return { errors, parts }
}

interface Issue {
  message: string
  path: PropertyKey[]
}

/** Names the address in an issue of a setting that a part of it stands for. */
export function atUrl({ message, path }: Issue, parts?: ReadonlySet<string>): Issue {
  const [group, name] = path.map(String)
  if (group === undefined || !parts?.has(`${group}.${name}`)) return { message, path }
  return { message: `${name} of the address: ${message}`, path: [group, 'url'] }
}
