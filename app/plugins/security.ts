/** Headers on every answer, and no writes that another site started. */
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { CrossSite } from '../errors.ts'

// A plain list and not helmet: answers that skip all hooks (a broken URL) need it too. `data:` is for Pico's icons.
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // Not no-referrer: under it a browser sends `Origin: null` with the site's own forms over plain http.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin'
}

/** Puts the security headers on an answer. */
export const secure = (reply: FastifyReply) => reply.headers(headers)

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** The algorithm of Go 1.25's http.CrossOriginProtection: no token, and programs that are no browsers pass. */
function isCrossSite(
  site: string | undefined,
  origin: string | undefined,
  host: string | undefined
): boolean {
  if (site) return site !== 'same-origin' && site !== 'none'
  if (!origin) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}

export const security = fp(
  async app => {
    app.addHook('onRequest', (request, reply, done) => {
      secure(reply)
      const { 'sec-fetch-site': site, origin, host } = request.headers
      const isRefused = !safeMethods.has(request.method) && isCrossSite(site?.toString(), origin, host)
      done(isRefused ? new CrossSite() : undefined)
    })
  },
  { name: 'security', fastify: '5.x' }
)
