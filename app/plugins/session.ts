/** Reads the session that the cookie `sessionid` names, and prolongs it while it is used. Guests store nothing. */
import type { Signer } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { SessionsDown } from '../errors.ts'
import {
  createDatabaseSessions,
  createRedisSessions,
  type Kept,
  type Sessions
} from '../models/accounts/sessions.ts'
import { cookieAttributes, createSigner, signingSecrets } from './cookies.ts'

/** A session in the store, and its cookie. */
interface StoredSession extends Kept {
  id: string
  /** The cookie's value, signed with the current secret. */
  signedId: string
  /** The client's cookie is signed with the previous secret, so it needs a new one. */
  needsCookie: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
    /** Signs and checks the session cookie. */
    sessionSigner: Pick<Signer, 'sign' | 'unsign'>
  }
  interface FastifyRequest {
    /** The session of this request as the store has it; null for a guest. */
    storedSession: StoredSession | null
    /** The store does not answer, so it is unknown whether the client is signed in. */
    sessionsDown: boolean
  }
}

/** A session is prolonged when less than this share of its lifetime is left. */
const PROLONG_BELOW = 0.9

export const session = fp<Pick<Config, 'session' | 'server'>>(
  async (app, { session: settings, server }) => {
    const lifetimeMs = settings.idleMinutes * 60_000
    const sessions = app.redis
      ? createRedisSessions(app.redis, lifetimeMs)
      : createDatabaseSessions(app.db, lifetimeMs)
    const attributes = cookieAttributes(server)
    const signer = createSigner(signingSecrets(settings))
    app.decorate('sessions', sessions)
    app.decorate('sessionSigner', signer)
    app.decorateRequest('storedSession', null)
    app.decorateRequest('sessionsDown', false)

    async function get(id: string) {
      const startedAt = performance.now()
      try {
        return await sessions.get(id)
      } finally {
        app.timing?.add('session', performance.now() - startedAt)
      }
    }

    async function restore(request: FastifyRequest, reply: FastifyReply, cookie: string) {
      const { renew, value: id } = signer.unsign(cookie)
      try {
        const found = id === null ? null : await get(id)
        if (id === null || !found) reply.clearCookie('sessionid', { path: '/' })
        else {
          const signedId = renew ? signer.sign(id) : cookie
          request.storedSession = { ...found, id, signedId, needsCookie: renew }
        }
      } catch (error) {
        if (!(error instanceof SessionsDown)) throw error
        request.sessionsDown = true
      }
      // @fastify/session clears a cookie that it does not know or that an older secret has signed.
      request.cookies.sessionid = request.storedSession?.signedId
    }

    app.addHook('onRequest', (request, reply, done) => {
      const { sessionid } = request.cookies
      if (sessionid === undefined) return done()
      const restored = restore(request, reply, sessionid).then(() => done(), done)
      if (request.routeOptions.config.claims) app.ballots.expect(restored)
    })

    /** Prolongs the session unless it has ended meanwhile, and never rewrites what it holds. */
    async function prolong({ id, signedId }: StoredSession, reply: FastifyReply) {
      if (!(await sessions.touch(id))) return
      reply.setCookie('sessionid', signedId, { ...attributes, expires: new Date(Date.now() + lifetimeMs) })
    }

    const isDue = ({ ttl, needsCookie }: StoredSession) => ttl <= lifetimeMs * PROLONG_BELOW || needsCookie
    app.addHook('onSend', ({ storedSession }, reply, _payload, done) => {
      if (!storedSession || !isDue(storedSession)) return done()
      // A request that has done its work is not answered with the failure to prolong its session.
      prolong(storedSession, reply).then(
        () => done(),
        () => done()
      )
    })
  },
  { name: 'session', fastify: '5.x', dependencies: ['cookies', 'database', 'models', 'redis', 'timing'] }
)
