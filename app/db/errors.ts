/** The errors of a database, the same for both engines. */

/** An error of the driver under a name that callers can act on. `cause` is the driver's error. */
export class DatabaseError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** A unique key refused the row; `key` is the name of the key (MySQL) or of its column (SQLite). */
export class DuplicateKey extends DatabaseError {
  readonly key: string
  constructor(key: string, cause: unknown) {
    super(`duplicate ${key}`, { cause })
    this.key = key
  }
}

/** A step of `commitAll` changed another number of rows than expected. */
export class RowCountMismatch extends DatabaseError {}

/**
 * Deadlock, lock timeout or snapshot conflict: the transaction is rolled back and may be retried.
 */
export class Deadlock extends DatabaseError {}

/** There is no connection, or it broke before COMMIT was sent: nothing is stored. */
export class ConnectionLost extends DatabaseError {}

/** The connection broke after COMMIT was sent: the transaction may be committed or not. */
export class CommitUnknown extends DatabaseError {}

/** The server rejects the login, the database name or the client's host. A retry does not help. */
export class DatabaseRefused extends DatabaseError {}

/** The disk is full: nothing is stored. */
export class DatabaseFull extends DatabaseError {}

/** No free connection within the limits, or a statement exceeded its time limit. */
export class DatabaseBusy extends DatabaseError {}

/** Tells whether the next transaction would fail as well, whatever it is about. */
export const isUnavailable = (error: unknown): boolean =>
  [ConnectionLost, CommitUnknown, DatabaseRefused, DatabaseFull, DatabaseBusy].some(
    kind => error instanceof kind
  )
