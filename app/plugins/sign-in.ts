/**
 * Begins and ends sessions with @fastify/session. Registered only in the scopes of routes that do
 * so.
 */
import { callbackify } from 'node:util'
import fastifySession, { type FastifySessionOptions } from '@fastify/session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { SessionsDown } from '../errors.ts'
import { type SessionData, type Sessions, toSessionData } from '../models/accounts/sessions.ts'
import type { User } from '../models/accounts/user-row.ts'
import type { CarriedForm } from '../schemas/carried-form.ts'
import { describeAgent } from '../values/user-agent.ts'
import { forward, sendCarried } from './carried-form.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Ends the current session and begins one for this user under a new id. Throws SessionsDown.
     */
    signIn(user: User, atProvider?: boolean): Promise<void>
    /** Sends a carried form in the session that `signIn` has begun, and forwards the answer. */
    sendAsSignedIn(reply: FastifyReply, form: CarriedForm): Promise<FastifyReply>
    /**
     * Replaces the session by one of the account's new epoch, after all sessions were ended.
     * `since`: when the client last proved its identity. Without it the new session is as old as
     * the one that it replaces.
     */
    renewSession(epoch: number, since?: number): Promise<void>
    /** Ends the session in the store and in the browser. Throws SessionsDown. */
    signOut(reply: FastifyReply): Promise<void>
  }
}

/**
 * Adapts our store to the plugin's interface. Cookie attributes come from the configuration and are
 * not stored.
 */
const toStore = (sessions: Sessions) => ({
  get: callbackify(async (id: string) => (await sessions.get(id))?.data ?? null),
  set: callbackify((id: string, session: object) => sessions.set(id, toSessionData(session))),
  destroy: callbackify((id: string) => sessions.destroy(id))
})

/** Ends the current session and begins one that counts as signed in at `since`. */
async function beginSession(request: FastifyRequest, user: User, since: number, atProvider: boolean) {
  await request.session.regenerate()
  request.session.options({ path: request.server.cookieAttributes.path })
  const data: SessionData = {
    userId: user.id,
    epoch: user.session_epoch,
    since,
    agent: describeAgent(request.headers['user-agent']),
    ...(atProvider && { atProvider })
  }
  Object.assign(request.session, data)
  await request.session.save()
  request.user = user
}

async function signIn(this: FastifyRequest, user: User, atProvider = false) {
  await beginSession(this, user, Date.now(), atProvider)
  this.log.info({ user: user.id, req: this }, 'signed in')
}

async function sendAsSignedIn(this: FastifyRequest, reply: FastifyReply, form: CarriedForm) {
  const { server } = this
  const name = server.cookieName('sessionid')
  const session = { [name]: server.sessionSigner.sign(this.session.sessionId) }
  const others = Object.entries(this.cookies).filter(
    (cookie): cookie is [string, string] => cookie[1] !== undefined
  )
  const answer = await sendCarried(this, form, { ...Object.fromEntries(others), ...session })
  // The form has replaced or ended the session. @fastify/session sets the cookie of one that is not
  // destroyed.
  if (answer.cookies.some(cookie => cookie.name === name)) await this.session.destroy()
  return forward(reply, answer)
}

async function renewSession(this: FastifyRequest, epoch: number, since?: number) {
  const replaced = this.storedSession?.data
  try {
    const user = { ...this.member, session_epoch: epoch }
    // A later `since` would confirm the client without its password, and postpone
    // `session.absoluteHours`.
    await beginSession(this, user, since ?? replaced?.since ?? 0, replaced?.atProvider ?? false)
  } catch (error) {
    // The new password is stored. Without a session the client has to sign in again.
    if (!(error instanceof SessionsDown)) throw error
  }
}

async function signOut(this: FastifyRequest, reply: FastifyReply) {
  // A guest has no stored session: destroying it would only store a tombstone.
  if (!this.storedSession) return
  await this.server.sessions.destroy(this.storedSession.id)
  reply.clearOwnCookie('sessionid')
}

export const signInScope = fp<Pick<Config, 'session'>>(
  async (app, { session }) => {
    await app.register(fastifySession, {
      secret: app.sessionSigner,
      cookieName: app.cookieName('sessionid'),
      store: toStore(app.sessions) as FastifySessionOptions['store'],
      saveUninitialized: false,
      rolling: false, // true would overwrite a concurrent sign-out or a newer session
      // Without the path: the plugin compares it with URLs that no longer have the base path.
      cookie: { ...app.cookieAttributes, path: '/', maxAge: session.absoluteHours * 3_600_000 } // the store ends idle ones
    } as FastifySessionOptions)
    app.decorateRequest('signIn', signIn)
    app.decorateRequest('renewSession', renewSession)
    app.decorateRequest('sendAsSignedIn', sendAsSignedIn)
    app.decorateRequest('signOut', signOut)
  },
  {
    name: 'sign-in',
    fastify: '5.x',
    dependencies: ['auth', 'identity', 'cookies', 'session', 'carried-form', 'second-step']
  }
)
