/**
 * Cache of values that are read from elsewhere: one read serves all requests within a short time.
 */
import { isDeepStrictEqual } from 'node:util'

/**
 * When the cache is full it is emptied: entries live for seconds only. The largest are questions
 * with their choices.
 */
const MAX_ENTRIES = 2_000

type Load<Key, Value> = (key: Key) => Promise<Value | undefined>

interface Entry<Value> {
  value: Promise<Value | undefined>
  /** Set once the read has finished. */
  settled?: Value
  expiresAt: number
}

/**
 * Caches what `load` reads by a key, but neither missing values nor failures. A value has an id, by
 * which it is forgotten; it may be cached under several keys.
 */
export class FreshCache<Key, Value extends { id: number }> {
  readonly #lifetimeMs: number
  readonly #load: Load<Key, Value>
  readonly #entries = new Map<Key, Entry<Value>>()
  /** The keys under which each value is cached. */
  readonly #keysById = new Map<number, Set<Key>>()
  /** The reads in flight, also such as were replaced by a later one. */
  readonly #reading = new Map<Entry<Value>, Key>()

  constructor(lifetimeMs: number, load: Load<Key, Value>) {
    this.#lifetimeMs = lifetimeMs
    this.#load = load
  }

  /** Gets a value that was read within the lifetime, and after any `forget` of it. */
  get(key: Key): Promise<Value | undefined> {
    return this.#current(key)?.value ?? this.getFresh(key)
  }

  /** Returns the cached value synchronously. Undefined if `get` would read it. */
  getCached(key: Key): Value | undefined {
    return this.#current(key)?.settled
  }

  /**
   * Reads the value now and caches it. `from` replaces `load`. A value that has not changed stays
   * the same object: what was made from it, such as a rendered page, is valid still.
   */
  getFresh(key: Key, from = this.#load): Promise<Value | undefined> {
    if (this.#entries.size >= MAX_ENTRIES && !this.#entries.has(key)) this.clear()
    const before = this.#entries.get(key)?.settled
    const value = from(key).then(read => (isDeepStrictEqual(read, before) ? before : read))
    const entry: Entry<Value> = { value, expiresAt: performance.now() + this.#lifetimeMs }
    this.#entries.set(key, entry)
    this.#reading.set(entry, key)
    void this.#settle(key, entry)
    return entry.value
  }

  /** Drops a changed value: the next `get` reads it, and reads in flight are not cached. */
  forget(id: number): void {
    for (const key of this.#keysById.get(id) ?? []) this.#entries.delete(key)
    this.#keysById.delete(id)
    for (const [entry, key] of this.#reading) if (this.#entries.get(key) === entry) this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
    this.#keysById.clear()
  }

  #current(key: Key): Entry<Value> | undefined {
    const entry = this.#entries.get(key)
    return entry && performance.now() < entry.expiresAt ? entry : undefined
  }

  async #settle(key: Key, entry: Entry<Value>): Promise<void> {
    let value: Value | undefined
    try {
      value = await entry.value
    } catch {
      // the caller of `get` has the error
    }
    this.#reading.delete(entry)
    if (this.#entries.get(key) !== entry) return // forgotten, or read again
    if (value) this.#keep(key, entry, value)
    else this.#entries.delete(key)
  }

  #keep(key: Key, entry: Entry<Value>, value: Value): void {
    entry.settled = value
    const keys = this.#keysById.get(value.id)
    if (keys) keys.add(key)
    else this.#keysById.set(value.id, new Set([key]))
  }
}
