/** Negotiates page or JSON. */
import accepts from '@fastify/accepts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Whether to answer with a page. A write, a resource without a page, and a request with a token
     * need text/html in Accept.
     */
    readonly wantsPage: boolean
  }
}

/** Headers of an answer that depends on the viewer and on the format. */
export const personal = { vary: 'Accept, Cookie', 'cache-control': 'no-store' }

function wantsPage(request: FastifyRequest) {
  const { method, headers, routeOptions } = request
  const reads = method === 'GET' || method === 'HEAD'
  if (!reads || routeOptions.config.json || (request.bearer ?? null) !== null)
    return headers.accept?.includes('text/html') ?? false
  return request.accepts().type(['html', 'json']) !== 'json'
}

export const contentNegotiation = fp(
  async app => {
    await app.register(accepts)
    app.decorateRequest('wantsPage', {
      getter(this: FastifyRequest) {
        return wantsPage(this)
      }
    })
  },
  { name: 'content-negotiation', fastify: '5.x' }
)
