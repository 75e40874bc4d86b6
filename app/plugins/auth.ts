/** Who sends this request: request.user, and the scope hook that asks for one. */
import { promisify } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { SessionsDown, SignInRequired } from '../errors.ts'
import type { Viewer } from '../models/questions.ts'
import type { User } from '../models/users.ts'
import { personal } from './negotiation.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** An onRequest hook: SignInRequired for guests. */
    requireUser: (request: FastifyRequest) => Promise<void>
  }
  interface FastifyRequest {
    user: User | null
    /** The user's id and voter key, null for a guest. */
    readonly viewer: Viewer
    /** Begins a session for this user under a new id; the old one ends. */
    signIn(user: User): Promise<void>
    /** Ends the session on the server and in the browser. */
    signOut(reply: FastifyReply): Promise<void>
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

export const auth = fp<Config['session']>(
  async (app, { absoluteHours }) => {
    app.decorateRequest('user', null)
    app.decorateRequest('viewer', {
      getter(this: FastifyRequest): Viewer {
        const id = this.user?.id
        return id === undefined ? { userId: null, voter: null } : { userId: id, voter: `u:${id}` }
      }
    })

    async function identify(request: FastifyRequest) {
      const { userId, since = 0, epoch } = request.session
      if (Date.now() - since > absoluteHours * 3_600_000) return
      const user = await app.users.find(userId!)
      if (user?.session_epoch === epoch) request.user = user ?? null
    }

    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(personal)
      const { userId, $down } = request.session
      // Reading as a guest is honest, writing is not: a vote must never land on the wrong voter.
      if ($down && !safeMethods.has(request.method)) done(new SessionsDown())
      else if (userId === undefined) done()
      else identify(request).then(() => done(), done)
    })

    app.decorate('requireUser', async (request: FastifyRequest) => {
      if (request.user || request.routeOptions.config.lacking) return
      throw request.session.$down ? new SessionsDown() : new SignInRequired()
    })

    app.decorateRequest('signIn', async function (this: FastifyRequest, user: User) {
      if (!this.session.sessionId) {
        await promisify((done: (error?: Error | null) => void) => app.decryptSession('', this, done))()
      }
      await this.session.regenerate()
      Object.assign(this.session, { userId: user.id, epoch: user.session_epoch, since: Date.now() })
      await this.session.save()
      this.user = user
    })

    app.decorateRequest('signOut', async function (this: FastifyRequest, reply: FastifyReply) {
      if (this.cookies.sessionid === undefined) return
      // One that was never stored has no end to remember: a guest leaves nothing in the store.
      if (this.session.$ttl !== undefined) await this.session.destroy()
      reply.clearCookie('sessionid', { path: '/' })
    })
  },
  { name: 'auth', fastify: '5.x', dependencies: ['session', 'models', 'negotiation'] }
)
