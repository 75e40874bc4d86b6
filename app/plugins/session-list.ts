/** request.ownSessions: lists and ends the user's sessions. No session id leaves this file. */
import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'
import { toDatabase } from '../values/time.ts'

/** A session as its owner sees it; times are UTC in the database's form. */
interface OwnSession {
  /** Names the session in a form; it is no credential. */
  handle: string
  begun: string
  /** Last use. Precise to an hour, or to a tenth of the idle time if that is shorter. */
  used: string
  agent: string | null
  current: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Lists the user's sessions, the last used first. */
    ownSessions(): Promise<OwnSession[]>
    /** Ends one of the user's sessions. Succeeds if there is no such session. */
    endSession(handle: string): Promise<void>
  }
}

const handleOf = (id: string) => hash('sha256', id, 'base64url').slice(0, 22)

export const sessionList = fp<Config['session']>(
  async (app, { idleMinutes }) => {
    async function find({ member }: FastifyRequest) {
      const all = await app.sessions.of(member.id)
      return all.filter(({ data }) => app.isSessionOf(member, data)).toSorted((a, b) => b.ttl - a.ttl)
    }

    app.decorateRequest('ownSessions', async function (this: FastifyRequest) {
      const sessions = await find(this)
      return sessions.map(({ id, data: { since = 0, agent = null }, ttl }) => ({
        handle: handleOf(id),
        begun: toDatabase(since),
        used: toDatabase(Math.max(since, Date.now() + ttl - idleMinutes * 60_000)),
        agent,
        current: id === this.storedSession?.id
      }))
    })

    app.decorateRequest('endSession', async function (this: FastifyRequest, handle: string) {
      const wanted = (await find(this)).find(({ id }) => handleOf(id) === handle)
      if (wanted) await app.sessions.destroy(wanted.id)
    })
  },
  { name: 'session-list', fastify: '5.x', dependencies: ['auth', 'identity', 'session'] }
)
