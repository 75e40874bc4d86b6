/** request.session under the cookie `sessionid`; slides while it is used, keeps nothing for guests. */
import { callbackify, promisify } from 'node:util'
import fastifySession, { type FastifySessionOptions } from '@fastify/session'
import type { FastifyInstance, FastifyReply, FastifyRequest, Session } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { SessionsDown } from '../errors.ts'
import {
  createDatabaseSessions,
  createRedisSessions,
  type SessionData,
  type Sessions
} from '../models/accounts/sessions.ts'
import { cookieAttributes, createSigner, signingSecrets } from './cookies.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
    /** The session with this id; one that says `$down` while the store does not answer, null if there is none. */
    restoreSession: (id: string) => Promise<Session | null>
  }
  interface Session extends SessionData {
    /** Milliseconds it has left in the store; absent from a session that is not stored yet. */
    $ttl?: number
    /** Its cookie was signed with the previous secret. */
    $renew?: boolean
    /** The store does not answer: who this is cannot be known. */
    $down?: boolean
  }
}

type RawPlugin = (app: FastifyInstance, options: FastifySessionOptions, done: (error?: Error) => void) => void
type OnSend = (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: () => void) => void

const toData = ({ userId, since, epoch, agent }: SessionData): SessionData => ({
  ...(userId !== undefined && { userId }),
  ...(since !== undefined && { since }),
  ...(epoch !== undefined && { epoch }),
  ...(agent !== undefined && { agent })
})

/** @fastify/session's store over ours. No cookie attributes are kept: the options in force decide. */
const toStore = (sessions: Sessions, restore: FastifyInstance['restoreSession']) => ({
  get: callbackify(restore),
  set: callbackify((id: string, session: SessionData) => sessions.set(id, toData(session))),
  destroy: callbackify((id: string) => sessions.destroy(id))
})

/** A guest's. */
const none = Object.freeze({}) as FastifyRequest['session']

/** The plugin makes its session where one begins; what was only read is a plain object. */
const isNew = (session: Partial<FastifyRequest['session']> | null) => session?.isSaved !== undefined

/**
 * The plugin makes, signs and hashes a session for every request, and hashes it again with every answer. So sessions
 * are read by our own hook, its hook is kept for those that begin with this request.
 */
const sparing = (app: FastifyInstance): FastifyInstance =>
  new Proxy(app, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (key !== 'addHook') return typeof value === 'function' ? value.bind(target) : value
      return (name: 'onRequest' | 'onSend', hook: OnSend) => {
        if (name === 'onRequest') return target
        return target.addHook(name, (request, reply, payload, done) =>
          isNew(request.session) ? hook(request, reply, payload, done) : done()
        )
      }
    }
  })

export const session = fp<Pick<Config, 'session' | 'server'>>(
  async (app, { session: settings, server }) => {
    const lifetime = settings.idleMinutes * 60_000
    const sessions = app.redis
      ? createRedisSessions(app.redis, lifetime)
      : createDatabaseSessions(app.db, lifetime)
    app.decorate('sessions', sessions)
    const attributes = cookieAttributes(server)
    const signer = createSigner(signingSecrets(settings))

    app.decorate('restoreSession', async id => {
      const started = performance.now()
      try {
        const found = await sessions.get(id)
        return (found && Object.assign(found.data, { $ttl: found.ttl })) as Session | null
      } catch (error) {
        if (error instanceof SessionsDown) return { $down: true } as Session
        throw error
      } finally {
        app.timing?.add('session', performance.now() - started)
      }
    })

    await promisify(fastifySession.fastifySession as RawPlugin)(sparing(app), {
      secret: signer,
      cookieName: 'sessionid',
      store: toStore(sessions, app.restoreSession),
      saveUninitialized: false,
      rolling: false, // it would write whole sessions back, over a sign-out or a newer value
      cookie: { ...attributes, maxAge: lifetime }
    })

    async function restore(request: FastifyRequest, reply: FastifyReply, signed: string) {
      const { valid, renew, value: sessionId } = signer.unsign(signed)
      const found = valid ? await app.restoreSession(sessionId) : null
      if (!found) return void reply.clearCookie('sessionid', { path: '/' })
      const encryptedSessionId = renew ? signer.sign(sessionId) : signed
      const more = { sessionId, encryptedSessionId, $renew: renew }
      request.session = Object.assign(found, more) as FastifyRequest['session']
    }
    app.addHook('onRequest', (request, reply, done) => {
      request.session = none
      const { sessionid } = request.cookies
      if (sessionid === undefined) return done()
      const goesOn = restore(request, reply, sessionid).then(() => done(), done)
      if (request.routeOptions.config.claims) app.ballots.expect(goesOn)
    })

    async function slide({ session }: FastifyRequest, reply: FastifyReply) {
      const expires = new Date(Date.now() + lifetime)
      if (!(await sessions.touch(session.sessionId))) return
      reply.setCookie('sessionid', session.encryptedSessionId, { ...attributes, expires })
    }
    app.addHook('onSend', (request, reply, _payload, done) => {
      const session = request.session as FastifyRequest['session'] | null // null where a hook before ours refused
      const { $ttl, $renew } = session ?? none
      if ($ttl === undefined || ($ttl > lifetime * 0.9 && !$renew) || isNew(session)) return done()
      // What is done is done: a vote that was counted is not answered with the failure to prolong a session.
      slide(request, reply).then(
        () => done(),
        () => done()
      )
    })
  },
  { name: 'session', fastify: '5.x', dependencies: ['cookies', 'database', 'models', 'redis', 'timing'] }
)
