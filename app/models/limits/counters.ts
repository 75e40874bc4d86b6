/** Fixed-window counters: in Redis, where all replicas share them, or in this process. */
import { createLRU } from 'lru.min'
import { type RedisClient, withDeadline } from '../../db/redis.ts'

/** At most `most` events in a window of `seconds`. The window begins with its first event. */
export interface Limit {
  most: number
  seconds: number
}

export interface Counter {
  /**
   * Adds `by` and returns 0. If that would exceed the limit, adds nothing and returns the milliseconds until the window
   * ends. A negative `by` gives back, nothing if the window has ended.
   */
  take(key: string, limit: Limit, by?: number): Promise<number>
}

/** Bounds the memory of a process: clients choose the keys. */
const MAX_KEYS = 20_000

/** Counters of this process alone: for the embedded database, and while Redis is unreachable. */
export class MemoryCounter implements Counter {
  readonly #windows

  constructor(maxKeys = MAX_KEYS) {
    this.#windows = createLRU<string, { count: number; endsAt: number }>({ max: maxKeys })
  }

  async take(key: string, { most, seconds }: Limit, by = 1) {
    const now = Date.now()
    let window = this.#windows.get(key)
    if (!window || window.endsAt <= now) {
      if (by < 0) return 0
      window = { count: 0, endsAt: now + seconds * 1000 }
      this.#windows.set(key, window)
    }
    if (window.count + by > most) return window.endsAt - now
    window.count += by
    return 0
  }
}

const TAKE = `local left = redis.call('pttl', KEYS[1])
if left <= 0 and tonumber(ARGV[1]) < 0 then return 0 end
local count = left > 0 and redis.call('get', KEYS[1]) or 0
if count + ARGV[1] > tonumber(ARGV[2]) then return left > 0 and left or tonumber(ARGV[3]) end
redis.call('incrby', KEYS[1], ARGV[1])
if left <= 0 then redis.call('pexpire', KEYS[1], ARGV[3]) end
return 0`

/**
 * After an error Redis is not used for this long: otherwise each sign-in would wait for the timeout
 * of each command.
 */
const REDIS_RETRY_DELAY_MS = 1_000

/**
 * Counters in Redis, one command each. While Redis is unreachable, each process uses its own
 * counters.
 */
export class RedisCounter implements Counter {
  readonly #redis: RedisClient
  readonly #fallback = new MemoryCounter()
  #retryAt = 0

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async take(key: string, limit: Limit, by = 1) {
    if (Date.now() >= this.#retryAt) {
      try {
        const reply = this.#redis.eval(TAKE, 1, key, by, limit.most, limit.seconds * 1000)
        return Number(await withDeadline(reply))
      } catch {
        this.#retryAt = Date.now() + REDIS_RETRY_DELAY_MS
      }
    }
    return this.#fallback.take(key, limit, by)
  }
}
