/** Look-ups that arrive while one is on its way go together into the next: one statement for many requests. */

/** How many keys go into one statement. */
const most = 500
/** Milliseconds: who has waited so long for a look-up that fails has failed with it, instead of waiting as long again. */
const patience = 100

/**
 * Turns a look-up of many keys into one of a single key. `load` answers a map from `name(key)`; what it lacks is
 * undefined. Every answer was read after its question was asked. Throws what `load` throws.
 */
export function createBatchLoader<Key, Value>(
  name: (key: Key) => unknown,
  load: (keys: Key[]) => Promise<Map<unknown, Value>>
) {
  interface Waiting {
    key: Key
    resolve: (value: Value | undefined) => void
    reject: (error: unknown) => void
    since: number
  }
  let waiting: Waiting[] = []
  let running = false

  async function run() {
    running = true
    await new Promise(setImmediate) // whoever's request came in the same turn of the event loop comes along
    while (waiting.length > 0) {
      const taken = waiting.slice(0, most)
      waiting = waiting.slice(most)
      try {
        const found = await load(taken.map(({ key }) => key))
        for (const { key, resolve } of taken) resolve(found.get(name(key)))
      } catch (error) {
        const oldest = performance.now() - patience
        const failed = [...taken, ...waiting.filter(({ since }) => since < oldest)]
        waiting = waiting.filter(({ since }) => since >= oldest)
        for (const { reject } of failed) reject(error)
      }
    }
    running = false
  }

  return (key: Key) =>
    new Promise<Value | undefined>((resolve, reject) => {
      waiting.push({ key, resolve, reject, since: performance.now() })
      if (!running) void run()
    })
}
