/**
 * Parses cookies once per request; defines the names, attributes and lifetimes of all our cookies.
 */
import cookie from '@fastify/cookie'
import fp from 'fastify-plugin'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/load.ts'
import { basePathOf } from '../values/base-path.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Returns the name that a cookie of ours has in the browser. */
    cookieName(name: OwnCookie): string
    /** Same site, hidden from scripts, below the base path, `Secure` under https. */
    cookieAttributes: CookieAttributes
    /**
     * Lets requests have the first value of this cookie that is valid: another application on this
     * host name may have a cookie of the same name, which browsers send too.
     */
    preferCookie(name: OwnCookie, isValid: IsValid): void
  }
  interface FastifyReply {
    /** Sets one of our cookies. */
    setOwnCookie(
      name: OwnCookie,
      value: string,
      lifetime: ({ maxAge: number } | { expires: Date }) & { path?: string }
    ): void
    /** Removes one of our cookies; `path`: where it is not the base path. */
    clearOwnCookie(name: OwnCookie, path?: string): void
  }
}

/** Our cookies, as `request.cookies` has them: without the prefix. */
const OWN = [
  'sessionid',
  'browser',
  'accounts',
  'merged',
  'theme',
  'locale',
  'provider',
  'invitation',
  'manage',
  'embed',
  'step'
] as const
type OwnCookie = (typeof OWN)[number]
type IsValid = (value: string) => boolean
/** How a cookie is found and checked; `sent`: how it begins in the header, behind its prefix. */
interface Check {
  name: OwnCookie
  sent: string
  isValid: IsValid
}
/**
 * Cookies that keep one person from voting twice. They are also read with any other prefix and
 * without one: an instance keeps its voters when its public address changes. Their signature tells
 * whether they are ours.
 */
const ANY_PREFIX: ReadonlySet<OwnCookie> = new Set(['browser', 'accounts', 'embed'])

/**
 * Attributes of the cookie of a frame in a page of another site. Browsers store it over https only,
 * apart for each site whose page has the frame (`Partitioned`).
 */
const FRAMED = { sameSite: 'none', secure: true, partitioned: true } as const

export const YEAR_SECONDS = 31_536_000

type Server = Pick<Config['server'], 'publicUrl' | 'cookiePrefix'>
type CookieAttributes = ReturnType<typeof attributesFor>

const attributesFor = ({ publicUrl }: Server) =>
  ({
    path: basePathOf(publicUrl) || '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.startsWith('https:') ?? false
  }) as const

/**
 * Returns what precedes the names of our cookies. Browsers send cookies to every port of a host and
 * to all paths below theirs, so an instance at another port or path has names of its own.
 */
export function cookiePrefix({ publicUrl, cookiePrefix: configured }: Server): string {
  if (configured !== null) return configured
  const { port = '', pathname = '/' } = publicUrl === null ? {} : new URL(publicUrl)
  return [port, ...pathname.split('/')]
    .filter(Boolean)
    .map(part => `${part.replaceAll(/[^A-Za-z0-9_-]/g, '-')}_`)
    .join('')
}

/**
 * Values that are checked for one cookie, of its own name and of those with another prefix: more
 * are sent by attackers only.
 */
const MAX_SAME_NAMES = 8

/**
 * Clients may quote a value (RFC 6265, 4.1.1): Python's http.cookies quotes each that has a slash.
 */
const unquoted = (value: string | undefined) => value?.replace(/^"(.*)"$/, '$1')

/** Lets `request.cookies` have our cookies under their plain names. */
function readOwnCookies(app: FastifyInstance, prefix: string, checks: readonly Check[]) {
  function candidates(header: string, name: OwnCookie) {
    const sent = header
      .split(';')
      .filter(part => part.includes(`${name}=`))
      .flatMap(part => Object.entries(app.parseCookie(part)))
    const valuesOf = (isMeant: (sentName: string) => boolean) =>
      sent
        .filter(([sentName]) => isMeant(sentName))
        .slice(0, MAX_SAME_NAMES)
        .map(([, value]) => unquoted(value)!)
    const own = valuesOf(sentName => sentName === prefix + name)
    return ANY_PREFIX.has(name) ? [...own, ...valuesOf(sentName => sentName.endsWith(name))] : own
  }

  function usePrefixed(cookies: FastifyRequest['cookies']) {
    for (const name of OWN) {
      const value = cookies[prefix + name]
      if (value !== undefined || !ANY_PREFIX.has(name)) cookies[name] = value
    }
  }

  app.addHook('onRequest', ({ cookies, headers: { cookie: header } }, _reply, done) => {
    if (header === undefined) return done()
    if (header.includes('"')) for (const name of Object.keys(cookies)) cookies[name] = unquoted(cookies[name])
    if (prefix !== '') usePrefixed(cookies)
    for (const { name, sent, isValid } of checks) {
      const at = header.indexOf(sent)
      if (at === -1) continue
      const isFound = cookies[name] !== undefined || !ANY_PREFIX.has(name)
      if (isFound && at === header.lastIndexOf(sent)) continue
      const valid = candidates(header, name).find(isValid)
      if (valid !== undefined) for (const one of [name, prefix + name]) cookies[one] = valid
    }
    return done()
  })
}

export const cookies = fp<Server>(
  async (app, server) => {
    const prefix = cookiePrefix(server)
    const attributes = attributesFor(server)
    await app.register(cookie)
    const checks: Check[] = []
    readOwnCookies(app, prefix, checks)
    app.decorate('preferCookie', (name, isValid) => void checks.push({ name, sent: `${name}=`, isValid }))
    app.decorate('cookieName', name => prefix + name)
    app.decorate('cookieAttributes', attributes)
    app.decorateReply(
      'setOwnCookie',
      function (this: FastifyReply, name: OwnCookie, value: string, lifetime) {
        this.setCookie(prefix + name, value, { ...attributes, ...(name === 'embed' && FRAMED), ...lifetime })
      }
    )
    app.decorateReply('clearOwnCookie', function (this: FastifyReply, name: OwnCookie, path?: string) {
      this.clearCookie(prefix + name, { path: path ?? attributes.path })
    })
  },
  { name: 'cookies', fastify: '5.x' }
)
