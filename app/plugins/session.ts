/** request.session under the cookie `sessionid`; slides while it is used, keeps nothing for guests. */
import { callbackify, promisify } from 'node:util'
import cookie, { Signer } from '@fastify/cookie'
import fastifySession, { type FastifySessionOptions } from '@fastify/session'
import type { FastifyInstance, FastifyReply, FastifyRequest, Session } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { SessionsDown } from '../errors.ts'
import {
  createDatabaseSessions,
  createRedisSessions,
  type SessionData,
  type Sessions
} from '../models/sessions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
  }
  interface Session extends SessionData {
    /** Milliseconds it has left in the store; absent from a session that is not stored yet. */
    $ttl?: number
    /** The store does not answer: who this is cannot be known. */
    $down?: boolean
  }
}

type RawPlugin = (app: FastifyInstance, options: FastifySessionOptions, done: (error?: Error) => void) => void

const toData = ({ userId, since, epoch, agent }: SessionData): SessionData => ({
  ...(userId !== undefined && { userId }),
  ...(since !== undefined && { since }),
  ...(epoch !== undefined && { epoch }),
  ...(agent !== undefined && { agent })
})

/** What the plugin hashes to find changes: signIn and signOut store a session themselves, nobody else changes one. */
const toJSON = () => null

/** @fastify/session's store over ours. No cookie attributes are kept: the options in force decide. */
const toStore = (sessions: Sessions, timing: (milliseconds: number) => void) => ({
  get: callbackify(async (id: string) => {
    const started = performance.now()
    try {
      const found = await sessions.get(id)
      return (found && { ...found.data, $ttl: found.ttl, toJSON }) as Session | null
    } catch (error) {
      if (error instanceof SessionsDown) return { $down: true } as Session
      throw error
    } finally {
      timing(performance.now() - started)
    }
  }),
  set: callbackify(({ id, data }: { id: string; data: SessionData }) => sessions.set(id, data)),
  destroy: callbackify((id: string) => sessions.destroy(id))
})

/** What every cookie of ours is set with: this site's alone, unread by scripts, by https where that is the public address. */
export const cookieAttributes = ({ publicUrl }: Pick<Config['server'], 'publicUrl'>) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl?.startsWith('https:') ?? false
  }) as const

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void
type OnSend = (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: () => void) => void

/** A session as it stands in the store. */
const isStored = (session: FastifyRequest['session'] | null) =>
  session?.$ttl !== undefined && !session.isSaved()

/**
 * The plugin makes, signs and hashes a session for every guest, a fifth of what an anonymous read costs, and hashes
 * it again with every answer. So its hooks run only where there is something for them: onRequest for requests that
 * bring a cookie (a guest has one made at sign-in), onSend for sessions that are new.
 */
const sparing = (app: FastifyInstance): FastifyInstance =>
  new Proxy(app, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (key !== 'addHook') return typeof value === 'function' ? value.bind(target) : value
      return (name: 'onRequest' | 'onSend', hook: OnRequest | OnSend) => {
        if (name === 'onSend')
          return target.addHook(name, (request, reply, payload, done) =>
            isStored(request.session) ? done() : (hook as OnSend)(request, reply, payload, done)
          )
        return target.addHook(name, (request, reply, done) => {
          if (request.cookies.sessionid !== undefined) return (hook as OnRequest)(request, reply, done)
          request.session = {} as typeof request.session
          done()
        })
      }
    }
  })

/** Signs cookies. What was just checked need not be signed again when the plugin makes its session. */
function createSigner(secrets: string[]) {
  const signer = new Signer(secrets)
  const checked = new Map<string, string>()
  return {
    sign(id: string) {
      const signed = checked.get(id) ?? signer.sign(id)
      checked.delete(id)
      return signed
    },
    unsign(signed: string) {
      const result = signer.unsign(signed)
      if (checked.size > 1000) checked.clear()
      if (result.valid && !result.renew) checked.set(result.value, signed)
      return result
    }
  }
}

export const session = fp<Pick<Config, 'session' | 'server'>>(
  async (app, { session: { secret, previousSecret, idleMinutes }, server }) => {
    const lifetime = idleMinutes * 60_000
    const sessions = app.redis
      ? createRedisSessions(app.redis, lifetime)
      : createDatabaseSessions(app.db, lifetime)
    app.decorate('sessions', sessions)
    const { set, ...store } = toStore(sessions, milliseconds => app.timing?.add('session', milliseconds))
    const attributes = cookieAttributes(server)

    await app.register(cookie)
    const options: FastifySessionOptions = {
      secret: createSigner(previousSecret ? [secret, previousSecret] : [secret]),
      cookieName: 'sessionid',
      store: {
        ...store,
        set(id, session, done) {
          set({ id, data: toData(session) }, done)
        }
      },
      saveUninitialized: false,
      rolling: false, // it would write whole sessions back, over a sign-out or a newer value
      cookie: { ...attributes, maxAge: lifetime }
    }
    await promisify(fastifySession.fastifySession as RawPlugin)(sparing(app), options)

    // Signed with the previous secret: sign it anew, or the plugin clears the cookie.
    const rotated = new WeakSet<object>()
    app.addHook('onRequest', ({ session, cookies }, _reply, done) => {
      if (session.$ttl !== undefined && cookies.sessionid !== session.encryptedSessionId) {
        cookies.sessionid = session.encryptedSessionId
        rotated.add(session)
      }
      done()
    })
    const slide = async ({ session }: FastifyRequest, reply: FastifyReply) => {
      const expires = new Date(Date.now() + lifetime)
      if (!(await sessions.touch(session.sessionId))) return
      reply.setCookie('sessionid', session.encryptedSessionId, { ...attributes, expires })
    }
    app.addHook('onSend', (request, reply, _payload, done) => {
      // Null after destroy(), against its type.
      const session = request.session as FastifyRequest['session'] | null
      if (!isStored(session) || (session!.$ttl! > lifetime * 0.9 && !rotated.has(session!))) return done()
      // What is done is done: a vote that was counted is not answered with the failure to prolong a session.
      slide(request, reply).then(
        () => done(),
        () => done()
      )
    })
  },
  { name: 'session', fastify: '5.x', dependencies: ['database', 'redis', 'timing'] }
)
