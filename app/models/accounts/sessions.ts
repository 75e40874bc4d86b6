/** Session stores: Redis, or the embedded database. Both fulfil the same contract. */
import type { ChainableCommander } from 'ioredis'
import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { getMany, hasReplicas, type RedisClient, withDeadline } from '../../db/redis.ts'
import { SessionsDown } from '../../errors.ts'

/** `since`: sign-in, milliseconds since 1970. `agent`: browser and system. `atProvider`: signed in at the OpenID provider. */
const SessionData = z.compile(
  z.object({
    userId: z.int().positive().optional(),
    since: z.number().optional(),
    epoch: z.int().optional(),
    agent: z.string().optional(),
    atProvider: z.boolean().optional()
  })
)
export type SessionData = z.output<typeof SessionData>

/** Extracts the data of a session from an object. Throws if a value has the wrong type. */
export const toSessionData = (value: object): SessionData => SessionData.parse(value)

/** A stored session. `ttl`: milliseconds until it expires. */
export interface SessionRecord {
  data: SessionData
  ttl: number
}

export interface Sessions {
  /** Reads a session. Null if it does not exist or is not readable. */
  get(id: string): Promise<SessionRecord | null>
  /** Stores a session for its whole lifetime, unless it was destroyed. */
  set(id: string, data: SessionData): Promise<void>
  /** Ends a session. A later `set` does not restore it. */
  destroy(id: string): Promise<void>
  /** Prolongs a session. Returns false if it does not exist. */
  touch(id: string): Promise<boolean>
  /** Lists the unexpired sessions of an account, of any epoch: at most the newest hundred. */
  of(userId: number): Promise<Array<SessionRecord & { id: string }>>
}

/** Maximum sessions listed for an account: more than a person has devices. */
const MAX_LISTED = 100
/** How long a destroyed session is remembered: longer than any request takes. */
const TOMBSTONE_MS = 600_000

/**
 * How long a sign-out waits for a Redis replica to confirm it. Without a reachable replica every
 * sign-out takes this long, and delays the later commands on its connection.
 */
const REPLICATION_TIMEOUT_MS = 100

function parse(json: string): SessionData | null {
  try {
    return SessionData.parse(JSON.parse(json))
  } catch {
    return null
  }
}

// A Redis value is the end of the session and its JSON: one command reads both, and PROLONG
// replaces the end only.
const PROLONG = `local kept = redis.call('get', KEYS[1])
if not kept then return 0 end
redis.call('set', KEYS[1], ARGV[1] .. string.sub(kept, (string.find(kept, ' ', 1, true))), 'PX', ARGV[2]) return 1`

const SET_LIVE = `if redis.call('exists', KEYS[2]) == 1 then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1`

/** Parses a Redis value. */
function unpack(kept: string | null | undefined): SessionRecord | null {
  const [, until, json] = /^(\d+) (.*)$/.exec(kept ?? '') ?? []
  const data = json === undefined ? null : parse(json)
  return data && { data, ttl: Number(until) - Date.now() }
}

/** Runs the commands of a pipeline. Throws the error of the first one that failed. */
async function execute(pipeline: ChainableCommander) {
  const [failed] = ((await pipeline.exec()) ?? []).flatMap(([error]) => error ?? [])
  if (failed) throw failed
}

/**
 * Stores sessions in Redis. `lifetime`: idle milliseconds. `maxAge`: milliseconds from sign-in to
 * the end of any session. Every method throws SessionsDown while Redis is unreachable.
 */
