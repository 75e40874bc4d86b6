/** The session store in Redis. */
import type { ChainableCommander } from 'ioredis'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { getMany, hasReplicas, type RedisClient, withDeadline } from '../../db/redis.ts'
import { SessionsDown } from '../../errors.ts'
import { randomText } from '../../values/random-text.ts'
import {
  MAX_LISTED,
  parseSessionData,
  type SessionData,
  type SessionRecord,
  type Sessions,
  TOMBSTONE_MS
} from './sessions.ts'

/**
 * How long a sign-out waits for a Redis replica to confirm it. Without a reachable replica every
 * sign-out takes this long, and delays the later commands on its connection.
 */
const REPLICATION_TIMEOUT_MS = 100

// A Redis value is the end of the session and its JSON: one command reads both, and PROLONG
// replaces the end only.
const PROLONG = `local kept = redis.call('get', KEYS[1])
if not kept then return 0 end
redis.call('set', KEYS[1], ARGV[1] .. string.sub(kept, (string.find(kept, ' ', 1, true))), 'PX', ARGV[2]) return 1`

const SET_LIVE = `if redis.call('exists', KEYS[2]) == 1 then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1`

/** Parses a Redis value. */
function unpack(text: string | null | undefined): SessionRecord | null {
  const [, until, json] = /^(\d+) (.*)$/.exec(text ?? '') ?? []
  const data = json === undefined ? null : parseSessionData(json)
  return data && { data, ttl: Number(until) - Date.now() }
}

/** Waits for Redis. Throws SessionsDown. */
export async function reach<T>(work: Promise<T>): Promise<T> {
  try {
    return await withDeadline(work)
  } catch (cause) {
    throw new SessionsDown({ cause })
  }
}

/** Runs the commands of a pipeline. Throws the error of the first one that failed. */
async function execute(pipeline: ChainableCommander) {
  const [failed] = ((await pipeline.exec()) ?? []).flatMap(([error]) => error ?? [])
  if (failed) throw failed
}

const key = (id: string) => `sess:{${id}}` // {}: a session and its tombstone share a slot of a cluster
/**
 * The account's list of sessions. Written at sign-in only, so that other requests need no further
 * command.
 */
const list = (userId: number) => `sessions:{${userId}}`

/**
 * Adds a session to the list of its account, which ends after `maxAgeMs`. Returns those that lose
 * their place: sessions that have ended, and the oldest of more than MAX_LISTED.
 */
async function enlist(redis: RedisClient, userId: number, id: string, maxAgeMs: number): Promise<string[]> {
  const replies = await redis
    .multi()
    .zadd(list(userId), Date.now(), id)
    .zrange(list(userId), 0, '-1')
    .pexpire(list(userId), maxAgeMs) // from the last sign-in on: no session of the list lives longer
    .exec()
  const ids = replies![1]![1] as string[]
  if (ids.length <= MAX_LISTED) return []
  const others = ids.filter(other => other !== id)
  const found = await getMany(redis, others.map(key))
  const lasting = others.filter((_, index) => found[index] !== null)
  const remaining = new Set(lasting.slice(1 - MAX_LISTED))
  const dropped = others.filter(other => !remaining.has(other))
  await redis.zrem(list(userId), ...dropped)
  return dropped
}

/**
 * Stores sessions in Redis. `lifetimeMs`: without a request. `maxAgeMs`: from sign-in to the end of
 * any session. Every method throws SessionsDown while Redis is unreachable.
 */
export function createRedisSessions(redis: RedisClient, lifetimeMs: number, maxAgeMs: number): Sessions {
  const dead = (id: string) => `${key(id)}:x`
  const keep = (data: SessionData) => `${Date.now() + lifetimeMs} ${JSON.stringify(data)}`
  const destroy = async (id: string) => {
    // The tombstone is set first, so that no concurrent `set` restores the session.
    const pipeline = redis.pipeline().set(dead(id), '1', 'PX', TOMBSTONE_MS).del(key(id))
    // After a failover the new server must know of the sign-out. Redis alone replicates after it
    // has replied.
    if (hasReplicas(redis)) pipeline.wait(1, REPLICATION_TIMEOUT_MS)
    await reach(execute(pipeline))
  }
  // Every request with a session reads one. A batch of reads is one command and one system call.
  const read = createBatchLoader(async (ids: string[]) => {
    const found = await reach(getMany(redis, ids.map(key)))
    return new Map(ids.map((id, index) => [id, found[index]]))
  })

  return {
    async get(id) {
      return unpack(await read(id))
    },
    async set(id, data) {
      if (data.userId !== undefined) {
        const dropped = await reach(enlist(redis, data.userId, id, maxAgeMs))
        await Promise.all(dropped.map(destroy)) // each in a slot of its own
      }
      await reach(redis.eval(SET_LIVE, 2, key(id), dead(id), keep(data), lifetimeMs))
    },
    destroy,
    async requireSpace() {
      await reach(redis.set(key(randomText()), '', 'PX', 1)) // a full Redis refuses it
    },
    touch: async id =>
      (await reach(redis.eval(PROLONG, 1, key(id), Date.now() + lifetimeMs, lifetimeMs))) === 1,
    async of(userId) {
      const ids = await reach(redis.zrevrange(list(userId), 0, -1))
      if (ids.length === 0) return []
      const found = await reach(getMany(redis, ids.map(key)))
      return ids.flatMap((id, index) => {
        const session = unpack(found[index])
        return session ? [{ id, ...session }] : []
      })
    }
  }
}
