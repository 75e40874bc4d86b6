/**
 * Forms that wait while their user signs in at a provider: too large for a cookie, and read once. A
 * form may be an anonymous vote beside its account, and Redis writes to disk: what is stored opens
 * with a key that is in the browser's cookie alone.
 */
import { createLRU } from 'lru.min'
import type { RedisClient } from '../../db/redis.ts'
import { randomText } from '../../values/random-text.ts'
import { Sealer } from '../../values/sealed.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { reach } from './redis-sessions.ts'

/** Where forms wait, encrypted, under their ids. */
interface Store {
  /** Keeps a form for ten minutes. Throws SessionsDown. */
  set(id: string, sealed: string): Promise<void>
  /** Returns a form and forgets it; null if there is none. Throws SessionsDown. */
  take(id: string): Promise<string | null>
}

const LIFETIME_MS = 600_000
/**
 * A form may have 170 kB. Larger ones than this are not kept: 60 of each network, which
 * `limits.waitingForms` allows, would fill a Redis of 256 MB from 25 networks, and a full Redis
 * refuses every sign-in.
 */
const MAX_BYTES = 32 * 1024
/** Bounds the memory of a process to 6 MB. */
const MAX_FORMS = 120

const sealerOf = (key: string) => new Sealer([key], 'waiting form')

export class WaitingForms {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * Keeps a text for ten minutes and returns its key; null: it is too large, and not kept. Throws
   * SessionsDown.
   */
  async keep(text: string): Promise<string | null> {
    if (Buffer.byteLength(text) > MAX_BYTES) return null
    const key = randomText()
    const id = hashOfSecret(key)
    await this.#store.set(id, sealerOf(key).seal(text, id))
    return key
  }

  /** Returns the text of this key and forgets it; null if there is none. Throws SessionsDown. */
  async take(key: string): Promise<string | null> {
    const id = hashOfSecret(key)
    const sealed = await this.#store.take(id)
    return sealed === null ? null : (sealerOf(key).open(sealed, id)?.text ?? null)
  }
}

/** Forms in this process, which is the only one where there is no Redis. */
export class MemoryForms implements Store {
  readonly #forms = createLRU<string, { sealed: string; until: number }>({ max: MAX_FORMS })

  async set(id: string, sealed: string) {
    this.#forms.set(id, { sealed, until: Date.now() + LIFETIME_MS })
  }

  async take(id: string) {
    const form = this.#forms.get(id)
    this.#forms.delete(id)
    return form && form.until > Date.now() ? form.sealed : null
  }
}

/** Forms in Redis: the provider may send the browser back to another replica. */
export class RedisForms implements Store {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async set(id: string, sealed: string) {
    await reach(this.#redis.set(`form:${id}`, sealed, 'PX', LIFETIME_MS))
  }

  take(id: string) {
    return reach(this.#redis.getdel(`form:${id}`))
  }
}
