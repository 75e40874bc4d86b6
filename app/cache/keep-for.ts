/** A value that is read once for all who ask within a time. */

/**
 * Returns `load` with its promise kept for `lifetimeMs`. A failure is kept for `failureLifetimeMs`
 * from then on, by default not at all; a late one ends its own entry alone, not one that was loaded
 * after it.
 */
export function keepFor<Value>(
  lifetimeMs: number,
  load: () => Promise<Value>,
  failureLifetimeMs = 0
): () => Promise<Value> {
  let cached: { value: Promise<Value>; until: number } | undefined
  return () => {
    const now = Date.now()
    if (cached && now < cached.until) return cached.value
    const entry = { value: load(), until: now + lifetimeMs }
    cached = entry
    entry.value.catch(() => {
      entry.until = Date.now() + failureLifetimeMs
    })
    return entry.value
  }
}
