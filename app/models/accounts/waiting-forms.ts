/** Forms that wait while their user signs in at a provider: too large for a cookie, and read once. */
import { createLRU } from 'lru.min'
import type { RedisClient } from '../../db/redis.ts'
import { randomText } from '../../values/random-text.ts'
import { reach } from './redis-sessions.ts'

export interface WaitingForms {
  /** Keeps a text for ten minutes and returns its id; null: it is too large, and not kept. Throws SessionsDown. */
  keep(text: string): Promise<string | null>
  /** Returns the text and forgets it; null if there is none. Throws SessionsDown. */
  take(id: string): Promise<string | null>
}

const LIFETIME_MS = 600_000
/**
 * A form may have 170 kB. Larger ones than this are not kept: 60 of each network, which `limits.waitingForms` allows, would
 * fill a Redis of 256 MB from 25 networks, and a full Redis refuses every sign-in.
 */
const MAX_BYTES = 32 * 1024
/** Bounds the memory of a process to 4 MB. */
const MAX_FORMS = 120

const isTooLarge = (text: string) => Buffer.byteLength(text) > MAX_BYTES

/** Forms in this process, which is the only one where there is no Redis. */
export class MemoryForms implements WaitingForms {
  readonly #forms = createLRU<string, { text: string; until: number }>({ max: MAX_FORMS })

  async keep(text: string) {
    if (isTooLarge(text)) return null
    const id = randomText()
    this.#forms.set(id, { text, until: Date.now() + LIFETIME_MS })
    return id
  }

  async take(id: string) {
    const form = this.#forms.get(id)
    this.#forms.delete(id)
    return form && form.until > Date.now() ? form.text : null
  }
}

/** Forms in Redis: the provider may send the browser back to another replica. */
export class RedisForms implements WaitingForms {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async keep(text: string) {
    if (isTooLarge(text)) return null
    const id = randomText()
    await reach(this.#redis.set(`form:${id}`, text, 'PX', LIFETIME_MS))
    return id
  }

  take(id: string) {
    return reach(this.#redis.getdel(`form:${id}`))
  }
}
