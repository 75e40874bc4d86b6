/** One mysql2 connection: its settings, statements with a time limit, and the driver's errors under our names. */
import type mysql from 'mysql2/promise'
import type { Connection, PoolConnection, PoolOptions, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import type { Config } from '../../config/load.ts'
import { checkArguments } from '../bind.ts'
import type { Argument, Observe, Queries, Statement, Step } from '../database.ts'
import {
  ConnectionLost,
  DatabaseBusy,
  DatabaseError,
  DatabaseFull,
  DatabaseRefused,
  Deadlock,
  DuplicateKey,
  RowCountMismatch
} from '../errors.ts'
import type { Server } from './liveness.ts'

export type MysqlConfig = Extract<Config['database'], { engine: 'mysql' }>
export type Address = Pick<MysqlConfig, 'host' | 'port' | 'socketPath'>

const deadlocks = new Set([1213, 1205, 1020])
/** Too many connections, of all or of this user; a statement that took longer than `serverLimit`: MariaDB's and MySQL's. */
const busy = new Set([1040, 1203, 1969, 3024])
/** What `checked` provokes. */
const outOfRange = 1690
/** No room on its disk, in a table's file or for a temporary one. */
const full = new Set([1021, 1026, 1114])
/** The server shuts down or killed the connection or its statement; read-only because a failover is under way. */
const lost = new Set([1053, 1317, 1927, 3169, 1290, 1836])
/** Wrong password, no such database, not from this host: waiting does not cure these. */
const refused = new Set([1044, 1045, 1049, 1130, 1698])

/** The driver's error under a name of ours; what is not the driver's stays. */
export function translate(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof DatabaseError || cause instanceof TypeError) return cause
  const { code = '', errno = 0, fatal, message }: Error & Partial<mysql.QueryError> = cause
  if (errno === 1062) return new DuplicateKey(/key '(?:\w+\.)?(\w+)'/.exec(message)?.[1] ?? '', cause)
  if (errno === outOfRange) return new RowCountMismatch(code, { cause })
  if (deadlocks.has(errno)) return new Deadlock(code, { cause })
  if (refused.has(errno)) return new DatabaseRefused(code, { cause })
  if (full.has(errno) || /No space left on device/.test(message)) return new DatabaseFull(code, { cause })
  if (busy.has(errno) || code === 'PROTOCOL_SEQUENCE_TIMEOUT' || message === 'Queue limit reached.')
    return new DatabaseBusy(code || message, { cause })
  if (fatal || lost.has(errno) || code.startsWith('POOL_') || /closed state|Pool is closed/.test(message)) {
    return new ConnectionLost(code || message, { cause })
  }
  return new DatabaseError(code || message, { cause })
}

/** Whether a connection that ended a statement so may still be waiting for the answer: it is not handed on. */
export const isUnusable = (error: unknown) => error instanceof ConnectionLost || error instanceof DatabaseBusy

/** The driver's options for this server, with the configured user and limits. */
export function poolOptions(config: MysqlConfig, { host, port, socketPath }: Address): PoolOptions {
  const { user, password, database, connectionLimit, queueLimit, connectTimeout } = config
  return {
    ...(socketPath ? { socketPath } : { host, port }),
    user,
    password: password ?? '',
    database,
    connectionLimit,
    maxIdle: connectionLimit,
    queueLimit,
    connectTimeout,
    keepAliveInitialDelay: 10_000,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    stringifyObjects: true,
    trace: false, // a stack for each statement costs more than sending it; our own errors have one
    flags: ['-LOCAL_FILES']
  }
}

/** Milliseconds that the server works on after its client has given up: nothing that the client waits for is cut. */
const grace = 500

/**
 * How long the server works on a statement of this session. MariaDB counts seconds, of every statement; MySQL milliseconds,
 * of those that read. To each of them the other's setting is a comment.
 */
export const serverLimit = (timeout: number) => {
  const most = timeout + grace
  return `SET SESSION /*M! max_statement_time = ${most / 1000} */ /*!80000 max_execution_time = ${most} */`
}

/** The largest BIGINT: one more is an error, which ends the message there. */
const largest = '18446744073709551615'

/** A step as statements, of which the last fails if the step changed another number of rows than expected. */
export function checked([sql, args, expected]: Step): Statement[] {
  if (expected === undefined) return [[sql, args]]
  return [
    [sql, args],
    [`SET @more = ${largest} + (ROW_COUNT() <> ?)`, [expected]]
  ]
}

