/**
 * The Database over mysql2 pools: MySQL 9.7, MariaDB 10.11 and servers that speak their protocol.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise'
import type { Database, Observe, Queries, Reads, Statement, Step, Transaction } from '../database.ts'
import { CommitUnknown, DatabaseBusy, DuplicateKey, RowCountMismatch } from '../errors.ts'
import { leavesAnswerPending } from './errors.ts'
import { LivenessMonitor } from './liveness.ts'
import { lockNameOf } from './lock-name.ts'
import { acquireConnection, openPool, PoolQueries } from './pool.ts'
import { ReadReplicas, type ReplicaListeners } from './read-replicas.ts'
import { type MysqlConfig, poolOptions, serverTimeLimit, sessionSettings } from './settings.ts'
import { assertRowCount, ConnectionQueries, StatementRunner } from './statements.ts'
import { BEGIN, COMMIT_WHOLE, MysqlTransaction, WITHOUT_AUTOCOMMIT } from './transaction.ts'

/** How long `close` waits for the server to end its connections; a frozen server never does. */
const CLOSE_TIMEOUT_MS = 1_000
/** How much longer than the wait for an advisory lock its statement may take. */
const LOCK_GRACE_MS = 1_000

export interface Listeners extends ReplicaListeners {
  /**
   * Called when another of `database.hosts` becomes the writer. `reason`: the fault of the former
   * writer, or null.
   */
  onWriter?: (server: string, reason: string | null) => void
}

/** Opens pools to the configured server. Connections are made when they are first needed. */
export class MysqlDatabase extends PoolQueries implements Database {
  readonly replica: Reads
  readonly #observe: Observe | undefined
  readonly #server: LivenessMonitor
  readonly #name: string
  readonly #readers: Pool
  readonly #writers: Pool
  readonly #replicas: ReadReplicas | null

  constructor(config: MysqlConfig, listeners: Listeners = {}) {
    const { observe, onSetupError } = listeners
    const { queryTimeout } = config
    const options = poolOptions(config, config)
    const settings = sessionSettings(queryTimeout)
    const readers = openPool(options, settings, onSetupError)
    const server = new LivenessMonitor(options)
    super(readers, server, queryTimeout, observe)
    this.#observe = observe
    this.#server = server
    this.#name = config.database
    this.#readers = readers
    // Only transactions may send several statements in a message: elsewhere, injected SQL cannot
    // add a statement.
    this.#writers = openPool(
      { ...options, multipleStatements: true },
      [...settings, WITHOUT_AUTOCOMMIT],
      onSetupError
    )
    this.#replicas = config.replicas.length > 0 ? new ReadReplicas(config, this, listeners) : null
    this.replica = this.#replicas ?? this
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs = Infinity): Promise<T> {
    return this.#withWriter(timeoutMs, async (connection, leftMs) => {
      const tx = new MysqlTransaction(statements => this.runner.runAll(connection, statements, leftMs()))
      const result = await work(tx)
      await this.#commit(connection, tx.closingStatements())
      return result
    })
  }

  async commitAll(steps: readonly Step[], timeoutMs = Infinity): Promise<string | null> {
    const selectBegan: Statement = ['SELECT @began AS began']
    const opening: Statement[] = [...BEGIN, ['SET @began = SYSDATE()'], selectBegan]
    const statements = [...opening, ...steps.flatMap(assertRowCount)]
    try {
      const answers = await this.#withWriter(timeoutMs, (connection, leftMs) =>
        this.#commit(connection, statements, leftMs())
      )
      const [row] = answers[opening.indexOf(selectBegan)] as RowDataPacket[]
      return row!.began as string
    } catch (error) {
      if (error instanceof RowCountMismatch || error instanceof DuplicateKey) return null
      throw error
    }
  }

  async withAdvisoryLock<T>(
    name: string,
    work: (queries: Queries) => Promise<T>,
    timeoutMs = this.timeoutMs
  ): Promise<T> {
    const connection = await acquireConnection(this.#readers, this.timeoutMs, this.#server)
    const runner = new StatementRunner(this.#server, timeoutMs, this.#observe)
    const queries = new ConnectionQueries(connection, runner)
    const lock = lockNameOf(name, this.#name)
    let isReusable = false
    try {
      await queries.execute(serverTimeLimit(timeoutMs + LOCK_GRACE_MS))
      await this.#lock(connection, lock, timeoutMs)
      const result = await work(queries)
      await queries.execute('DO RELEASE_LOCK(?)', [lock])
      await queries.execute(serverTimeLimit(this.timeoutMs))
      isReusable = true
      return result
    } finally {
      // Closing the connection ends the lock and the time limit.
      if (isReusable) connection.release()
      else connection.destroy()
    }
  }

  async scrub() {}

  async close() {
    this.#server.close()
    const closing = [this.#readers.end(), this.#writers.end(), this.#replicas?.close() ?? Promise.resolve()]
    await Promise.race([Promise.allSettled(closing), delay(CLOSE_TIMEOUT_MS)])
  }

  /** Borrows a connection on which `work` opens and ends a transaction. */
  async #withWriter<T>(
    timeoutMs: number,
    work: (connection: PoolConnection, leftMs: () => number) => Promise<T>
  ): Promise<T> {
    const deadline = performance.now() + timeoutMs
    const leftMs = () => Math.min(this.timeoutMs, Math.max(1, Math.round(deadline - performance.now())))
    const connection = await acquireConnection(this.#writers, leftMs(), this.#server)
    try {
      const result = await work(connection, leftMs)
      connection.release()
      return result
    } catch (error) {
      if (error instanceof CommitUnknown || leavesAnswerPending(error))
        connection.destroy() // rolls back
      else await this.#rollBack(connection)
      throw error
    }
  }

  #rollBack(connection: PoolConnection): Promise<void> {
    return this.runner.run(connection, 'ROLLBACK').then(
      () => connection.release(),
      () => connection.destroy()
    )
  }

  /**
   * Runs the statements and COMMIT in one message. Commits nothing if the server has ended the
   * transaction meanwhile.
   */
  async #commit(connection: PoolConnection, statements: readonly Statement[], timeoutMs?: number) {
    try {
      return await this.runner.runAll(connection, [...statements, ...COMMIT_WHOLE], timeoutMs)
    } catch (error) {
      if (leavesAnswerPending(error)) throw new CommitUnknown(error.message, { cause: error })
      throw error
    }
  }

  async #lock(connection: PoolConnection, name: string, timeoutMs: number) {
    const seconds = Math.max(1, Math.floor(timeoutMs / 1000))
    const sql = 'SELECT GET_LOCK(?, ?) AS held'
    const answer = await this.runner.run(connection, sql, [name, seconds], timeoutMs + LOCK_GRACE_MS)
    const [row] = answer as RowDataPacket[]
    if (Number(row?.held) !== 1) throw new DatabaseBusy(`the lock ${name} is held by another session`)
  }
}
