/** request.user: the account of the client. A session names it, or a token (tokens.ts). */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import type { SessionData } from '../models/accounts/sessions.ts'
import type { User } from '../models/accounts/user-row.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Tells whether a session with this data is not older than a session may be. */
    isSessionInTime: (data: SessionData) => boolean
    /** Tells whether this data is of a session of the user's that has not ended. */
    isSessionOf: (user: User, data: SessionData) => boolean
    /**
     * Takes the account from the data of a session; a guest, if the session or the account has
     * ended.
     */
    resolveIdentity: (request: FastifyRequest, data: SessionData) => Promise<void>
  }
  interface FastifyRequest {
    /** The account of the client's token or session; null for a guest. */
    user: User | null
  }
}

export const identity = fp<Pick<Config, 'session'>>(
  async (app, { session }) => {
    const maxAgeMs = session.absoluteHours * 3_600_000
    const isSessionInTime = ({ since = 0 }: SessionData) => Date.now() - since <= maxAgeMs
    const isSessionOf = ({ session_epoch }: User, data: SessionData) =>
      data.epoch === session_epoch && isSessionInTime(data)
    app.decorateRequest('user', null)
    app.decorate('isSessionInTime', isSessionInTime)
    app.decorate('isSessionOf', isSessionOf)
    app.decorate('resolveIdentity', async (request, data) => {
      const user = data.userId === undefined ? undefined : await app.users.find(data.userId)
      request.user = user && isSessionOf(user, data) ? user : null
    })
  },
  { name: 'identity', fastify: '5.x', dependencies: ['account-models'] }
)