/** What every session is set to, for statements of `timeout` milliseconds. A lock is waited for in whole seconds: one, the least there is. */
export const sessionSettings = (timeout: number) => [
  "SET SESSION sql_mode = 'TRADITIONAL,ONLY_FULL_GROUP_BY', time_zone = '+00:00', innodb_lock_wait_timeout = 1",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  serverLimit(timeout)
]

/** A connection from the pool within so many milliseconds; one that comes later goes back. Throws our errors. */
export async function acquireFrom(
  pool: { getConnection(): Promise<PoolConnection> },
  milliseconds: number,
  server: Pick<Server, 'during'>
): Promise<PoolConnection> {
  let asked: Promise<PoolConnection> | undefined
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseBusy('no free connection')), milliseconds)
  })
  try {
    // An idle connection is no sign that the server lives.
    return await server.during(() => Promise.race([(asked = pool.getConnection()), late]), false)
  } catch (error) {
    asked?.then(
      connection => connection.release(),
      () => {}
    )
    throw translate(error)
  } finally {
    clearTimeout(timer)
  }
}

type Answer = RowDataPacket[] | ResultSetHeader

/** Runs statements of at most `timeout` milliseconds on a server; throws our errors. */
export function createRunner(server: Pick<Server, 'during'>, timeout: number, observe?: Observe) {
  async function timed(sql: string, ask: () => Promise<unknown>): Promise<Answer> {
    const started = performance.now()
    try {
      const [result] = (await server.during(ask)) as [Answer]
      const rows = Array.isArray(result) ? result.length : result.affectedRows
      observe?.({ sql, milliseconds: performance.now() - started, rows })
      return result
    } catch (error) {
      throw translate(error)
    }
  }

  return {
    /** `left`: the milliseconds that remain, where some were spent on waiting for the connection. */
    run: (
      connection: Connection,
      text: string,
      args: readonly Argument[] = [],
      left = timeout
    ): Promise<Answer> => {
      // A prepared statement for each fixed shape; lists differ in length, and the server keeps few statements.
      const isPrepared = !checkArguments(text, args) && args.length > 0
      const options = { sql: text, values: args as mysql.ExecuteValues[], timeout: left }
      return timed(text, () => (isPrepared ? connection.execute(options) : connection.query(options)))
    },

    /** Several statements in one message, on a connection that takes them; the answer to each. `left`: as for `run`. */
    runTogether: async (
      connection: Connection,
      statements: readonly Statement[],
      left = timeout
    ): Promise<Answer[]> => {
      for (const [text, args = []] of statements) checkArguments(text, args)
      const sql = statements.map(([text]) => text).join('; ')
      const values = statements.flatMap(([, args = []]) => args)
      const answers = await timed(sql, () => connection.query({ sql, values, timeout: left }))
      return statements.length > 1 ? (answers as unknown as Answer[]) : [answers]
    }
  }
}

export type Runner = ReturnType<typeof createRunner>

/** Lends a connection to some work and takes it back; says how many milliseconds the work may take, if it waited. */
export type Using = <T>(work: (connection: PoolConnection, left?: number) => Promise<T>) => Promise<T>

/** The three verbs over connections that `using` lends. */
export function createQueries(using: Using, run: Runner['run']): Queries {
  const rows = (sql: string, args: readonly Argument[]) =>
    using((connection, left) => run(connection, sql, args, left)) as Promise<RowDataPacket[]>
  return {
    async select<Row>(sql: string, args: readonly Argument[] = [], size?: number) {
      const all = size === undefined ? rows(sql, args) : rows(`${sql} LIMIT ?`, [...args, size])
      return (await all) as Row[]
    },
    async fetchone<Row>(sql: string, args: readonly Argument[] = []) {
      return (await rows(sql, args))[0] as Row | undefined
    },
    async execute(sql, args = []) {
      const result = (await using((connection, left) => run(connection, sql, args, left))) as ResultSetHeader
      return { affectedRows: result.affectedRows, insertId: result.insertId }
    }
  }
}

/**
 * Lends connections that `acquire` gives; one whose state is in doubt is closed and not lent again. `timeout`: the
 * milliseconds for waiting and working together.
 */
export const lending =
  (acquire: () => Promise<PoolConnection>, timeout: number): Using =>
  async work => {
    const started = performance.now()
    const connection = await acquire()
    try {
      const result = await work(connection, Math.max(1, Math.round(started + timeout - performance.now())))
      connection.release()
      return result
    } catch (error) {
      if (isUnusable(error)) connection.destroy()
      else connection.release()
      throw error
    }
  }
