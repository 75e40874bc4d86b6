/**
 * The guest's poll that a request manages: by a token in a cookie of its pages, or as
 * `Authorization: Manage`.
 */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Manager } from '../models/polls/manager-rows.ts'
import { linkRight } from './link-right.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Looks the manage link up again, for a long answer: an account may have claimed the poll. */
    refreshManager(request: FastifyRequest): Promise<void>
  }
  interface FastifyRequest {
    /** The token of a manage link that the client sent, valid or not; undefined without one. */
    readonly manageToken: string | undefined
    /** What the token is good for; null without a valid one. */
    manager: Manager | null
  }
  interface FastifyReply {
    /** Sets the cookie with the token of a manage link, for the addresses of its poll alone. */
    keepManager(slug: string, token: string): void
    /** Removes that cookie. */
    dropManager(slug: string): void
  }
}

export const managers = fp(
  async app => {
    app.decorateRequest('manager', null)
    const { tokenIn, refresh, keep, drop } = linkRight(app, 'manage', async (request, token) => {
      request.manager = (await app.guestPolls.find(token)) ?? null
    })
    app.decorate('refreshManager', refresh)
    app.decorateRequest('manageToken', {
      getter(this: FastifyRequest) {
        return tokenIn(this)
      }
    })
    app.decorateReply('keepManager', keep)
    app.decorateReply('dropManager', drop)
  },
  { name: 'managers', fastify: '5.x', dependencies: ['cookies', 'tokens', 'models', 'views'] }
)
