/** Whether a MySQL server answers at all: while it does not, nobody waits for it. */
import { setImmediate } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import type { PoolOptions } from 'mysql2/promise'
import { ConnectionLost } from './database.ts'

/** A statement that takes longer makes us ask; most take a hundredth of it. */
const late = 250
/** How long the server may take to greet, and how often it is asked while it does not. */
const patience = 500
const pause = 200

const gone = () => new ConnectionLost('the server does not answer')

/** Anything that the server itself says, a refusal too, is a sign of life. */
async function isAlive(options: PoolOptions): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ ...options, connectTimeout: patience })
    connection.destroy()
    return true
  } catch (error) {
    return ((error as mysql.QueryError).errno ?? 0) > 1000
  }
}

/**
 * Watches one server. A frozen one takes connections and statements and never answers, so each of them would cost
 * its whole time limit; this asks beside them as soon as one is late, and then fails all others at once.
 */
export function watchServer(options: PoolOptions) {
  let asking = false
  let down = false
  let lastSign = 0
  const stop = new AbortController()
  const waiting = new Set<(error: Error) => void>()

  async function ask() {
    if (asking) return
    asking = true
    while (!stop.signal.aborted) {
      const started = performance.now()
      const isSilent = !(await isAlive(options))
      await setImmediate() // what has arrived while this process was busy is read first
      down = isSilent && lastSign < started
      if (!down) break
      for (const reject of waiting) reject(gone())
      await new Promise(resolve => setTimeout(resolve, pause).unref())
    }
    asking = false
  }

  return {
    /**
     * What `work` resolves to, unless the server is found gone meanwhile: then ConnectionLost, at once. `isSign`: it
     * resolves only when the server has answered.
     */
    async during<T>(work: () => Promise<T>, isSign = true): Promise<T> {
      if (down) throw gone()
      const { promise: fallen, reject } = Promise.withResolvers<never>()
      const timer = setTimeout(() => void ask(), late)
      waiting.add(reject)
      try {
        const result = await Promise.race([work(), fallen])
        if (isSign) lastSign = performance.now()
        return result
      } finally {
        clearTimeout(timer)
        waiting.delete(reject)
      }
    },
    close() {
      stop.abort()
    }
  }
}

export type Server = ReturnType<typeof watchServer>
