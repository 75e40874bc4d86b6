/** Opens both session stores, and lets a test age or damage a session. */
import type { TestContext } from 'node:test'
import { Redis } from 'ioredis'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../app/db/database.ts'
import { createDatabaseSessions } from '../../app/models/accounts/database-sessions.ts'
import { createRedisSessions } from '../../app/models/accounts/redis-sessions.ts'
import type { Sessions } from '../../app/models/accounts/sessions.ts'
import { open } from './database.ts'
import { embedded, redisSocket } from './engines.ts'

export interface Store {
  sessions: Sessions
  /** Sets the remaining milliseconds of the session. */
  age: (id: string, left: number) => Promise<void>
  /** Replaces the stored session by this text. */
  spoil: (id: string, text: string) => Promise<void>
  /** Returns everything that the store contains about sessions. */
  keys: () => Promise<string[]>
}

function redisStore(redis: Redis, lifetime: number): Store {
  return {
    sessions: createRedisSessions(redis, lifetime, lifetime),
    async age(id, left) {
      const kept = (await redis.get(`sess:{${id}}`))!
      await redis.set(`sess:{${id}}`, kept.replace(/^\d+/, String(Date.now() + left)))
      await redis.pexpire(`sess:{${id}}`, left)
    },
    spoil: async (id, text) =>
      void (await redis.set(`sess:{${id}}`, `${Date.now() + lifetime} ${text}`, 'PX', lifetime)),
    keys: async () => (await redis.keys('sess:*')).toSorted()
  }
}

function databaseStore(db: Database, lifetime: number): Store {
  const set = (column: string) => `UPDATE session SET ${column} = ? WHERE id = ?`
  return {
    sessions: createDatabaseSessions(db, lifetime),
    age: async (id, left) => void (await db.execute(set('expires'), [Date.now() + left, id])),
    spoil: async (id, text) => void (await db.execute(set('data'), [text, id])),
    async keys() {
      const rows = await db.select<{ id: string }>('SELECT id FROM session ORDER BY id')
      return rows.map(row => row.id)
    }
  }
}

/** Returns the store of this application. */
export const storeOf = (app: FastifyInstance, lifetime = 2_592_000_000): Store =>
  app.redis instanceof Redis ? redisStore(app.redis, lifetime) : databaseStore(app.db, lifetime)

interface Opener {
  name: string
  open: (t: TestContext, lifetime: number) => Promise<Store>
}

/** Opens each kind of store without an application. */
export const stores: Opener[] = [
  {
    name: 'embedded',
    open: async (t, lifetime) => databaseStore(await open(t, embedded), lifetime)
  },
  {
    name: 'Redis',
    async open(t, lifetime) {
      const redis = new Redis({ path: await redisSocket() })
      t.after(() => redis.disconnect())
      return redisStore(redis, lifetime)
    }
  }
]
