/** A function of one argument that remembers its results. */
import { createLRU } from 'lru.min'

/** Returns `make` with a cache of its results; the least recently used of `max` is evicted. */
export function memoize<Key, Result extends {}>(
  make: (key: Key) => Result,
  max: number
): (key: Key) => Result {
  const results = createLRU<Key, Result>({ max })
  return key => {
    const known = results.get(key)
    if (known !== undefined) return known
    const made = make(key)
    results.set(key, made)
    return made
  }
}
