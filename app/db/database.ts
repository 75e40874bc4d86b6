/** The Database interface, which both engines implement. */

export type Value = string | number | bigint | boolean | null
/** One value for `?`; a list for `IN (?)`; a list of rows for `VALUES ?`. */
export type Argument = Value | readonly Value[] | ReadonlyArray<readonly Value[]>

export interface Result {
  affectedRows: number
  insertId: number
}

export interface Queries {
  readonly dialect: Dialect
  /**
   * Returns all rows. With `size` it appends `LIMIT ?`, so the SQL must end where LIMIT may stand:
   * not with `FOR UPDATE`.
   */
  select<Row>(sql: string, args?: readonly Argument[], size?: number): Promise<Row[]>
  /** Returns the first row. */
  fetchone<Row>(sql: string, args?: readonly Argument[]): Promise<Row | undefined>
  /** Runs a statement that changes rows. */
  execute(sql: string, args?: readonly Argument[]): Promise<Result>
}

/** The queries that change nothing. */
export type Reads = Pick<Queries, 'select' | 'fetchone'>

/** A statement and the arguments of its question marks. */
export type Statement = readonly [sql: string, args?: readonly Argument[]]

/** SQL, or a part of a statement, with its arguments. */
export type Sql = [sql: string, args: Argument[]]

/** A statement of `Database.commitAll`, and how many rows it must change, where that matters. */
export type Step = readonly [sql: string, args: readonly Argument[], expectedRows?: number]

/**
 * An open transaction. A function that takes one cannot be given the Database: what it does belongs
 * to a larger work. One whose single statement needs no transaction takes `queries`.
 */
export interface Transaction extends Queries {
  /**
   * Runs the statements in order, on MySQL in one message. Returns the rows of each SELECT and the
   * Result of every other statement.
   */
  pipeline(statements: readonly Statement[]): Promise<Array<unknown[] | Result>>
  /**
   * Queues a statement that runs right before COMMIT, on MySQL in the same message, because a
   * message costs both sides more than a small statement. If the statement fails, the transaction
   * is rolled back.
   */
  beforeCommit(...statement: Statement): void
}

/** The SQL that the engines spell differently. */
export interface Dialect {
  /** Begins an INSERT that skips rows whose key exists. */
  insertIgnore: string
  /** Ends an INSERT that adds to this column of a row whose key exists. */
  addOnDuplicate: (column: string) => string
  /** Ends a SELECT whose rows stay locked until the transaction ends. */
  forUpdate: string
  /** Like `forUpdate`, and skips rows that another transaction has locked. */
  forUpdateUnlocked: string
  /** The database's clock when the row is read, after any wait for a lock. UTC. */
  clock: string
  /** Adds days to a time; both are SQL. */
  addDays: (time: string, days: string) => string
  /**
   * Follows `question q`: makes a search read the index that has the text. MariaDB prefers the
   * rows.
   */
  searchIndex: string
  /** The database's clock at the start of `commitAll`; only for its statements. UTC. */
  began: string
}

export interface Database extends Queries {
  /**
   * Reads that may be slightly stale: lists, and results for viewers who have not voted. A read
   * replica where one is configured, reachable and within its lag limit; otherwise the primary.
   */
  readonly replica: Reads
  /**
   * Runs `work` in a transaction: committed to disk when the promise resolves, rolled back when
   * `work` throws. Nothing is retried. `timeoutMs` limits the time until COMMIT is sent. Throws
   * CommitUnknown if the answer to COMMIT was lost, DatabaseBusy after the time limit.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs?: number): Promise<T>
  /**
   * Commits all steps or none, on MySQL in one message. Returns `dialect.began` after COMMIT, or
   * null if a step changed another number of rows than expected or violated a unique key.
   * `timeoutMs` and errors as in `transaction`; CommitUnknown whenever the answer was lost.
   */
  commitAll(steps: readonly Step[], timeoutMs?: number): Promise<string | null>
  /**
   * Runs `work` while no other process holds the lock of this name in this database. On MySQL this
   * is no transaction. `timeoutMs` limits the wait for the lock and each statement. Throws
   * DatabaseBusy if the lock is held for longer.
   */
  withAdvisoryLock<T>(name: string, work: (queries: Queries) => Promise<T>, timeoutMs?: number): Promise<T>
  /**
   * Removes what deleted rows have left in the files of the embedded engine, unless another process
   * is reading them: the next call does it then. On a server this does nothing: its own
   * housekeeping overwrites them, and its binary log keeps them until it expires.
   */
  scrub(): Promise<void>
  /** Closes all connections. */
  close(): Promise<void>
}

/** Called after each statement with its duration. Never gets the arguments. */
export type Observe = (statement: { sql: string; milliseconds: number; rows: number }) => void
