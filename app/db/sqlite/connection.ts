/**
 * One node:sqlite connection: arguments, lists, prepared statements, and the driver's errors under
 * our names.
 */
import { userInfo } from 'node:os'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { createLRU } from 'lru.min'
import { checkArguments } from '../bind.ts'
import type { Argument, Observe, Queries, Result, Value } from '../database.ts'
import { DatabaseBusy, DatabaseError, DatabaseFull, DuplicateKey } from '../errors.ts'
import { dialect } from './dialect.ts'
import { OVERWRITTEN } from './vacuum.ts'

const busy = 5
const readOnly = 8
/**
 * SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: on a full disk a file cannot be opened, because its shared
 * memory has no space.
 */
const full = new Set([13, 4874])
/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY. */
const uniqueViolations = new Set([2067, 1555])
/** How long a statement waits for another process that writes to the file. */
const BUSY_TIMEOUT_MS = 5_000
const MAX_STATEMENTS = 200

/** The name of the user of this process, or the id of one without an account in the system. */
function userName() {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.())
  }
}

/**
 * Returns our error for one of the driver's; any other value is returned as it is. `file`: the
 * database.
 */
export function translateError(cause: unknown, file: string): unknown {
  if (!(cause instanceof Error) || (cause as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') return cause
  const { errcode, message } = cause as Error & { errcode: number }
  if (uniqueViolations.has(errcode))
    return new DuplicateKey(/failed: \w+\.(\w+)/.exec(message)?.[1] ?? '', cause)
  if ((errcode & 0xff) === readOnly) {
    const needed = `${file}: the user ${userName()} must be able to write it and its folder`
    return new DatabaseError(`${needed}: ${message}`, { cause })
  }
  if ((errcode & 0xff) === busy) return new DatabaseBusy(message, { cause })
  if (full.has(errcode)) return new DatabaseFull('database or disk is full', { cause })
  return new DatabaseError(message, { cause })
}

/** node:sqlite binds a number as REAL, which a TEXT column would show as '5.0'. */
function toDriverValue(value: Value): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1n : 0n
  return Number.isSafeInteger(value) ? BigInt(value as number) : value
}

/**
 * Returns the SQL with a question mark for each value of a list, and the values in order. Throws
 * TypeError.
 */
function expandLists(sql: string, args: readonly Argument[]) {
  if (!checkArguments(sql, args)) return { text: sql, values: args as readonly Value[] }
  let next = 0
  const marks = (list: readonly unknown[]): string =>
    list.map(item => (Array.isArray(item) ? `(${marks(item)})` : '?')).join(', ')
  const text = sql.replace(/\?/g, () => marks([args[next++]].flat() as unknown[]))
  return { text, values: args.flat<readonly Argument[], 2>(2) }
}

/** Named parameters, `:name` in SQL, beside the question marks. */
export type Named = Record<string, string>

/** Runs each statement at once, inside an open transaction too. */
export class SqliteConnection implements Queries {
  readonly dialect = dialect
  readonly #file: string
  readonly #database: DatabaseSync
  readonly #observe: Observe | undefined
  readonly #statements = createLRU<string, StatementSync>({ max: MAX_STATEMENTS })

  /**
   * Opens the file and creates it if it is missing. COMMIT flushes to disk. Throws DatabaseError,
   * which names the file.
   */
  constructor(file: string, observe?: Observe) {
    this.#file = file
    this.#observe = observe
    try {
      this.#database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
      this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
      // FAST would leave what is on pages that become free.
      this.#database.exec('PRAGMA secure_delete = ON')
    } catch (cause) {
      const error = this.translate(cause)
      if (error instanceof DatabaseError && !error.message.startsWith(file))
        error.message = `${file}: ${error.message}`
      throw error
    }
  }

  async select<Row>(sql: string, args: readonly Argument[] = [], size?: number): Promise<Row[]> {
    return size === undefined ? this.#all<Row>(sql, args) : this.#all<Row>(`${sql} LIMIT ?`, [...args, size])
  }

  async fetchone<Row>(sql: string, args: readonly Argument[] = []): Promise<Row | undefined> {
    return this.#all<Row>(sql, args)[0]
  }

  async execute(sql: string, args: readonly Argument[] = [], named: Named = {}): Promise<Result> {
    return this.#run(sql, args, (statement, values) => {
      const { changes, lastInsertRowid } = statement.run(named, ...values)
      const result = { affectedRows: Number(changes), insertId: Number(lastInsertRowid) }
      return { result, rows: result.affectedRows }
    })
  }

  /** Returns our error for one of the driver's, as `translateError`. */
  translate(cause: unknown): unknown {
    return translateError(cause, this.#file)
  }

  begin() {
    this.#database.exec('BEGIN IMMEDIATE')
  }

  commit() {
    this.#database.exec('COMMIT')
  }

  /** Rolls back, unless an error has already ended the transaction. */
  rollBack() {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
  }

  /**
   * Writes the log of changes into the file and empties it, unless another process is reading: it
   * is not waited for.
   */
  truncateLog() {
    this.#database.exec('PRAGMA busy_timeout = 0')
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    }
  }

  /** Notes in a new file that nothing in it is to be overwritten. */
  markOverwritten() {
    this.#database.exec(`PRAGMA user_version = ${OVERWRITTEN}`)
  }

  close() {
    this.#database.close()
  }

  #all<Row>(sql: string, args: readonly Argument[]): Row[] {
    return this.#run(sql, args, (statement, values) => {
      const result = statement.all(...values) as Row[]
      return { result, rows: result.length }
    })
  }

  #run<T>(
    sql: string,
    args: readonly Argument[],
    work: (statement: StatementSync, values: SQLInputValue[]) => { result: T; rows: number }
  ): T {
    const started = performance.now()
    try {
      const { text, values } = expandLists(sql, args)
      const { result, rows } = work(this.#prepare(text), values.map(toDriverValue))
      this.#observe?.({ sql, milliseconds: performance.now() - started, rows })
      return result
    } catch (error) {
      throw this.translate(error)
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    statement.setAllowUnknownNamedParameters(true) // `commitAll` gives each of its steps :began
    this.#statements.set(sql, statement)
    return statement
  }
}
