/**
 * Forms that wait while their user signs in at a provider: too large for a cookie, and read once. A form may be an anonymous
 * vote beside its account, and Redis writes to disk: what is stored opens with a key that is in the browser's cookie alone.
 */
import { createLRU } from 'lru.min'
import type { RedisClient } from '../../db/redis.ts'
import { randomText } from '../../values/random-text.ts'
import { Sealer } from '../../values/sealed.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { reach } from './redis-sessions.ts'

export interface WaitingForms {
  /** Keeps a text for ten minutes and returns its key; null: it is too large, and not kept. Throws SessionsDown. */
  keep(text: string): Promise<string | null>
  /** Returns the text of this key and forgets it; null if there is none. Throws SessionsDown. */
  take(key: string): Promise<string | null>
}

const LIFETIME_MS = 600_000
/**
 * A form may have 170 kB. Larger ones than this are not kept: 60 of each network, which `limits.waitingForms` allows, would
 * fill a Redis of 256 MB from 25 networks, and a full Redis refuses every sign-in.
 */
const MAX_BYTES = 32 * 1024
/** Bounds the memory of a process to 6 MB. */
const MAX_FORMS = 120

const isTooLarge = (text: string) => Buffer.byteLength(text) > MAX_BYTES

const sealerOf = (key: string) => new Sealer([key], 'waiting form')

/** Encrypts a text with a new key. */
function seal(text: string) {
  const key = randomText()
  const id = hashOfSecret(key)
  return { key, id, sealed: sealerOf(key).seal(text, id) }
}

const open = (sealed: string, key: string) => sealerOf(key).open(sealed, hashOfSecret(key))?.text ?? null

/** Forms in this process, which is the only one where there is no Redis. */
export class MemoryForms implements WaitingForms {
  readonly #forms = createLRU<string, { sealed: string; until: number }>({ max: MAX_FORMS })

  async keep(text: string) {
    if (isTooLarge(text)) return null
    const { key, id, sealed } = seal(text)
    this.#forms.set(id, { sealed, until: Date.now() + LIFETIME_MS })
    return key
  }

  async take(key: string) {
    const id = hashOfSecret(key)
    const form = this.#forms.get(id)
    this.#forms.delete(id)
    return form && form.until > Date.now() ? open(form.sealed, key) : null
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
    const { key, id, sealed } = seal(text)
    await reach(this.#redis.set(`form:${id}`, sealed, 'PX', LIFETIME_MS))
    return key
  }

  async take(key: string) {
    const sealed = await reach(this.#redis.getdel(`form:${hashOfSecret(key)}`))
    return sealed === null ? null : open(sealed, key)
  }
}
