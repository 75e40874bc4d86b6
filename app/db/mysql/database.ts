/** The Database over a mysql2 pool: MySQL 9.7, MariaDB 10.11 and what speaks their protocol. */
import { setTimeout as delay } from 'node:timers/promises'
import mysql, { type PoolConnection, type PoolOptions, type RowDataPacket } from 'mysql2/promise'
import type { Database, Observe, Queries, Statement, Step, Transaction } from '../database.ts'
import { CommitUnknown, DatabaseBusy, DuplicateKey, RowCountMismatch } from '../errors.ts'
import { watchServer } from './liveness.ts'
import {
  acquireFrom,
  checked,
  createQueries,
  createRunner,
  isUnusable,
  lending,
  type MysqlConfig,
  poolOptions,
  serverLimit,
  sessionSettings,
  translate
} from './statements.ts'
import { openReplicas, type Report } from './read-replicas.ts'

/** How long closing waits for connections to say goodbye; a frozen server never answers that. */
const goodbye = 1_000

function openPool(options: PoolOptions, timeout: number, onSetupError: (error: Error) => void) {
  const pool = mysql.createPool(options)
  pool.pool.on('connection', connection => {
    const done = (error: Error | null) => error && onSetupError(error) // without a callback an error here ends the process
    for (const sql of sessionSettings(timeout)) connection.query(sql, done)
  })
  return pool
}

export interface Listeners {
  /** Hears of each statement. */
  observe?: Observe
  /** Hears of a connection that refused its session settings. */
  onSetupError?: (error: Error) => void
  /** Hears of a replica that is left out or taken back. */
  onReplica?: Report
}

/** Opens a pool. Connections are made when they are first needed. */
export function openMysql(config: MysqlConfig, listeners: Listeners = {}): Database {
  const { observe, onSetupError = () => {}, onReplica } = listeners
  const { queryTimeout } = config
  const options = poolOptions(config, config)
  const pool = openPool(options, queryTimeout, onSetupError)
  // Only transactions take several statements in a message: what reads cannot be made to do more than it says.
  const writers = openPool({ ...options, multipleStatements: true }, queryTimeout, onSetupError)
  const server = watchServer(options)
  const { run, runTogether } = createRunner(server, queryTimeout, observe)
  const acquire = () => acquireFrom(pool, queryTimeout, server)
  const queries = createQueries(lending(acquire, queryTimeout), run)
  const replicas = openReplicas(config, queries, observe, onReplica)

  const on = (connection: PoolConnection, timeout: number): Queries =>
    createQueries(use => use(connection), createRunner(server, timeout, observe).run)

  /** Lends a connection on which `work` opens a transaction and ends it. `left`: the milliseconds that remain of `timeoutMs`. */
  async function lend<T>(
    timeoutMs: number,
    work: (connection: PoolConnection, left: () => number) => Promise<T>
  ): Promise<T> {
    const end = performance.now() + timeoutMs
    const left = () => Math.min(queryTimeout, Math.max(1, Math.round(end - performance.now())))
    const connection = await acquireFrom(writers, left(), server)
    try {
      const result = await work(connection, left)
      connection.release()
      return result
    } catch (error) {
      // A connection whose state is in doubt is not handed on; closing it rolls back what was open.
      if (error instanceof CommitUnknown || isUnusable(error)) connection.destroy()
      else
        await run(connection, 'ROLLBACK').then(
          () => connection.release(),
          () => connection.destroy()
        )
      throw error
    }
  }

  /** Runs statements of which the last is COMMIT. */
  const commit = (connection: PoolConnection, statements: readonly Statement[], left?: number) =>
    runTogether(connection, [...statements, ['COMMIT']], left).catch((error: Error) => {
      throw isUnusable(error) ? new CommitUnknown(error.message, { cause: error }) : error
    })

  const transaction = <T>(work: (tx: Transaction) => Promise<T>, timeoutMs = Infinity): Promise<T> =>
    lend(timeoutMs, async (connection, left) => {
      const first: Statement[] = [['START TRANSACTION']]
      const last: Statement[] = []
      const together = async (...statements: Statement[]) => {
        const opening = first.splice(0)
        return (await runTogether(connection, [...opening, ...statements], left())).slice(opening.length)
      }
      const tx: Transaction = {
        ...createQueries(
          use => use(connection),
          async (_connection, sql, args) => (await together([sql, args]))[0]!
        ),
        pipeline: statements => together(...statements),
        beforeCommit: (...statement) => void last.push(statement)
      }
      const result = await work(tx)
      await commit(connection, [...first, ...last])
      return result
    })

  async function commitAll(steps: readonly Step[], timeoutMs = Infinity): Promise<string | null> {
    const opening: Statement[] = [
      ['START TRANSACTION'],
      ['SET @began = SYSDATE()'],
      ['SELECT @began AS began']
    ]
    const statements = [...opening, ...steps.flatMap(checked)]
    try {
      const answers = await lend(timeoutMs, (connection, left) => commit(connection, statements, left()))
      const [row] = answers[opening.length - 1] as RowDataPacket[]
      return row!.began as string
    } catch (error) {
      if (error instanceof RowCountMismatch || error instanceof DuplicateKey) return null
      throw error
    }
  }

  const database: Database = {
    ...queries,
    get replica() {
      return replicas?.queries ?? database
    },
    dialect: {
      insertIgnore: 'INSERT IGNORE',
      forUpdate: 'FOR UPDATE',
      rows: '',
      now: 'SYSDATE()',
      began: '@began'
    },
    transaction,
    commitAll,
    async withAdvisoryLock(name, work, timeoutMs = queryTimeout) {
      const connection = await acquire()
      let usable = false
      try {
        await run(connection, serverLimit(timeoutMs + 1_000))
        const wait = Math.max(1, Math.floor(timeoutMs / 1000))
        const lock = {
          sql: 'SELECT GET_LOCK(?, ?) AS held',
          values: [name, wait],
          timeout: timeoutMs + 1_000
        }
        const asked = server.during(() => connection.query<RowDataPacket[]>(lock))
        const [rows] = await asked.catch((error: unknown) => {
          throw translate(error)
        })
        if (Number(rows[0]?.held) !== 1) throw new DatabaseBusy(`the lock ${name} is held elsewhere`)
        const result = await work(on(connection, timeoutMs))
        await run(connection, 'DO RELEASE_LOCK(?)', [name])
        await run(connection, serverLimit(queryTimeout))
        usable = true
        return result
      } finally {
        // The lock and the limit end with their connection.
        if (usable) connection.release()
        else connection.destroy()
      }
    },
    async close() {
      server.close()
      await Promise.race([Promise.allSettled([pool.end(), writers.end(), replicas?.close()]), delay(goodbye)])
    }
  }
  return database
}
