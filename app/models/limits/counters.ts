/** Fixed-window counters: in Redis, where all replicas share them, or in this process. */
import { createLRU } from 'lru.min'
import { type RedisClient, withDeadline } from '../../db/redis.ts'

/** At most `most` events in a window of `seconds`. The window begins with its first event. */
export interface Limit {
  most: number
  seconds: number
}

/** Events that were counted, perhaps only until it is known whether they count. */
export interface Hold {
  /** 0: they were counted; otherwise the milliseconds until the window ends. */
  waitMs: number
  /**
   * Takes the events out of the window in which they were counted; changes nothing once that has
   * ended.
   */
  giveBack(): Promise<void>
}

export interface Counter {
  /** Adds `by`, 1 if it is missing. Adds nothing if that would exceed the limit. */
  hold(key: string, limit: Limit, by?: number): Promise<Hold>
}

/** Bounds the memory of a process: clients choose the keys. */
const MAX_KEYS = 20_000

/** Counters of this process alone: for the embedded database, and while Redis is unreachable. */
export class MemoryCounter implements Counter {
  readonly #windows

  constructor(maxKeys = MAX_KEYS) {
    this.#windows = createLRU<string, { count: number; endsAt: number }>({ max: maxKeys })
  }

  async hold(key: string, { most, seconds }: Limit, by = 1): Promise<Hold> {
    const now = Date.now()
    let window = this.#windows.get(key)
    if (!window || window.endsAt <= now) {
      window = { count: 0, endsAt: now + seconds * 1000 }
      this.#windows.set(key, window)
    }
    if (window.count + by > most) return { waitMs: window.endsAt - now, giveBack: async () => {} }
    const counted = window
    counted.count += by
    return {
      waitMs: 0,
      giveBack: async () => {
        counted.count -= by
      }
    }
  }
}

/** Sets `ends` to the end of a window that has `left` milliseconds, by the clock of Redis. */
const ENDS = `local time = redis.call('time')
local ends = time[1] * 1000 + math.floor(time[2] / 1000) + left`

/** Returns the milliseconds to wait, and the end of the window if they are 0. */
const TAKE = `local left = redis.call('pttl', KEYS[1])
local count = left > 0 and redis.call('get', KEYS[1]) or 0
if count + ARGV[1] > tonumber(ARGV[2]) then return {left > 0 and left or tonumber(ARGV[3]), 0} end
redis.call('incrby', KEYS[1], ARGV[1])
if left <= 0 then
  left = ARGV[3]
  redis.call('pexpire', KEYS[1], left)
end
${ENDS}
return {0, ends}`

/**
 * Subtracts a number if the window is the one that ends then. The following window ends a second
 * later at least; two readings of the same end may differ by a millisecond.
 */
const GIVE_BACK = `local left = redis.call('pttl', KEYS[1])
${ENDS}
if left > 0 and math.abs(ends - ARGV[1]) < 500 then redis.call('decrby', KEYS[1], ARGV[2]) end`

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

  async hold(key: string, limit: Limit, by = 1): Promise<Hold> {
    const taken = await this.#eval(TAKE, key, by, limit.most, limit.seconds * 1000)
    if (taken === undefined) return this.#fallback.hold(key, limit, by)
    const [waitMs, endsAt] = taken as [number, number] // as TAKE returns it
    return {
      waitMs,
      giveBack: async () => {
        if (waitMs === 0) await this.#eval(GIVE_BACK, key, endsAt, by)
      }
    }
  }

  /** Runs a script; undefined: Redis is unreachable. */
  async #eval(script: string, key: string, ...args: number[]): Promise<unknown> {
    if (Date.now() < this.#retryAt) return undefined
    try {
      return await withDeadline(this.#redis.eval(script, 1, key, ...args))
    } catch {
      this.#retryAt = Date.now() + REDIS_RETRY_DELAY_MS
      return undefined
    }
  }
}
