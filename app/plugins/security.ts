/** Adds the security headers to every answer and rejects writes that another site started. */
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { forwardedHosts, isOwnOrigin } from '../values/origin.ts'
import { changesNothing } from '../values/methods.ts'
import { isListed, toBlockList } from '../values/network.ts'
import type { Config } from '../config/load.ts'
import type { AppError } from '../app-error.ts'
import { BadRequest, CrossSite, HeadersTooLarge } from '../errors.ts'

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Lets pages of these origins show this answer in a frame: origins with spaces between them, or
     * `*`. No other answer can be framed.
     */
    allowFraming(origins: string): void
  }
}

// A list instead of helmet: answers without hooks (malformed URLs) need it too.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; " +
  "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors "
const always: Record<string, string> = {
  'content-security-policy': `${policy}'none'`,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // Not no-referrer: under it a browser sends `Origin: null` with the site's own forms over plain
  // http.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin'
}

/** Returns the security headers of every answer, with HSTS if `publicUrl` is https. */
export const headersFor = ({ publicUrl }: Config['server']) =>
  publicUrl?.startsWith('https:') ? { ...always, 'strict-transport-security': 'max-age=31536000' } : always

/**
 * Refused forms are logged at warn this seldom: the configuration of one process logs no lower
 * level, and a client can send many.
 */
const WARNING_INTERVAL_MS = 60_000

/** More than browsers and proxies send. Node itself limits their bytes only. */
const MAX_HEADERS = 200
/** Empty where the address of the request has no host (RFC 9112, 3.2). */
const isHost = /^[\w.:[\]-]*$/
/** Balancers that probe send addresses with a zone, and names of their own. */
const isProbe = ({ routeOptions: { url } }: FastifyRequest) => url?.startsWith('/health/') === true

/** Rejects two Host headers: Node uses the first, a proxy may use the other (RFC 9112, 3.2). */
function hasTwoHosts(rawHeaders: readonly string[]) {
  let hosts = 0
  for (let n = 0; n < rawHeaders.length; n += 2) {
    const name = rawHeaders[n]!
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts > 1
}

/**
 * Returns what logs, once a minute at most, the addresses that were compared: they help to correct
 * `server.publicUrl` or the proxy.
 */
function createWarning(log: FastifyBaseLogger) {
  let warnedAt = -Infinity
  return (compared: object) => {
    if (performance.now() - warnedAt < WARNING_INTERVAL_MS) return
    warnedAt = performance.now()
    log.warn(
      { compared },
      'a form was refused: another site sent it, or server.publicUrl or the proxy is wrong'
    )
  }
}

/** Returns what logs, once, that a request came through a proxy that is not trusted. */
function createProxyWarning(log: FastifyBaseLogger, isFromProxy: (request: FastifyRequest) => boolean) {
  let hasWarned = false
  return (request: FastifyRequest) => {
    if (hasWarned || request.headers['x-forwarded-for'] === undefined || isFromProxy(request)) return
    hasWarned = true
    const hint = 'a proxy is not in server.trustedProxies: all clients behind it share one limit'
    log.warn(hint) // without the address, which may be a client's
  }
}

/**
 * Returns the error of headers that are too many, that name two hosts, or none that can be one.
 */
function headersFault(request: FastifyRequest): AppError | undefined {
  const { raw, headers } = request
  if (raw.rawHeaders.length > 2 * MAX_HEADERS) return new HeadersTooLarge()
  const isValid =
    headers.host === undefined ? raw.httpVersion === '1.0' : isProbe(request) || isHost.test(headers.host)
  return isValid && !hasTwoHosts(raw.rawHeaders) ? undefined : new BadRequest()
}

export const security = fp<Config['server']>(
  async (app, server) => {
    const headers = headersFor(server)
    const { publicUrl } = server

    /**
     * The algorithm of Go 1.25's http.CrossOriginProtection: no token; clients other than browsers
     * pass. Both headers tell of the page that sends the form, not of one around it: a form of our
     * frame in another site's page passes.
     */
    function isCrossSite(request: FastifyRequest) {
      const { 'sec-fetch-site': site, origin } = request.headers
      if (site) return site !== 'same-origin' && site !== 'none'
      return origin ? !hostsOf(request).some(host => isOwnOrigin(origin, host, publicUrl)) : false
    }

    const proxies = toBlockList(server.trustedProxies)
    const isFromProxy = ({ socket }: FastifyRequest) => isListed(proxies, socket.remoteAddress)
    /**
     * Lists the hosts to which a request may have been sent. A chain of proxies forwards several.
     */
    function hostsOf(request: FastifyRequest) {
      const { host, headers: sent } = request
      if (!isFromProxy(request)) return [host]
      return [
        host,
        ...forwardedHosts(sent['x-forwarded-host']?.toString(), sent['x-forwarded-port']?.toString())
      ]
    }

    const warn = createWarning(app.log)
    function crossSiteFault(request: FastifyRequest): AppError | undefined {
      if (changesNothing(request.method) || !isCrossSite(request)) return undefined
      const { 'sec-fetch-site': site, origin } = request.headers
      const compared = { site, origin, host: request.host, publicUrl }
      warn(compared)
      return new CrossSite({ cause: compared })
    }

    const warnOfProxy = createProxyWarning(app.log, isFromProxy)

    app.decorateReply('allowFraming', function (this: FastifyReply, origins: string) {
      this.header('content-security-policy', policy + origins).removeHeader('x-frame-options')
    })

    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(headers)
      warnOfProxy(request)
      done(headersFault(request) ?? crossSiteFault(request))
    })
  },
  { name: 'security', fastify: '5.x' }
)
