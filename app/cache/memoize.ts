/** A function of one argument that remembers its results. */
import { createLRU } from 'lru.min'

/**
 * Returns `make` with a cache of its results; the least recently used of `max` is evicted, and null
 * is not kept. `keyOf`: what the result depends on of the argument, by default the argument itself.
 */
export function memoize<Argument, Result extends {} | null>(
  make: (argument: Argument) => Result,
  max: number,
  keyOf: (argument: Argument) => unknown = argument => argument
): (argument: Argument) => Result {
  // Reserves the memory of all entries, so it is created when the first one is made.
  let results: ReturnType<typeof createLRU<unknown, Result & {}>> | undefined
  return argument => {
    const key = keyOf(argument)
    const known = results?.get(key)
    if (known !== undefined) return known
    const made = make(argument)
    if (made !== null) (results ??= createLRU({ max })).set(key, made)
    return made
  }
}
