/** Statements with a time limit on mysql2 connections. */
import type {
  Connection,
  ExecuteValues,
  PoolConnection,
  ResultSetHeader,
  RowDataPacket
} from 'mysql2/promise'
import { checkArguments } from '../bind.ts'
import type { Argument, Observe, Queries, Result, Statement, Step } from '../database.ts'
import { dialect } from './dialect.ts'
import { translateError } from './errors.ts'
import type { Liveness } from './liveness.ts'

/** The rows of a SELECT, the header of any other statement. */
export type Answer = RowDataPacket[] | ResultSetHeader

/** The largest BIGINT UNSIGNED. One more is an error. */
const MAX_BIGINT = '18446744073709551615'

/**
 * A statement with more arguments is sent as text: it is generated for lists, and has a form for
 * each of their lengths. A server keeps 16,382 prepared statements for all connections.
 */
const MAX_PREPARED_ARGUMENTS = 8

/**
 * Turns a step into statements that fail unless it changed the expected number of rows. A message
 * of several statements stops at the first error, so that its COMMIT is not reached. SIGNAL exists
 * in stored programs only; a plain statement fails on a condition by numeric overflow.
 */
export function assertRowCount([sql, args, expectedRows]: Step): Statement[] {
  if (expectedRows === undefined) return [[sql, args]]
  return [
    [sql, args],
    [`SET @overflow = ${MAX_BIGINT} + (ROW_COUNT() <> ?)`, [expectedRows]]
  ]
}

/** Runs statements on connections of one server. */
export class StatementRunner {
  readonly #server: Liveness
  readonly #timeoutMs: number
  readonly #observe: Observe | undefined

  constructor(server: Liveness, timeoutMs: number, observe?: Observe) {
    this.#server = server
    this.#timeoutMs = timeoutMs
    this.#observe = observe
  }

  /** Runs one statement. Throws DatabaseError. */
  async run(
    connection: Connection,
    sql: string,
    args: readonly Argument[] = [],
    timeoutMs = this.#timeoutMs
  ): Promise<Answer> {
    const hasLists = checkArguments(sql, args)
    const isPrepared = !hasLists && args.length > 0 && args.length <= MAX_PREPARED_ARGUMENTS
    const options = { sql, values: args as ExecuteValues[], timeout: timeoutMs } // checked by checkArguments
    const send = () => (isPrepared ? connection.execute(options) : connection.query(options))
    return (await this.#send(sql, send)) as Answer
  }

  /**
   * Runs the statements in one message and returns the answer to each. Needs `multipleStatements`.
   * Throws DatabaseError.
   */
  async runAll(
    connection: Connection,
    statements: readonly Statement[],
    timeoutMs = this.#timeoutMs
  ): Promise<Answer[]> {
    for (const [text, args = []] of statements) checkArguments(text, args)
    const sql = statements.map(([text]) => text).join('; ')
    const values = statements.flatMap(([, args = []]) => args)
    const result = await this.#send(sql, () => connection.query({ sql, values, timeout: timeoutMs }))
    // The driver returns no list for a single statement.
    return statements.length > 1 ? (result as Answer[]) : [result as Answer]
  }

  async #send(sql: string, send: () => Promise<[unknown, unknown]>): Promise<unknown> {
    const started = performance.now()
    try {
      const [result] = await this.#server.race(send)
      const rows = Array.isArray(result) ? result.length : (result as ResultSetHeader).affectedRows
      this.#observe?.({ sql, milliseconds: performance.now() - started, rows })
      return result
    } catch (error) {
      throw translateError(error)
    }
  }
}

/** The methods of `Queries`, implemented by one method that runs a statement. */
export abstract class MysqlQueries implements Queries {
  readonly dialect = dialect

  protected abstract run(sql: string, args: readonly Argument[]): Promise<Answer>

  async select<Row>(sql: string, args: readonly Argument[] = [], size?: number): Promise<Row[]> {
    const rows = size === undefined ? this.run(sql, args) : this.run(`${sql} LIMIT ?`, [...args, size])
    return (await rows) as Row[]
  }

  async fetchone<Row>(sql: string, args: readonly Argument[] = []): Promise<Row | undefined> {
    const rows = (await this.run(sql, args)) as Row[]
    return rows[0]
  }

  async execute(sql: string, args: readonly Argument[] = []): Promise<Result> {
    const { affectedRows, insertId } = (await this.run(sql, args)) as ResultSetHeader
    return { affectedRows, insertId }
  }
}

/** Queries on one connection. */
export class ConnectionQueries extends MysqlQueries {
  readonly #connection: PoolConnection
  readonly #runner: StatementRunner

  constructor(connection: PoolConnection, runner: StatementRunner) {
    super()
    this.#connection = connection
    this.#runner = runner
  }

  protected run(sql: string, args: readonly Argument[]) {
    return this.#runner.run(this.#connection, sql, args)
  }
}
