/** Counts that end by themselves: in Redis, where all replicas share them, or in this process. */
import type { Redis } from 'ioredis'

/** So many within so many seconds, from the first one on. */
export interface Limit {
  most: number
  seconds: number
}

export interface Counter {
  /** Counts `by` more unless that is too many: then nothing is counted, and it answers how many milliseconds to wait; else 0. */
  take(key: string, limit: Limit, by?: number): Promise<number>
}

/** What is kept in a process, however many keys somebody sends. */
const keysKept = 20_000

/**
 * Entries by key; of more than `kept` the oldest half goes. Two maps, because deleting the oldest entry of one, again
 * and again, costs it ever more (seen: 15 microseconds instead of 0.3).
 */
export function createRecent<T>(kept = keysKept) {
  let [young, old] = [new Map<string, T>(), new Map<string, T>()]
  return {
    get: (key: string) => young.get(key) ?? old.get(key),
    set(key: string, value: T) {
      if (young.size >= kept / 2) [young, old] = [new Map(), young]
      young.set(key, value)
      return value
    }
  }
}

/** Counts of this process alone, for the embedded mode and while Redis is away. */
export function createMemoryCounter(kept = keysKept): Counter {
  const counts = createRecent<{ count: number; until: number }>(kept)
  return {
    async take(key, { most, seconds }, by = 1) {
      const now = Date.now()
      let entry = counts.get(key)
      if (!entry || entry.until <= now) entry = counts.set(key, { count: 0, until: now + seconds * 1000 })
      if (entry.count + by > most) return entry.until - now
      entry.count += by
      return 0
    }
  }
}

const TAKE = `local left = redis.call('pttl', KEYS[1])
if left > 0 and redis.call('get', KEYS[1]) + ARGV[1] > tonumber(ARGV[2]) then return left end
redis.call('incrby', KEYS[1], ARGV[1])
if left <= 0 then redis.call('pexpire', KEYS[1], ARGV[3]) end
return 0`

/** Milliseconds for which a Redis that failed is not asked: who signs in would wait for each command. */
const pause = 1_000

/** Counts in Redis, one command each; while Redis is away those of this process. */
export function createRedisCounter(redis: Redis): Counter {
  const own = createMemoryCounter()
  let awayUntil = 0
  return {
    async take(key, limit, by = 1) {
      if (Date.now() >= awayUntil) {
        try {
          return Number(await redis.eval(TAKE, 1, key, by, limit.most, limit.seconds * 1000))
        } catch {
          awayUntil = Date.now() + pause
        }
      }
      return own.take(key, limit, by)
    }
  }
}
