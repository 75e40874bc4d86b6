/** `Authorization: Bearer`: the account of a token, and what the token may do. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { InvalidToken, NotByToken, ScopeMissing } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Looks the token up again, for a long answer: a guest, once it is revoked. */
    refreshToken(request: FastifyRequest): Promise<void>
  }
  interface FastifyContextConfig {
    /** The scope that a token needs here. Without it no token is accepted. */
    scope?: string
  }
}

/**
 * Requires the scope of the route. An address or a method that does not exist is answered as such.
 */
function checkScope(
  { routeOptions: { url, config } }: FastifyRequest,
  reply: FastifyReply,
  scopes: ReadonlySet<string>
) {
  if (url === undefined || config.methodNotAllowedRoute) return
  if (config.scope === undefined) throw new NotByToken()
  if (scopes.has(config.scope)) return
  reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${config.scope}"`)
  throw new ScopeMissing()
}

export const tokens = fp(
  async app => {
    app.decorate('refreshToken', async request => {
      if (!(await app.tokens.find(request.bearer ?? ''))) request.user = null
    })

    async function resolve(request: FastifyRequest, reply: FastifyReply) {
      const found = await app.tokens.find(request.bearer ?? '')
      if (found) return found
      await app.limits.wrongToken(request.ip)
      reply.header('www-authenticate', 'Bearer error="invalid_token"')
      throw new InvalidToken()
    }

    async function identify(request: FastifyRequest, reply: FastifyReply) {
      const { user, scopes } = await resolve(request, reply)
      checkScope(request, reply, scopes)
      request.user = user
    }

    app.addHook('onRequest', (request, reply, done) => {
      if (request.bearer === null) return done()
      // The token alone says who it is: cookies of a browser or of another account do not count.
      request.cookies = {}
      const lookup = identify(request, reply)
      request.routeOptions.config.onSessionLookup?.(lookup.catch(() => {}))
      lookup.then(() => done(), done)
    })
  },
  {
    name: 'tokens',
    fastify: '5.x',
    dependencies: ['content-negotiation', 'cookies', 'account-models', 'identity']
  }
)
