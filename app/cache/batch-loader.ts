/**
 * Combines concurrent look-ups of single keys into look-ups of many keys (known as a data loader).
 */

/** Keys in one call of `load`. */
const MAX_BATCH_SIZE = 500
/**
 * A look-up that has waited this long fails with the batch before it, instead of waiting as long
 * again.
 */
const MAX_WAIT_MS = 100

interface Waiting<Key, Value> {
  key: Key
  resolve: (value: Value | undefined) => void
  reject: (error: unknown) => void
  since: number
}

/**
 * Returns a look-up of one key on top of `load`, a look-up of many. The first call starts a batch
 * after the current turn of the event loop. Calls that arrive while a batch is running form the
 * next one. There is no timer: the longer `load` takes, the larger the batches become. A call never
 * joins a batch that is already running, so that every value is read after it was asked for.
 *
 * `load` gets each key once and returns a map from `identityOf(key)` to the value; a key that it
 * lacks is undefined. Throws what `load` throws.
 */
export function createBatchLoader<Key, Value>(
  load: (keys: Key[]) => Promise<ReadonlyMap<unknown, Value>>,
  identityOf: (key: Key) => unknown = key => key
): (key: Key) => Promise<Value | undefined> {
  let waiting: Array<Waiting<Key, Value>> = []
  let isRunning = false

  async function loadBatch() {
    const batch = waiting.slice(0, MAX_BATCH_SIZE)
    waiting = waiting.slice(MAX_BATCH_SIZE)
    try {
      const keys = new Map(batch.map(({ key }) => [identityOf(key), key]))
      const found = await load([...keys.values()])
      for (const { key, resolve } of batch) resolve(found.get(identityOf(key)))
    } catch (error) {
      const oldest = performance.now() - MAX_WAIT_MS
      const expired = waiting.filter(({ since }) => since < oldest)
      waiting = waiting.filter(({ since }) => since >= oldest)
      for (const { reject } of [...batch, ...expired]) reject(error)
    }
  }

  async function run() {
    isRunning = true
    await new Promise(setImmediate) // requests of the same turn come along
    while (waiting.length > 0) await loadBatch()
    isRunning = false
  }

  return key =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject, since: performance.now() })
      if (!isRunning) void run()
    })
}
