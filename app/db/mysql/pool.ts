/** Opens pools, and borrows their connections within a time limit. */
import mysql, { type Pool, type PoolConnection, type PoolOptions } from 'mysql2/promise'
import type { Argument, Observe } from '../database.ts'
import { DatabaseBusy } from '../errors.ts'
import { leavesAnswerPending, translateError } from './errors.ts'
import type { Liveness } from './liveness.ts'
import { MysqlQueries, StatementRunner } from './statements.ts'

/** A mysql2 pool, or anything that hands out its connections. */
interface ConnectionSource {
  getConnection(): Promise<PoolConnection>
}

/**
 * Opens a pool whose connections begin with these statements. An error of one is reported, and the
 * connection is used.
 */
export function openPool(
  options: PoolOptions,
  settings: readonly string[],
  onSetupError: (error: Error) => void = () => {}
): Pool {
  const pool = mysql.createPool(options)
  pool.pool.on('connection', connection => {
    const done = (error: Error | null) => error && onSetupError(error) // without a callback an error ends the process
    for (const sql of settings) connection.query(sql, done)
  })
  return pool
}

/**
 * Takes a connection from the pool. One that arrives after the time limit is released. Throws
 * DatabaseError.
 */
export async function acquireConnection(
  pool: ConnectionSource,
  timeoutMs: number,
  server: Liveness
): Promise<PoolConnection> {
  let pending: Promise<PoolConnection> | undefined
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseBusy('no free connection')), timeoutMs)
  })
  try {
    // An idle connection is no sign that the server answers.
    return await server.race(() => Promise.race([(pending = pool.getConnection()), timeout]), false)
  } catch (error) {
    pending?.then(
      connection => connection.release(),
      () => {}
    )
    throw translateError(error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Queries that borrow a connection each. `timeoutMs` covers the wait for the connection and the
 * statement.
 */
export class PoolQueries extends MysqlQueries {
  readonly #pool: ConnectionSource
  readonly #server: Liveness
  protected readonly timeoutMs: number
  protected readonly runner: StatementRunner

  constructor(pool: ConnectionSource, server: Liveness, timeoutMs: number, observe?: Observe) {
    super()
    this.#pool = pool
    this.#server = server
    this.timeoutMs = timeoutMs
    this.runner = new StatementRunner(server, timeoutMs, observe)
  }

  protected async run(sql: string, args: readonly Argument[]) {
    const deadline = performance.now() + this.timeoutMs
    const connection = await acquireConnection(this.#pool, this.timeoutMs, this.#server)
    try {
      const leftMs = Math.max(1, Math.round(deadline - performance.now()))
      const answer = await this.runner.run(connection, sql, args, leftMs)
      connection.release()
      return answer
    } catch (error) {
      if (leavesAnswerPending(error)) connection.destroy()
      else connection.release()
      throw error
    }
  }
}
