/** Negotiates page or JSON, and gzip. */
import accepts from '@fastify/accepts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { memoize } from '../cache/memoize.ts'
import { bearerIn } from '../values/authorization.ts'
import { isRead } from '../values/methods.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * The token that the client sent, valid or not, or empty; null without `Authorization: Bearer`.
     */
    readonly bearer: string | null
    /**
     * Whether to answer with a page. A write, a resource without a page, and a request with a token
     * need text/html in Accept, not behind JSON.
     */
    readonly wantsPage: boolean
    /** Whether the client prefers a body that gzip has compressed. */
    readonly prefersGzip: boolean
  }
}

/** Headers of an answer that depends on the viewer and on the format. */
export const personal = { vary: 'Accept, Cookie', 'cache-control': 'no-store' }

/**
 * Parameters of a type in `Accept`, but not its weight: JSON in UTF-8 and JSON are the same here.
 */
const PARAMETERS = /;(?!\s*q\s*=)(?:"[^"]*"|[^",;])*/gi

/** Values of a header whose decision is kept. Browsers send few different ones. */
const MAX_VALUES = 100

function bearer(this: FastifyRequest) {
  return bearerIn(this.headers.authorization)
}

/** Tells whether the client gets a page only where its Accept names text/html. */
const namesItsPage = ({ method, routeOptions, bearer }: FastifyRequest) =>
  !isRead(method) || routeOptions.config.hasPage === false || bearer !== null

export const contentNegotiation = fp(
  async app => {
    await app.register(accepts)
    // Once for each value of a header: to parse it costs more than to look it up.
    const withoutParameters = memoize((accept: string) => accept.replaceAll(PARAMETERS, ''), MAX_VALUES)
    const preferredType = memoize(
      (request: FastifyRequest) => request.accepts().type(['html', 'json']),
      MAX_VALUES,
      ({ headers }) => headers.accept ?? ''
    )
    const prefersGzip = memoize(
      (request: FastifyRequest) => request.accepts().encoding(['gzip', 'identity']) === 'gzip',
      MAX_VALUES,
      ({ headers }) => headers['accept-encoding'] ?? ''
    )

    app.decorateRequest('bearer', { getter: bearer })
    // The negotiator of @fastify/accepts compares parameters, and would take `application/json;
    // charset=utf-8` for another type.
    app.addHook('onRequest', ({ raw: { headers } }, _reply, done) => {
      if (headers.accept?.includes(';')) headers.accept = withoutParameters(headers.accept)
      done()
    })
    app.decorateRequest('wantsPage', {
      getter(this: FastifyRequest) {
        if (!namesItsPage(this)) return preferredType(this) !== 'json'
        return this.headers.accept?.includes('text/html') === true && preferredType(this) === 'html'
      }
    })
    app.decorateRequest('prefersGzip', {
      getter(this: FastifyRequest) {
        return prefersGzip(this)
      }
    })
  },
  { name: 'content-negotiation', fastify: '5.x' }
)
