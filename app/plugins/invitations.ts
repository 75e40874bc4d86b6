/**
 * The invitation to vote that a request holds: in a cookie of its poll's pages, or as
 * `Authorization: Invitation`.
 */
import fp from 'fastify-plugin'
import type { Invitation } from '../models/voter-lists/voter-lists.ts'
import { linkRight } from './link-right.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Looks the invitation up again, for a long answer: it may have been revoked. */
    refreshInvitation(request: FastifyRequest): Promise<void>
  }
  interface FastifyRequest {
    /** The invitation of this request, revoked or not; null without one. */
    invitation: Invitation | null
  }
  interface FastifyReply {
    /** Sets the cookie with the token of an invitation, for the addresses of its poll alone. */
    keepInvitation(slug: string, token: string): void
  }
}

export const invitations = fp(
  async app => {
    app.decorateRequest('invitation', null)
    const { refresh, keep } = linkRight(app, 'invitation', async (request, token) => {
      request.invitation = (await app.voterLists.find(token)) ?? null
    })
    app.decorate('refreshInvitation', refresh)
    app.decorateReply('keepInvitation', keep)
  },
  { name: 'invitations', fastify: '5.x', dependencies: ['cookies', 'tokens', 'models', 'views'] }
)
