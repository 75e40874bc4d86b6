/** Answers the methods that a resource does not have. */
import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import { MethodNotAllowed } from './errors.ts'
import type { Verb } from './view-schema.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The route that answers 405 for a resource. Guests get this answer too, without signing in.
     */
    methodNotAllowedRoute?: boolean
  }
}

/** Adds the route of all other methods: 405 with Allow, OPTIONS with Allow alone. */
export function registerOtherMethods(
  app: FastifyInstance,
  url: string,
  known: readonly Verb[],
  config: FastifyContextConfig
) {
  const methods = known.map(verb => verb.toUpperCase())
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
  app.route({
    method: app.supportedMethods.filter(method => !allow.includes(method)).concat('OPTIONS'),
    url,
    config: { ...config, methodNotAllowedRoute: true },
    // Answered before the body is read.
    async onRequest(request, reply) {
      reply.header('allow', allow.join(', '))
      if (request.method !== 'OPTIONS') throw new MethodNotAllowed()
      return reply.code(204).send()
    },
    handler: () => undefined
  })
}
