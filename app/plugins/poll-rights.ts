/** Who may create polls, and who manages a poll as its own. */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ManageLinkInvalid } from '../errors.ts'
import { owns } from '../models/polls/admission.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * An onRequest hook for pages on which polls are managed, before it is known which poll: throws
     * SignInRequired for guests without the manage link of any poll, ManageLinkInvalid for those
     * with one that is not valid.
     */
    requireManager: (request: FastifyRequest) => Promise<void>
    /**
     * An onRequest hook for the creation of polls: requires a user, unless guests may create them
     * too.
     */
    requireCreator: (request: FastifyRequest) => Promise<void>
  }
  interface FastifyRequest {
    /**
     * Tells whether this request manages the question as its owner: by its account, or by a guest's
     * manage link.
     */
    owns(question: { id: number; user_id: number | null }): boolean
  }
}

export const pollRights = fp(
  async app => {
    app.decorateRequest('owns', function (this: FastifyRequest, question) {
      return owns(question, this.viewer)
    })

    app.decorate('requireManager', async request => {
      if (request.user || request.manager || request.routeOptions.config.methodNotAllowedRoute) return
      if (request.manageToken !== undefined) throw new ManageLinkInvalid()
      await app.requireUser(request)
    })

    app.decorate('requireCreator', async request => {
      // A program whose session has ended means its account.
      const isLost = request.sessionEnded && !request.wantsPage
      if (isLost || !app.settings.current.guest_polls) await app.requireUser(request)
    })
  },
  {
    name: 'poll-rights',
    fastify: '5.x',
    dependencies: ['auth', 'identity', 'link-rights', 'settings', 'content-negotiation']
  }
)
