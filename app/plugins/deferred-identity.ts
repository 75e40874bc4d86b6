/**
 * Deferred identity: on the routes that cast a vote, whether the session still belongs to an active
 * account is checked in the transaction that stores the vote, instead of by a query before it
 * (app/models/voting/deferred-identity.ts). All other routes look the account up first
 * (identity.ts).
 */
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isClientError } from '../app-error.ts'
import type { SessionData } from '../models/accounts/sessions.ts'
import type { DeferredIdentity } from '../models/voting/deferred-identity.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Leaves the check of the account that the session names to the vote, where the request allows
     * it. Returns whether it did.
     */
    deferIdentity: (request: FastifyRequest, data: SessionData) => boolean
    /**
     * Runs `work`, which passes `request.deferred` to the ballot box. If it is rejected, the
     * account is looked up; if the session has ended, `work` runs again for a guest, unless
     * `requireGuestAccess` throws.
     */
    withIdentity: <T>(
      request: FastifyRequest,
      work: () => Promise<T>,
      requireGuestAccess: (request: FastifyRequest) => Promise<void>
    ) => Promise<T>
  }
  interface FastifyRequest {
    /** What the session says, unchecked; null where the account was looked up. */
    deferred: DeferredIdentity | null
  }
}

/**
 * A page shows the account's name, and a browser's vote is adopted only by an account that exists.
 */
const mayDefer = ({ routeOptions, wantsPage, cookies }: FastifyRequest) =>
  routeOptions.config.ballot === 'cast' && !wantsPage && cookies.browser === undefined

export const deferredIdentity = fp(
  async app => {
    app.decorateRequest('deferred', null)
    app.decorate('deferIdentity', (request, data) => {
      const { userId, epoch } = data
      const mayCheck = app.isSessionInTime(data) && mayDefer(request)
      if (userId === undefined || epoch === undefined || !mayCheck) return false
      request.deferred = { userId, epoch }
      return true
    })

    async function resolve(request: FastifyRequest) {
      request.deferred = null
      if (request.storedSession) await app.resolveIdentity(request, request.storedSession.data)
    }

    // A request that is not valid never reaches the ballot box.
    app.addHook('preHandler', (request, _reply, done) => {
      if (!request.deferred || !request.validationError) return done()
      resolve(request).then(() => done(), done)
    })

    app.decorate('withIdentity', async (request, work, requireGuestAccess) => {
      try {
        return await work()
      } catch (error) {
        // Only after an error of the client: a database that has just failed gets no further query.
        if (!request.deferred || !isClientError(error)) throw error
        await resolve(request)
        if (request.user) throw error
        await requireGuestAccess(request)
        return work()
      }
    })
  },
  {
    name: 'deferred-identity',
    fastify: '5.x',
    dependencies: ['content-negotiation', 'cookies', 'session', 'identity']
  }
)
