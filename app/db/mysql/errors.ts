/** Translates mysql2's errors into ours. */
import type { QueryError } from 'mysql2/promise'
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

const duplicateKey = 1062
/**
 * Deadlock, or a transaction that a Galera cluster refused; lock wait timeout; record changed since
 * it was read (snapshot conflict); a transaction that group replication refused; no savepoint: the
 * server has ended the transaction.
 */
const deadlocks = new Set([1213, 1205, 1020, 3101, 1305])
/**
 * Too many connections, in all or of this user; a statement over its time limit (MariaDB's and
 * MySQL's number).
 */
const busy = new Set([1040, 1203, 1969, 3024])
/** The numeric overflow that `assertRowCount` provokes. */
const outOfRange = 1690
/** Disk, table or temporary file full. */
const full = new Set([1021, 1026, 1114])
/**
 * Server shutdown; killed statement or connection; a server that became read-only in a failover; a
 * Galera node outside of the primary component; a COMMIT that the cluster did not confirm (Galera,
 * group replication).
 */
const lost = new Set([1053, 1317, 1927, 3169, 1290, 1792, 1836, 1047, 1180, 3100])
/** Wrong password, unknown database, host not allowed: a retry does not help. */
const refused = new Set([1044, 1045, 1049, 1130, 1698])

/** Returns our error for one of the driver's; any other value is returned as it is. */
export function translateError(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof DatabaseError || cause instanceof TypeError) return cause
  const { code = '', errno = 0, fatal, message }: Error & Partial<QueryError> = cause
  if (errno === duplicateKey) return new DuplicateKey(/key '(?:\w+\.)?(\w+)'/.exec(message)?.[1] ?? '', cause)
  if (errno === outOfRange) return new RowCountMismatch(code, { cause })
  if (deadlocks.has(errno)) return new Deadlock(code, { cause })
  if (refused.has(errno)) return new DatabaseRefused(code, { cause })
  if (full.has(errno) || /No space left on device/.test(message)) return new DatabaseFull(code, { cause })
  if (busy.has(errno) || code === 'PROTOCOL_SEQUENCE_TIMEOUT' || message === 'Queue limit reached.')
    return new DatabaseBusy(code || message, { cause })
  if (fatal || lost.has(errno) || code.startsWith('POOL_') || /closed state|Pool is closed/.test(message))
    return new ConnectionLost(code || message, { cause })
  return new DatabaseError(code || message, { cause })
}

/** A column, key or constraint that exists, or one that does not. */
const altered = new Set([1060, 1061, 1826, 1091])

/**
 * Tells whether an ALTER TABLE has changed this table before. It is atomic: one of its parts proves
 * all.
 */
export const isAlteredAlready = (error: unknown): boolean =>
  error instanceof DatabaseError && altered.has((error.cause as Partial<QueryError> | undefined)?.errno ?? 0)

/**
 * Tells whether an answer may still arrive on the connection of this error: it must not be used
 * again.
 */
export const leavesAnswerPending = (error: unknown): error is ConnectionLost | DatabaseBusy =>
  error instanceof ConnectionLost || error instanceof DatabaseBusy
