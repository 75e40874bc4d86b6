/**
 * Redirects addresses with a slash, a space, punctuation, an HTML entity or tag, emoji or letters
 * of scripts without spaces behind them, as chats and mails pass links on, and join codes in other
 * spellings, as people type them.
 */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { JoinCode } from '../schemas/rooms.ts'
import { withoutBase } from '../values/base-path.ts'
import { isRead } from '../values/methods.ts'
import { TRAILING } from '../values/trailing-characters.ts'
import { pathOf } from '../view.ts'

/**
 * What stands behind a link without a space: a mark of Markdown, emoji, and letters of scripts that
 * need none. An address may end with it: slugs of former versions and tokens do with _ and -, so
 * these are dropped one by one. And what is left of an entity without its semicolon.
 */
const ATTACHED = /(?<!%[89a-f][\da-f])(?:%[89a-f][\da-f])+$|[_-]$|(?:&|%26)[a-z]{2,8}$/i

/**
 * Bytes of an address that is redirected, and of one with its query, which must fit a proxy's
 * buffer (nginx.conf).
 */
const MAX_ADDRESS_BYTES = 512
const MAX_LOCATION_BYTES = 8_000

/**
 * Tells at once of most addresses that they end as they should: with a letter or digit that is not
 * of an escape.
 */
const mayTrail = (path: string) => path.at(-3) === '%' || /\W/.test(path.at(-1) ?? '')

/**
 * Returns an address within the site, with its query if both fit; undefined if it does not fit
 * itself.
 */
function locationOf(path: string, query: readonly string[], basePath: string): string | undefined {
  const isBase = withoutBase(path, basePath) === '/'
  // One slash at the beginning: two would name another host, and browsers read a backslash as a
  // slash.
  const address = `${basePath}/${isBase ? '' : path.replace(/^[/\\]+/, '')}`
  if (address.length > MAX_ADDRESS_BYTES) return undefined
  const location = [address, ...query].join('?')
  return location.length > MAX_LOCATION_BYTES ? address : location
}

/**
 * Returns the path of the room whose join code an address that has no route is, in another
 * spelling.
 */
function roomPath({ params, server }: FastifyRequest): string | undefined {
  const { '*': typed = '/' } = (params ?? {}) as { '*'?: string }
  const code = typed.includes('/') ? undefined : JoinCode.safeParse(typed).data
  return code && pathOf(server, 'Joined', { code })
}

/**
 * Returns where an address that was not found leads: into the room whose code it is, or without
 * what is attached to it; undefined if it is neither.
 */
export function correctedAddress(request: FastifyRequest): string | undefined {
  if (!isRead(request.method)) return undefined
  const { basePath } = request.server
  const [path = '', ...query] = request.raw.url!.split('?')
  const room = roomPath(request)
  if (room !== undefined) return locationOf(room, query, basePath)
  const bare = path.replace(ATTACHED, '')
  const isWhole = bare === path || bare.endsWith('/') || path.startsWith('/static/')
  return isWhole ? undefined : locationOf(bare, query, basePath)
}

export const trailingCharacters = fp(
  async app => {
    app.addHook('onRequest', (request, reply, done) => {
      if (!isRead(request.method)) return done()
      const [path = '', ...query] = request.raw.url!.split('?')
      if (path === '/' || path.startsWith('/static/') || !mayTrail(path) || !TRAILING.test(path))
        return done()
      const location = locationOf(path.replace(TRAILING, ''), query, app.basePath)
      return location === undefined ? done() : reply.redirect(location, 301)
    })
  },
  { name: 'trailing-characters', fastify: '5.x', dependencies: ['site-address', 'views'] }
)
