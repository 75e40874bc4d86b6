/** Who sends this request: request.user, and the scope hooks that ask for one. */
import { promisify } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { AdminOnly, SessionsDown, SignInRequired } from '../errors.ts'
import type { Claim } from '../models/voting/ballot-box.ts'
import { accountVoterKey } from '../models/voting/voter-key.ts'
import type { Viewer } from '../models/polls/questions.ts'
import type { SessionData } from '../models/accounts/sessions.ts'
import type { User } from '../models/accounts/user-row.ts'
import { describeAgent } from '../values/user-agent.ts'
import { personal } from './negotiation.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** An onRequest hook: SignInRequired for guests. */
    requireUser: (request: FastifyRequest) => Promise<void>
    /** An onRequest hook behind requireUser: AdminOnly for whoever is none. */
    requireAdmin: (request: FastifyRequest) => Promise<void>
    /** Whether a session with this in it is one of this user's that lasts. */
    isSessionOf: (user: User, data: SessionData) => boolean
    /** Finds out who this is, where that was left to the ballot box. */
    settleClaim: (request: FastifyRequest) => Promise<void>
    /** Looks again who this is, for an answer that lasts: a guest, once the session or the account has ended. */
    identifyAgain: (request: FastifyRequest) => Promise<void>
  }
  interface FastifyRequest {
    user: User | null
    /** What the session says, where the ballot box will look whether it lasts: one statement less for a vote. */
    claim: Claim | null
    /** The user's id and voter key, null for a guest. */
    readonly viewer: Viewer
    /** Begins a session for this user under a new id; the old one ends. */
    signIn(user: User): Promise<void>
    /** After all sessions were ended: this one goes on, under a new id and the account's new epoch. */
    renewSession(epoch: number): Promise<void>
    /** Ends the session on the server and in the browser. */
    signOut(reply: FastifyReply): Promise<void>
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

export const auth = fp<Config['session']>(
  async (app, { absoluteHours }) => {
    app.decorateRequest('user', null)
    app.decorateRequest('claim', null)
    app.decorateRequest('viewer', {
      getter(this: FastifyRequest): Viewer {
        const id = this.user?.id ?? this.claim?.userId
        return id === undefined ? { userId: null, voter: null } : { userId: id, voter: accountVoterKey(id) }
      }
    })

    const isYoung = ({ since = 0 }: SessionData) => Date.now() - since <= absoluteHours * 3_600_000
    app.decorate('isSessionOf', ({ session_epoch }, data) => data.epoch === session_epoch && isYoung(data))

    /** A page shows the account's name, and a browser's vote is adopted by nobody who is gone. */
    const mayClaim = ({ routeOptions, wantsPage, cookies }: FastifyRequest) =>
      routeOptions.config.claims && !wantsPage && cookies.browser === undefined

    async function identify(request: FastifyRequest, data: SessionData) {
      const user = isYoung(data) ? await app.users.find(data.userId!) : undefined
      request.user = user && app.isSessionOf(user, data) ? user : null
    }

    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(personal)
      const { userId, epoch, $down } = request.session
      // Reading as a guest is honest, writing is not: a vote must never land on the wrong voter.
      if ($down && !safeMethods.has(request.method)) done(new SessionsDown())
      else if (userId === undefined) done()
      else if (epoch !== undefined && isYoung(request.session) && mayClaim(request)) {
        request.claim = { userId, epoch }
        done()
      } else identify(request, request.session).then(() => done(), done)
    })

    app.decorate('requireUser', async (request: FastifyRequest) => {
      if (request.user || request.routeOptions.config.lacking) return
      throw request.session.$down ? new SessionsDown() : new SignInRequired()
    })

    app.decorate('requireAdmin', async (request: FastifyRequest) => {
      if (request.user?.is_admin || request.routeOptions.config.lacking) return
      throw new AdminOnly()
    })

    app.decorate('settleClaim', async request => {
      if (!request.claim) return
      request.claim = null
      await identify(request, request.session)
    })

    app.decorate('identifyAgain', async request => {
      if (!request.user) return
      const session = await app.restoreSession(request.session.sessionId)
      // While nobody knows, who was known stays so.
      if (session?.$down) return
      if (session) await identify(request, session)
      else request.user = null
    })

    app.decorateRequest('signIn', async function (this: FastifyRequest, user: User) {
      const { sessionid = '' } = this.cookies
      await promisify((done: (error?: Error | null) => void) => app.decryptSession(sessionid, this, done))()
      await this.session.regenerate()
      const agent = describeAgent(this.headers['user-agent'])
      Object.assign(this.session, { userId: user.id, epoch: user.session_epoch, since: Date.now(), agent })
      await this.session.save()
      this.user = user
      this.log.info({ user: user.id, req: this }, 'signed in')
    })

    app.decorateRequest('renewSession', async function (this: FastifyRequest, epoch: number) {
      try {
        await this.signIn({ ...this.user!, session_epoch: epoch })
      } catch (error) {
        // What was asked for is done and stored; without a session one signs in again.
        if (!(error instanceof SessionsDown)) throw error
      }
    })

    app.decorateRequest('signOut', async function (this: FastifyRequest, reply: FastifyReply) {
      if (this.cookies.sessionid === undefined) return
      // One that was never stored has no end to remember: a guest leaves nothing in the store.
      if (this.session.$ttl !== undefined) await app.sessions.destroy(this.session.sessionId)
      reply.clearCookie('sessionid', { path: '/' })
    })
  },
  { name: 'auth', fastify: '5.x', dependencies: ['session', 'models', 'negotiation'] }
)
