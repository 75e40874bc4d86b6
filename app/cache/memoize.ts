/** A function of one argument that remembers its results. */
import { createLRU } from 'lru.min'

/**
 * Returns `make` with a cache of its results; the least recently used of `max` is evicted. `keyOf`: what the result
 * depends on of the argument, by default the argument itself.
 */
export function memoize<Argument, Result extends {}>(
  make: (argument: Argument) => Result,
  max: number,
  keyOf: (argument: Argument) => unknown = argument => argument
): (argument: Argument) => Result {
  const results = createLRU<unknown, Result>({ max })
  return argument => {
    const key = keyOf(argument)
    const known = results.get(key)
    if (known !== undefined) return known
    const made = make(argument)
    results.set(key, made)
    return made
  }
}