export function createRedisSessions(redis: RedisClient, lifetime: number, maxAge: number): Sessions {
  const key = (id: string) => `sess:{${id}}` // {}: a session and its tombstone share a slot of a cluster
  const dead = (id: string) => `${key(id)}:x`
  const keep = (data: SessionData) => `${Date.now() + lifetime} ${JSON.stringify(data)}`
  /**
   * The account's list of sessions. Written at sign-in only, so that other requests need no further
   * command.
   */
  const list = (userId: number) => `sessions:{${userId}}`
  const enlist = (userId: number, id: string) =>
    redis
      .multi()
      .zadd(list(userId), Date.now(), id)
      .zremrangebyrank(list(userId), 0, -1 - MAX_LISTED)
      .pexpire(list(userId), maxAge) // from the last sign-in on: no session of the list lives longer
      .exec()
  const reach = async <T>(work: Promise<T>) => {
    try {
      return await withDeadline(work)
    } catch (cause) {
      throw new SessionsDown({ cause })
    }
  }
  // Every request with a session reads one. A batch of reads is one command and one system call.
  const read = createBatchLoader(
    (id: string) => id,
    async ids => {
      const found = await reach(getMany(redis, ids.map(key)))
      return new Map(ids.map((id, index) => [id, found[index]]))
    }
  )

  return {
    async get(id) {
      return unpack(await read(id))
    },
    async set(id, data) {
      if (data.userId !== undefined) await reach(enlist(data.userId, id))
      await reach(redis.eval(SET_LIVE, 2, key(id), dead(id), keep(data), lifetime))
    },
    async destroy(id) {
      // The tombstone is set first, so that no concurrent `set` restores the session.
      const pipeline = redis.pipeline().set(dead(id), '1', 'PX', TOMBSTONE_MS).del(key(id))
      // After a failover the new server must know of the sign-out. Redis alone replicates after it
      // has replied.
      if (hasReplicas(redis)) pipeline.wait(1, REPLICATION_TIMEOUT_MS)
      await reach(execute(pipeline))
    },
    touch: async id => (await reach(redis.eval(PROLONG, 1, key(id), Date.now() + lifetime, lifetime))) === 1,
    async of(userId) {
      const ids = await reach(redis.zrevrange(list(userId), 0, -1))
      if (ids.length === 0) return []
      const found = await reach(getMany(redis, ids.map(key)))
      return ids.flatMap((id, index) => {
        const kept = unpack(found[index])
        return kept ? [{ id, ...kept }] : []
      })
    }
  }
}

/**
 * Stores sessions in the database. `lifetime`: idle milliseconds. Expired rows are deleted at
 * sign-in.
 */
export function createDatabaseSessions(db: Database, lifetime: number): Sessions {
  return {
    async get(id) {
      const sql = 'SELECT data, expires FROM session WHERE id = ? AND expires > ? AND data IS NOT NULL'
      const row = await db.fetchone<{ data: string; expires: number }>(sql, [id, Date.now()])
      const data = row ? parse(row.data) : null
      return data && { data, ttl: row!.expires - Date.now() }
    },
    async set(id, data) {
      const now = Date.now()
      await db.execute('DELETE FROM session WHERE expires < ?', [now])
      await db.execute(
        `INSERT INTO session (id, user_id, data, expires) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, data = excluded.data, expires = excluded.expires
         WHERE data IS NOT NULL`,
        [id, data.userId ?? null, JSON.stringify(data), now + lifetime]
      )
    },
    async destroy(id) {
      await db.execute(
        `INSERT INTO session (id, data, expires) VALUES (?, NULL, ?)
         ON CONFLICT (id) DO UPDATE SET data = NULL, expires = excluded.expires`,
        [id, Date.now() + TOMBSTONE_MS]
      )
    },
    async touch(id) {
      const sql = 'UPDATE session SET expires = ? WHERE id = ? AND expires > ? AND data IS NOT NULL'
      const { affectedRows } = await db.execute(sql, [Date.now() + lifetime, id, Date.now()])
      return affectedRows === 1
    },
    async of(userId) {
      const sql =
        'SELECT id, data, expires FROM session WHERE user_id = ? AND expires > ? AND data IS NOT NULL'
      const args = [userId, Date.now()]
      const rows = await db.select<{ id: string; data: string; expires: number }>(
        `${sql} ORDER BY expires DESC`,
        args,
        MAX_LISTED
      )
      return rows.flatMap(({ id, data: json, expires }) => {
        const data = parse(json)
        return data ? [{ id, data, ttl: expires - Date.now() }] : []
      })
    }
  }
}
