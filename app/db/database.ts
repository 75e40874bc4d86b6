/** The Database interface and the errors both engines speak. */

export type Value = string | number | bigint | boolean | null
/** One value for `?`; a list for `IN (?)`; a list of rows for `VALUES ?`. */
export type Argument = Value | readonly Value[] | ReadonlyArray<readonly Value[]>

export interface Result {
  affectedRows: number
  insertId: number
}

export interface Queries {
  /** All rows, or the first `size`. */
  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]>
  /** The first row. */
  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined>
  /** Runs a statement that changes something. */
  execute(sql: string, args?: readonly Argument[]): Promise<Result>
}

/** A statement and what stands for its question marks. */
export type Statement = readonly [sql: string, args?: readonly Argument[]]

/** A statement of `Database.commitAll`, and how many rows it has to change. */
export type Step = readonly [sql: string, args: readonly Argument[], expected?: number]

/** An open transaction. */
export interface Transaction extends Queries {
  /** Runs these one after the other; on MySQL in one message. Answers the rows of each SELECT, the Result of the others. */
  pipeline(statements: readonly Statement[]): Promise<Array<unknown[] | Result>>
  /**
   * Runs this statement right before COMMIT; on MySQL in one message with it, because each message costs both sides
   * more than a small statement does. If it fails, nothing of the transaction stays.
   */
  beforeCommit(...statement: Statement): void
}

/** What the two engines spell differently. */
export interface Dialect {
  /** Inserts the rows whose key is new, skips the others. */
  insertIgnore: string
  /** Ends a SELECT inside a transaction: its rows stay locked until the end. */
  forUpdate: string
  /** Opens a list of rows behind IN: `(a, b) IN (${rows} ?)`. */
  rows: string
  /** The database's clock when the row is read, also after it waited for a lock. UTC. */
  now: string
  /** The database's clock at the begin of an attempt. UTC. */
  began: string
}

export interface Database extends Queries {
  readonly dialect: Dialect
  /**
   * What may be a moment old: lists, and results for people who have no vote in them. A read-only server where one
   * is configured, alive and close behind; otherwise the same as this.
   */
  readonly replica: Pick<Queries, 'select' | 'fetchone'>
  /**
   * Runs `work` in a transaction: committed to disk when the promise resolves, rolled back when `work` throws.
   * Nothing is retried here. CommitUnknown: the answer to COMMIT was lost. `timeoutMs`: the milliseconds that it may take
   * up to COMMIT, where that is less than usual; then DatabaseBusy.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs?: number): Promise<T>
  /**
   * Runs these in a transaction of their own, on MySQL in one message, and answers `dialect.began` after COMMIT. Null: one
   * did not do what is expected of it, or met a key that is there already; then nothing of them stays. Throws as
   * `transaction` does, CommitUnknown wherever the answer was lost. `timeoutMs`: as there.
   */
  commitAll(steps: readonly Step[], timeoutMs?: number): Promise<string | null>
  /**
   * Runs `work` while no other process runs work under the same name. Not a transaction on MySQL. `timeoutMs`: the
   * milliseconds that it may wait for its turn and for each statement, where that is longer than usual.
   */
  withAdvisoryLock<T>(name: string, work: (queries: Queries) => Promise<T>, timeoutMs?: number): Promise<T>
  close(): Promise<void>
}

/** What the driver said, under a name that callers can act on. `cause` is the driver's error. */
export class DatabaseError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}
/** A unique key refused the row; `key` names it. */
export class DuplicateKey extends DatabaseError {
  readonly key: string
  constructor(key: string, cause: unknown) {
    super(`duplicate ${key}`, { cause })
    this.key = key
  }
}
/** A step of an attempt did not do what was expected of it. */
export class RowCountMismatch extends DatabaseError {}
/** Deadlock, lock timeout or snapshot conflict: rolled back whole, may be tried again. */
export class Deadlock extends DatabaseError {}
/** No connection, or one that broke; nothing was committed. */
export class ConnectionLost extends DatabaseError {}
/** The connection broke while COMMIT was on its way: it may have happened. */
export class CommitUnknown extends DatabaseError {}
/** The server is there and turns us away: wrong password, no such database. Waiting does not cure it. */
export class DatabaseRefused extends DatabaseError {}
/** The disk is full: nothing was stored. */
export class DatabaseFull extends DatabaseError {}
/** No free connection within the limits, or a statement that took too long. */
export class DatabaseBusy extends DatabaseError {}

/** Called after each statement with what it took. Never sees the arguments. */
export type Observe = (statement: { sql: string; milliseconds: number; rows: number }) => void

const isList = (argument: Argument): argument is readonly Value[] | ReadonlyArray<readonly Value[]> =>
  Array.isArray(argument)

/** Only what both engines store alike: no NaN, no text with NUL, no undefined. Throws TypeError. */
function check(value: Value) {
  const good =
    value === null ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && !value.includes('\0'))
  if (!good) throw new TypeError(`a ${typeof value} that no column takes was bound`)
}

/** Where a list may stand; elsewhere it came from somebody who sent `a[]=x` instead of `a=x`. */
const takesList = /(\bIN \(|\bVALUES)\s*$/i

/** Looks at what stands for the question marks, and answers whether there is a list among it. Throws TypeError. */
export function inspect(sql: string, args: readonly Argument[]): boolean {
  let hasLists = false
  let at = -1
  for (const argument of args) {
    at = sql.indexOf('?', at + 1)
    if (!isList(argument)) {
      check(argument)
      continue
    }
    hasLists = true
    if (!takesList.test(sql.slice(Math.max(0, at - 20), at)))
      throw new TypeError('a list was bound as one value')
    if (argument.length === 0) throw new TypeError('an empty list was bound')
    for (const item of argument) {
      if (Array.isArray(item)) for (const value of item as readonly Value[]) check(value)
      else check(item as Value)
    }
  }
  return hasLists
}
