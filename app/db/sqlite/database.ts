/** The Database over node:sqlite: one file, one connection. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type {
  Argument,
  Database,
  Observe,
  Queries,
  Result,
  Statement,
  Step,
  Transaction
} from '../database.ts'
import { DuplicateKey, RowCountMismatch } from '../errors.ts'
import { SqliteConnection } from './connection.ts'
import { dialect } from './dialect.ts'

/** The open transaction of the connection. */
class SqliteTransaction implements Transaction {
  readonly dialect = dialect
  readonly #connection: SqliteConnection
  readonly #beforeCommit: Statement[] = []

  constructor(connection: SqliteConnection) {
    this.#connection = connection
  }

  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]> {
    return this.#connection.select<Row>(sql, args, size)
  }

  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined> {
    return this.#connection.fetchone<Row>(sql, args)
  }

  execute(sql: string, args?: readonly Argument[]): Promise<Result> {
    return this.#connection.execute(sql, args)
  }

  pipeline(statements: readonly Statement[]): Promise<Array<unknown[] | Result>> {
    const run = ([sql, args]: Statement) =>
      sql.startsWith('SELECT') ? this.#connection.select(sql, args) : this.#connection.execute(sql, args)
    return Promise.all(statements.map(run))
  }

  beforeCommit(...statement: Statement) {
    this.#beforeCommit.push(statement)
  }

  /** Runs the statements that were queued for the end. */
  async finish() {
    for (const statement of this.#beforeCommit) await this.#connection.execute(...statement)
  }
}

/**
 * Creates a database file for its owner alone: it contains password hashes. SQLite gives the files
 * beside it the same mode. Returns whether it is new.
 */
function createPrivate(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600))
    return true
  } catch {
    return false // It is there already; if not, SQLite says why it cannot open it.
  }
}

/** Opens the file, and creates it and its folder if they are missing. */
export class SqliteDatabase implements Database {
  readonly dialect = dialect
  readonly replica = this
  readonly #connection: SqliteConnection
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(file: string, observe?: Observe) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const isNew = createPrivate(file)
    this.#connection = new SqliteConnection(file, observe)
    if (isNew) this.#connection.markOverwritten()
  }

  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]> {
    return this.#outsideTransaction(() => this.#connection.select<Row>(sql, args, size))
  }

  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined> {
    return this.#outsideTransaction(() => this.#connection.fetchone<Row>(sql, args))
  }

  execute(sql: string, args?: readonly Argument[]): Promise<Result> {
    return this.#outsideTransaction(() => this.#connection.execute(sql, args))
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#enqueue(async () => {
      try {
        this.#connection.begin()
        const tx = new SqliteTransaction(this.#connection)
        const result = await work(tx)
        await tx.finish()
        this.#connection.commit()
        return result
      } catch (error) {
        this.#connection.rollBack()
        throw this.#connection.translate(error)
      }
    })
  }

  async commitAll(steps: readonly Step[]): Promise<string | null> {
    try {
      return await this.transaction(() => this.#runSteps(steps))
    } catch (error) {
      if (error instanceof RowCountMismatch || error instanceof DuplicateKey) return null
      throw error
    }
  }

  withAdvisoryLock<T>(_name: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.transaction(work)
  }

  scrub(): Promise<void> {
    return this.#enqueue(async () => this.#connection.truncateLog())
  }

  close(): Promise<void> {
    return this.#enqueue(async () => this.#connection.close())
  }

  async #runSteps(steps: readonly Step[]): Promise<string> {
    const row = await this.#connection.fetchone<{ began: string }>('SELECT CURRENT_TIMESTAMP AS began')
    const { began } = row!
    for (const [sql, args, expectedRows = null] of steps) {
      const { affectedRows } = await this.#connection.execute(sql, args, { began })
      if (expectedRows !== null && affectedRows !== expectedRows)
        throw new RowCountMismatch(`${affectedRows} rows instead of ${expectedRows}`)
    }
    return began
  }

  /**
   * Runs the work after all earlier work. The connection has one transaction at a time: a statement
   * of another request inside it would be rolled back with it, although that request was answered.
   */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++
    const done = this.#last.then(work).finally(() => this.#waiting--)
    this.#last = done.catch(() => {})
    return done
  }

  /** Runs a statement at once where no transaction is open or waiting. */
  #outsideTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.#waiting > 0 ? this.#enqueue(work) : work()
  }
}
