/**
 * The rights to one poll that a link gives: an invitation to vote, and the management of a guest's
 * poll. The token of each is in a cookie of the poll's pages, or in the header `Authorization`.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Manager } from '../models/polls/manager-rows.ts'
import type { Invitation } from '../models/voter-lists/voter-lists.ts'
import { credentialsOf } from '../values/authorization.ts'
import { addressOf } from '../view.ts'
import { YEAR_SECONDS } from './cookies.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Looks the rights up again, for a long answer: the invitation may have been revoked, and the
     * poll claimed by an account.
     */
    refreshLinkRights(request: FastifyRequest): Promise<void>
  }
  interface FastifyRequest {
    /** The invitation of this request, revoked or not; null without one. */
    invitation: Invitation | null
    /** The token of a manage link that the client sent, valid or not; undefined without one. */
    readonly manageToken: string | undefined
    /** What that token is good for; null without a valid one. */
    manager: Manager | null
  }
  interface FastifyReply {
    /** Sets the cookie with the token of a link, for the addresses of its poll alone. */
    keepLinkToken(name: keyof typeof credentials, slug: string, token: string): void
    /** Removes that of a manage link. */
    dropManager(slug: string): void
  }
}

/** By the name of the cookie, which is that of the scheme in `Authorization`. */
const credentials = { invitation: credentialsOf('invitation'), manage: credentialsOf('manage') }

/** Returns the token that the client sent, valid or not; undefined without one. */
const tokenIn = ({ headers, cookies }: FastifyRequest, name: keyof typeof credentials) =>
  credentials[name](headers.authorization) ?? cookies[name]

export const linkRights = fp(
  async app => {
    const pathFor = (slug: string) => addressOf(app, 'Question', { question: slug })

    async function find(request: FastifyRequest, invitation?: string, manage?: string) {
      if (invitation !== undefined) request.invitation = (await app.voterLists.find(invitation)) ?? null
      if (manage !== undefined) request.manager = (await app.guestPolls.find(manage)) ?? null
    }

    app.decorateRequest('invitation', null)
    app.decorateRequest('manager', null)
    app.decorateRequest('manageToken', {
      getter(this: FastifyRequest) {
        return tokenIn(this, 'manage')
      }
    })

    app.addHook('onRequest', (request, _reply, done) => {
      const invitation = tokenIn(request, 'invitation')
      const manage = tokenIn(request, 'manage')
      if (invitation === undefined && manage === undefined) return done()
      find(request, invitation, manage).then(() => done(), done)
    })

    app.decorate('refreshLinkRights', request =>
      find(request, tokenIn(request, 'invitation'), tokenIn(request, 'manage'))
    )

    app.decorateReply('keepLinkToken', function (this: FastifyReply, name, slug, token) {
      this.setOwnCookie(name, token, { maxAge: YEAR_SECONDS, path: pathFor(slug) })
    })

    app.decorateReply('dropManager', function (this: FastifyReply, slug) {
      this.clearOwnCookie('manage', pathFor(slug))
    })
  },
  { name: 'link-rights', fastify: '5.x', dependencies: ['cookies', 'tokens', 'models', 'views'] }
)
