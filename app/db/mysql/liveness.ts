/** Whether a MySQL server answers at all: while it does not, nobody waits for it. */
import { setImmediate } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import type { PoolOptions } from 'mysql2/promise'
import { ConnectionLost } from '../errors.ts'

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

interface Statement {
  since: number
  /** While it is under way. */
  fail?: ((error: Error) => void) | undefined
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
  /** The oldest first. No map, because of one that lives on V8 keeps too much (see the ballot box). */
  let statements: Statement[] = []
  let timer: NodeJS.Timeout | undefined

  async function ask() {
    if (asking) return
    asking = true
    while (!stop.signal.aborted) {
      const started = performance.now()
      const isSilent = !(await isAlive(options))
      await setImmediate() // what has arrived while this process was busy is read first
      down = isSilent && lastSign < started
      if (!down) break
      for (const { fail } of statements) fail?.(gone())
      await new Promise(resolve => setTimeout(resolve, pause).unref())
    }
    asking = false
  }

  /** One timer for all of them: most are answered before it is over. */
  function watch(milliseconds = late) {
    timer ??= setTimeout(() => {
      timer = undefined
      statements = statements.filter(({ fail }) => fail)
      const [oldest] = statements
      if (!oldest) return
      const left = oldest.since + late - performance.now()
      if (left < 1) void ask()
      watch(left < 1 ? late : left)
    }, milliseconds).unref()
  }

  return {
    /**
     * What `work` resolves to, unless the server is found gone meanwhile: then ConnectionLost, at once. `isSign`: it
     * resolves only when the server has answered.
     */
    async during<T>(work: () => Promise<T>, isSign = true): Promise<T> {
      if (down) throw gone()
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      const statement: Statement = { since: performance.now(), fail: reject }
      statements.push(statement)
      watch()
      try {
        work().then(resolve, reject)
        const result = await promise
        if (isSign) lastSign = performance.now()
        return result
      } finally {
        statement.fail = undefined
      }
    },
    close() {
      stop.abort()
    }
  }
}

export type Server = ReturnType<typeof watchServer>
