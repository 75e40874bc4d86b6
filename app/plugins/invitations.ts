/** The invitation to vote that a request holds: in a cookie of its poll's pages, or as `Authorization: Invitation`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Invitation } from '../models/voter-lists/voter-lists.ts'
import { addressOf } from '../view.ts'
import { YEAR_SECONDS } from './cookies.ts'

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

const SCHEME = /^invitation +(\S*) *$/i

/** Returns the token that the client sent, valid or not; undefined without one. */
const tokenIn = ({ headers, cookies }: FastifyRequest) =>
  SCHEME.exec(headers.authorization ?? '')?.[1] ?? cookies.invitation

export const invitations = fp(
  async app => {
    app.decorateRequest('invitation', null)

    async function look(request: FastifyRequest, token: string) {
      request.invitation = await app.voterLists.find(token)
    }

    app.decorate('refreshInvitation', async request => {
      const token = tokenIn(request)
      if (token !== undefined) await look(request, token)
    })

    app.decorateReply('keepInvitation', function (this: FastifyReply, slug: string, token: string) {
      const path = addressOf(app, 'Question', { question: slug })
      this.setOwnCookie('invitation', token, { maxAge: YEAR_SECONDS, path })
    })

    app.addHook('onRequest', (request, _reply, done) => {
      const token = tokenIn(request)
      if (token === undefined) return done()
      look(request, token).then(() => done(), done)
    })
  },
  { name: 'invitations', fastify: '5.x', dependencies: ['cookies', 'tokens', 'models'] }
)
