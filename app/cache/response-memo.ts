/** Cache of responses that are rendered from a snapshot of a question. */
import { createLRU } from 'lru.min'

/** Maximum snapshots with renderings. The least recently used one is evicted. */
const MAX_SNAPSHOTS = 200

/** Renderings of one snapshot. Viewers differ in language, colours, rights and their own vote. */
const MAX_RENDERINGS = 30

/**
 * Remembers what was rendered from a snapshot under a key: everything else that the rendering
 * depends on.
 */
export class ResponseMemo {
  readonly #snapshots = createLRU<object, Map<string, unknown>>({ max: MAX_SNAPSHOTS })

  /**
   * Returns what `make` returned for this snapshot and key; calls it if there is none. A rejected
   * promise is dropped.
   */
  get<T>(snapshot: object, key: string, make: () => T): T {
    let renderings = this.#snapshots.get(snapshot)
    if (!renderings) this.#snapshots.set(snapshot, (renderings = new Map()))
    if (renderings.has(key)) return renderings.get(key) as T // one key is of one kind of rendering
    if (renderings.size >= MAX_RENDERINGS) renderings.clear()
    const made = make()
    renderings.set(key, made)
    if (made instanceof Promise) made.catch(() => renderings.delete(key))
    return made
  }
}
