/** Page or JSON: what the client prefers. */
import accepts from '@fastify/accepts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyRequest {
    /** Answer with a page. A write, or a resource that has no page, is answered so only if text/html is named. */
    readonly wantsPage: boolean
  }
}

/** Headers of an answer that depends on who asks, and for what. */
export const personal = { vary: 'Accept, Cookie', 'cache-control': 'no-store' }

function wantsPage(request: FastifyRequest) {
  const { method, headers, routeOptions } = request
  const reads = method === 'GET' || method === 'HEAD'
  if (!reads || routeOptions.config.json) return headers.accept?.includes('text/html') ?? false
  return request.accepts().type(['html', 'json']) !== 'json'
}

export const negotiation = fp(
  async app => {
    await app.register(accepts)
    app.decorateRequest('wantsPage', {
      getter(this: FastifyRequest) {
        return wantsPage(this)
      }
    })
  },
  { name: 'negotiation', fastify: '5.x' }
)
