/**
 * Reads the session that the cookie `sessionid` names, and prolongs it while it is used. Guests
 * store nothing.
 */
import type { Signer } from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { SessionsDown } from '../errors.ts'
import { createDatabaseSessions } from '../models/accounts/database-sessions.ts'
import { createRedisSessions } from '../models/accounts/redis-sessions.ts'
import type { SessionRecord, Sessions } from '../models/accounts/sessions.ts'
import { createSigner, signingSecrets } from './signing.ts'

/** A session in the store, and its cookie. */
interface StoredSession extends SessionRecord {
  id: string
  /** The cookie's value, signed with the current secret. */
  signedId: string
  /** The client's cookie is signed with the previous secret, so it needs a new one. */
  needsCookie: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
    /** Prolongs a used session in the store, if that is due. Throws SessionsDown. */
    prolongSession(session: SessionRecord & { id: string }): Promise<void>
    /** Signs and checks the session cookie. */
    sessionSigner: Pick<Signer, 'sign' | 'unsign'>
  }
  interface FastifyContextConfig {
    /** Called with the look-up of a session that a request waits for. */
    onSessionLookup?: (lookup: Promise<void>) => void
  }
  interface FastifyRequest {
    /** The session of this request as the store has it; null for a guest. */
    storedSession: StoredSession | null
    /** The store does not answer, so it is unknown whether the client is signed in. */
    sessionsDown: boolean
    /** The client sent a session cookie of ours, whether the session lasts or not. */
    hasSessionCookie: boolean
  }
}

/**
 * A used session is prolonged once in this time, or in a tenth of its lifetime if that is shorter.
 */
const PROLONG_INTERVAL_MS = 3_600_000

/**
 * Reads the session that a cookie names into the request. A page clears our cookie if there is
 * none. JSON leaves it: a program that repeats a refused write would send it as a guest. Another
 * program's cookie of this name is left alone.
 */
async function restore(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: string,
  onForeign: () => void
) {
  const name = app.cookieName('sessionid')
  const { renew, value: id } = app.sessionSigner.unsign(cookie)
  request.hasSessionCookie = id !== null
  if (id === null) {
    onForeign()
    request.cookies[name] = undefined // or @fastify/session clears it
    return
  }
  const startedAt = performance.now()
  try {
    const found = await app.sessions.get(id)
    if (found) {
      const signedId = renew ? app.sessionSigner.sign(id) : cookie
      request.storedSession = { ...found, id, signedId, needsCookie: renew }
    } else if (request.wantsPage) reply.clearOwnCookie('sessionid')
  } catch (error) {
    if (!(error instanceof SessionsDown)) throw error
    request.sessionsDown = true
  } finally {
    const milliseconds = performance.now() - startedAt
    app.timing?.add('session', milliseconds)
    app.metrics?.session(milliseconds, !request.sessionsDown)
  }
  // @fastify/session clears a cookie that it does not know or that an older secret has signed.
  request.cookies[name] = request.storedSession?.signedId
}

export const session = fp<Pick<Config, 'session'>>(
  async (app, { session: settings }) => {
    const lifetimeMs = settings.idleMinutes * 60_000
    const maxAgeMs = settings.absoluteHours * 3_600_000
    const sessions = app.redis
      ? createRedisSessions(app.redis, lifetimeMs, maxAgeMs)
      : createDatabaseSessions(app.db, lifetimeMs)
    const signer = createSigner(signingSecrets(settings))
    app.decorate('sessions', sessions)
    app.decorate('sessionSigner', signer)
    app.preferCookie('sessionid', value => signer.unsign(value).valid)
    app.decorateRequest('storedSession', null)
    app.decorateRequest('sessionsDown', false)
    app.decorateRequest('hasSessionCookie', false)

    let hasWarned = false
    /** Logs once that another application on this host name has a cookie of our name. */
    function warnOfForeignCookie() {
      if (hasWarned) return
      hasWarned = true
      const name = app.cookieName('sessionid')
      app.log.warn(
        { name },
        'a cookie of this name was not signed here: another application on this host name? Set server.publicUrl or server.cookiePrefix, otherwise each signs users of the other out'
      )
    }

    app.addHook('onRequest', (request, reply, done) => {
      const { sessionid } = request.cookies
      if (sessionid === undefined) return done()
      const work = restore(app, request, reply, sessionid, warnOfForeignCookie)
      const restored = work.then(() => done(), done)
      request.routeOptions.config.onSessionLookup?.(restored)
    })

    const intervalMs = Math.min(PROLONG_INTERVAL_MS, lifetimeMs / 10)
    const isDue = ({ ttl }: SessionRecord) => ttl <= lifetimeMs - intervalMs
    app.decorate('prolongSession', async session => {
      if (isDue(session)) await sessions.touch(session.id)
    })

    /** Prolongs the session unless it has ended meanwhile, and never rewrites what it holds. */
    async function prolong({ id, signedId, needsCookie, data }: StoredSession, reply: FastifyReply) {
      if (!(await sessions.touch(id)) || !needsCookie) return
      // The cookie lasts as long as any session can. The store says when this one ends.
      const expires = new Date((data.since ?? Date.now()) + maxAgeMs)
      reply.setOwnCookie('sessionid', signedId, { expires })
    }

    app.addHook('onSend', ({ storedSession }, reply, _payload, done) => {
      if (!storedSession || !(isDue(storedSession) || storedSession.needsCookie)) return done()
      // A request that has done its work is not answered with the failure to prolong its session.
      prolong(storedSession, reply).then(
        () => done(),
        () => done()
      )
    })
  },
  {
    name: 'session',
    fastify: '5.x',
    dependencies: ['content-negotiation', 'cookies', 'database', 'metrics', 'redis', 'server-timing']
  }
)
