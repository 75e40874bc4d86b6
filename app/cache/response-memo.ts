/** Cache of responses that are rendered from a snapshot of a question. */
import { createLRU } from 'lru.min'

/**
 * Maximum renderings. The least recently used one is evicted. Viewers differ in language, rights
 * and their own vote.
 */
const MAX_RENDERINGS = 2_000

/** Maximum size of all renderings and their keys. A page of the largest poll has some 300 KB. */
const MAX_BYTES = 16 * 2 ** 20

/** A body or its parts, or a body with what is sent beside it. */
export type Rendering = string | Buffer | readonly Rendering[] | { readonly body: string | Buffer }

/**
 * Returns how much memory a rendering takes, in bytes. A text counts as if it had other letters
 * than Latin ones.
 */
export function bytesOf(made: Rendering): number {
  if (typeof made === 'string') return 2 * made.length
  if (Buffer.isBuffer(made)) return made.byteLength
  return 'body' in made ? bytesOf(made.body) : made.reduce((sum, part) => sum + bytesOf(part), 0)
}

/**
 * Remembers what was rendered from a snapshot under a key: everything else that the rendering
 * depends on.
 */
export class ResponseMemo {
  /** Each with its size and that of its key, in bytes. */
  readonly #made = createLRU<string, { made: unknown; bytes: number }>({
    max: MAX_RENDERINGS,
    onEviction: (_, { bytes }) => {
      this.#bytes -= bytes
    }
  })
  #bytes = 0
  /** The number of each snapshot, with which its keys begin. */
  readonly #numbers = new WeakMap<object, number>()
  #lastNumber = 0

  /**
   * Returns what `make` returned for this snapshot and key; calls it if there is none. A rejected
   * promise is dropped.
   */
  get<T extends Rendering | Promise<Rendering>>(snapshot: object, key: string, make: () => T): T {
    let number = this.#numbers.get(snapshot)
    if (number === undefined) this.#numbers.set(snapshot, (number = ++this.#lastNumber))
    const fullKey = `${number} ${key}`
    const known = this.#made.get(fullKey)
    if (known) return known.made as T // one key is of one kind of rendering
    const made = make()
    if (made instanceof Promise) {
      this.#keep(fullKey, made, '')
      made.then(
        rendering => this.#keep(fullKey, made, rendering),
        () => this.#made.delete(fullKey)
      )
    } else this.#keep(fullKey, made, made)
    return made
  }

  /**
   * Keeps what was made, and evicts others while all are too large. `measured` is what takes the
   * memory.
   */
  #keep(key: string, made: unknown, measured: Rendering) {
    const bytes = bytesOf(key) + bytesOf(measured)
    this.#made.set(key, { made, bytes })
    this.#bytes += bytes
    while (this.#bytes > MAX_BYTES) this.#made.evict(1)
  }
}
