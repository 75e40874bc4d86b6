/** The guest's poll that a request manages: by a token in a cookie of its pages, or as `Authorization: Manage`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Manager } from '../models/polls/manager-rows.ts'
import { addressOf } from '../view.ts'
import { YEAR_SECONDS } from './cookies.ts'

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

const SCHEME = /^manage +(\S*) *$/i

function manageToken(this: FastifyRequest) {
  return SCHEME.exec(this.headers.authorization ?? '')?.[1] ?? this.cookies.manage
}

export const managers = fp(
  async app => {
    app.decorateRequest('manager', null)
    app.decorateRequest('manageToken', { getter: manageToken })

    const pathFor = (slug: string) => addressOf(app, 'Question', { question: slug })
    app.decorateReply('keepManager', function (this: FastifyReply, slug: string, token: string) {
      this.setOwnCookie('manage', token, { maxAge: YEAR_SECONDS, path: pathFor(slug) })
    })
    app.decorateReply('dropManager', function (this: FastifyReply, slug: string) {
      this.clearOwnCookie('manage', pathFor(slug))
    })

    async function look(request: FastifyRequest, token: string) {
      request.manager = await app.guestPolls.find(token)
    }

    app.decorate('refreshManager', async request => {
      if (request.manageToken !== undefined) await look(request, request.manageToken)
    })

    app.addHook('onRequest', (request, _reply, done) => {
      const token = request.manageToken
      if (token === undefined) return done()
      look(request, token).then(() => done(), done)
    })
  },
  { name: 'managers', fastify: '5.x', dependencies: ['cookies', 'tokens', 'models'] }
)
