/**
 * Reads the account of the client at the begin of a request (identity.ts), and the hooks that
 * require one.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { AdminOnly, SecondFactorRequired, SessionsDown, SignInRequired } from '../errors.ts'
import type { User } from '../models/accounts/user-row.ts'
import { GUEST, type Viewer } from '../models/polls/admission.ts'
import { accountVoterKey } from '../models/voting/voter-key.ts'
import { changesNothing } from '../values/methods.ts'
import { addressOf, doneAddress } from '../view.ts'
import { personal } from './content-negotiation.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * An onRequest hook: refuses guests with SignInRequired, which may be answered after the body
     * was read.
     */
    requireUser: (request: FastifyRequest) => Promise<void>
    /**
     * An onRequest hook after requireUser: throws AdminOnly for users who are not administrators.
     * Leads those without the second factor that they need to its page; JSON clients get
     * SecondFactorRequired.
     */
    requireAdmin: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
    /**
     * Looks up again who the client is, for a long answer: a guest, once the session or the account
     * has ended. The rights of its links are looked up again too.
     */
    refreshIdentity: (request: FastifyRequest) => Promise<void>
  }
  interface FastifyRequest {
    /** The user, where requireUser or requireAdmin has let the request pass. Throws for a guest. */
    readonly member: User
    /** Who the client is for a poll: GUEST without an account, an invitation and a manage link. */
    readonly viewer: Viewer
    /**
     * Returns what confirms that the client owns the account: this password, or a sign-in just now.
     */
    proof(current: string): { current: string; since: number }
    /**
     * Whether the user may act as administrator. Where `signIn.secondFactor` requires it, only with
     * a second factor.
     */
    readonly actsAsAdmin: boolean
    /**
     * Tells whether an administrator has signed in with a password alone, and has no second factor.
     */
    lacksSecondFactor(): boolean
    /** The client sent the cookie of a session that has ended. */
    readonly sessionEnded: boolean
  }
}

function viewerOf(this: FastifyRequest): Viewer {
  const { user, invitation, manager } = this
  const id = user?.id ?? this.deferred?.userId
  if (id === undefined) return invitation || manager ? { ...GUEST, invitation, manager } : GUEST
  return { userId: id, voter: accountVoterKey(id), invitation, manager, actsAsAdmin: this.actsAsAdmin }
}

function memberOf(this: FastifyRequest): User {
  if (!this.user) throw new Error('the route lets guests pass')
  return this.user
}

function proofOf(this: FastifyRequest, current: string) {
  return { current, since: this.storedSession?.data.since ?? 0 }
}

function hasSessionEnded(this: FastifyRequest) {
  return this.hasSessionCookie && this.viewer.userId === null && !this.sessionsDown
}

async function requireUser(request: FastifyRequest) {
  if (request.user || request.routeOptions.config.methodNotAllowedRoute) return
  request.refuse(request.sessionsDown ? new SessionsDown() : new SignInRequired())
}

function lacksSecondFactor(this: FastifyRequest) {
  const { user, storedSession } = this
  return user !== null && user.is_admin && !user.second_factor && !storedSession?.data.atProvider
}

const actsAsAdminWhere = (needsSecondFactor: boolean) =>
  function actsAsAdmin(this: FastifyRequest) {
    return this.user?.is_admin === true && !(needsSecondFactor && this.lacksSecondFactor())
  }

async function requireAdmin(request: FastifyRequest, reply: FastifyReply) {
  if (request.actsAsAdmin) return
  if (request.user?.is_admin) {
    if (!request.wantsPage) throw new SecondFactorRequired()
    return reply.redirect(doneAddress(addressOf(request.server, 'SecondFactor'), 'required'), 303)
  }
  if (!request.refusal && !request.routeOptions.config.methodNotAllowedRoute) throw new AdminOnly()
}

async function refreshUser(request: FastifyRequest) {
  const { server, storedSession } = request
  if (request.bearer !== null) return server.refreshToken(request)
  if (!request.user || !storedSession) return
  try {
    const { id } = storedSession
    const found = await server.sessions.get(id)
    if (found) await server.resolveIdentity(request, found.data)
    else request.user = null
    // An open page counts as use of the session, also if its stream is the only request.
    if (found && request.user) await server.prolongSession({ ...found, id })
  } catch (error) {
    // The user stays known while the store is down.
    if (!(error instanceof SessionsDown)) throw error
  }
}

export const auth = fp<Pick<Config, 'signIn'>>(
  async (app, { signIn }) => {
    app.decorateRequest('member', { getter: memberOf })
    app.decorateRequest('lacksSecondFactor', lacksSecondFactor)
    const needsSecondFactor = signIn.secondFactor === 'administrators'
    app.decorateRequest('actsAsAdmin', { getter: actsAsAdminWhere(needsSecondFactor) })
    app.decorateRequest('viewer', { getter: viewerOf })
    app.decorateRequest('proof', proofOf)
    app.decorateRequest('sessionEnded', { getter: hasSessionEnded })

    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(personal)
      // While the session store is down, serve reads as a guest and reject writes: a vote must not
      // be attributed to the wrong voter.
      if (request.sessionsDown && !changesNothing(request.method)) request.refuse(new SessionsDown())
      const data = request.storedSession?.data
      if (data?.userId === undefined) return done()
      if (app.deferIdentity(request, data)) return done()
      app.resolveIdentity(request, data).then(() => done(), done)
    })

    app.decorate('requireUser', requireUser)
    app.decorate('requireAdmin', requireAdmin)

    app.decorate('refreshIdentity', async request => {
      await refreshUser(request)
      await app.refreshLinkRights(request)
    })
  },
  {
    name: 'auth',
    fastify: '5.x',
    dependencies: [
      'tokens',
      'link-rights',
      'carried-form',
      'identity',
      'deferred-identity',
      'session',
      'content-negotiation',
      'views'
    ]
  }
)
