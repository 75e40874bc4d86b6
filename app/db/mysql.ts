/** The Database over a mysql2 pool: MySQL 9.7, MariaDB 10.11 and what speaks their protocol. */
import mysql, { type PoolConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise'
import type { Config } from '../config.ts'
import {
  CommitUnknown,
  ConnectionLost,
  type Database,
  DatabaseBusy,
  DatabaseError,
  Deadlock,
  DuplicateKey,
  expand,
  type Argument,
  type Observe,
  type Queries
} from './database.ts'

export type MysqlConfig = Extract<Config['database'], { engine: 'mysql' }>

const deadlocks = new Set([1213, 1205, 1020])
const busy = new Set(['PROTOCOL_SEQUENCE_TIMEOUT', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS'])
/** The server shuts down or killed the connection or its statement; read-only because a failover is under way. */
const lost = new Set([1053, 1317, 1927, 3169, 1290, 1836])

function translate(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof DatabaseError || cause instanceof TypeError) return cause
  const { code = '', errno = 0, fatal, message }: Error & Partial<mysql.QueryError> = cause
  if (errno === 1062) return new DuplicateKey(/key '(?:\w+\.)?(\w+)'/.exec(message)?.[1] ?? '', cause)
  if (deadlocks.has(errno)) return new Deadlock(code, { cause })
  if (busy.has(code) || message === 'Queue limit reached.')
    return new DatabaseBusy(code || message, { cause })
  if (fatal || lost.has(errno) || /closed state|Pool is closed/.test(message)) {
    return new ConnectionLost(code || message, { cause })
  }
  return new DatabaseError(code || message, { cause })
}

function openPool(config: MysqlConfig, onSetupError: (error: Error) => void) {
  const { host, port, socketPath, user, password, database } = config
  const pool = mysql.createPool({
    ...(socketPath ? { socketPath } : { host, port }),
    user,
    password: password ?? '',
    database,
    connectionLimit: config.connectionLimit,
    maxIdle: config.connectionLimit,
    queueLimit: config.queueLimit,
    connectTimeout: config.connectTimeout,
    keepAliveInitialDelay: 10_000,
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    stringifyObjects: true,
    trace: false, // a stack for each statement costs more than sending it; our own errors have one
    flags: ['-LOCAL_FILES']
  })
  pool.pool.on('connection', connection => {
    const done = (error: Error | null) => error && onSetupError(error) // without a callback an error here ends the process
    connection.query("SET SESSION sql_mode = 'TRADITIONAL,ONLY_FULL_GROUP_BY', time_zone = '+00:00'", done)
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', done)
  })
  return pool
}

/**
 * Opens a pool. Connections are made when they are first needed.
 * `onSetupError` hears of a connection that refused its session settings.
 */
export function openMysql(
  config: MysqlConfig,
  observe?: Observe,
  onSetupError: (error: Error) => void = () => {}
): Database {
  const pool = openPool(config, onSetupError)

  /** mysql2 waits for a free connection without end; this waits as long as for a statement. */
  async function acquire(): Promise<PoolConnection> {
    const connection = pool.getConnection()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => {
        connection.then(free => free.release()).catch(() => {})
        reject(new DatabaseBusy('no free connection'))
      }
      timer = setTimeout(giveUp, Math.max(config.queryTimeout, config.connectTimeout))
    })
    try {
      return await Promise.race([connection, late])
    } catch (error) {
      throw translate(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async function run(connection: PoolConnection, text: string, args: readonly Argument[]) {
    const { sql, values, fixed } = expand(text, args)
    const started = performance.now()
    const options = { sql, values: values as mysql.ExecuteValues[], timeout: config.queryTimeout }
    try {
      // A prepared statement for each fixed shape; lists differ in length, and the server keeps few statements.
      const [result] = await (fixed && values.length > 0
        ? connection.execute(options)
        : connection.query(options))
      const rows = Array.isArray(result) ? result.length : (result as ResultSetHeader).affectedRows
      observe?.({ sql: text, milliseconds: performance.now() - started, rows })
      return result
    } catch (error) {
      throw translate(error)
    }
  }

  const queries = (using: <T>(work: (connection: PoolConnection) => Promise<T>) => Promise<T>): Queries => ({
    async select<Row>(sql: string, args: readonly Argument[] = [], size?: number) {
      const limited = size === undefined ? sql : `${sql} LIMIT ?`
      const all = size === undefined ? args : [...args, size]
      return (await using(connection => run(connection, limited, all))) as RowDataPacket[] as Row[]
    },
    async fetchone<Row>(sql: string, args: readonly Argument[] = []) {
      return ((await using(connection => run(connection, sql, args))) as RowDataPacket[])[0] as
        | Row
        | undefined
    },
    async execute(sql, args = []) {
      const { affectedRows, insertId } = (await using(connection =>
        run(connection, sql, args)
      )) as ResultSetHeader
      return { affectedRows, insertId }
    }
  })

  async function withConnection<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    const connection = await acquire()
    try {
      return await work(connection)
    } finally {
      connection.release()
    }
  }

  async function transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T> {
    const connection = await acquire()
    try {
      await run(connection, 'START TRANSACTION', [])
      const result = await work(queries(use => use(connection)))
      await run(connection, 'COMMIT', []).catch((error: Error) => {
        throw new CommitUnknown(error.message, { cause: error })
      })
      connection.release()
      return result
    } catch (error) {
      // A connection whose state is in doubt is not handed on; closing it rolls back what was open.
      if (error instanceof CommitUnknown) connection.destroy()
      else
        await run(connection, 'ROLLBACK', []).then(
          () => connection.release(),
          () => connection.destroy()
        )
      throw error
    }
  }

  return {
    ...queries(withConnection),
    dialect: { insertIgnore: 'INSERT IGNORE', forUpdate: 'FOR UPDATE', rows: '', now: 'SYSDATE()' },
    transaction,
    async exclusive(name, work) {
      const connection = await acquire()
      try {
        const options = { sql: 'SELECT GET_LOCK(?, 60) AS held', values: [name], timeout: 65_000 }
        const [rows] = await connection.query<RowDataPacket[]>(options).catch((error: unknown) => {
          throw translate(error)
        })
        if (Number(rows[0]?.held) !== 1) throw new DatabaseBusy(`the lock ${name} is held elsewhere`)
        return await work(queries(use => use(connection)))
      } finally {
        await connection.query('DO RELEASE_LOCK(?)', [name]).then(
          () => connection.release(),
          () => connection.destroy()
        )
      }
    },
    close: () => pool.end()
  }
}
