/** Plain objects that forward every call. A test spreads one and replaces a method. */
import type { Database, Transaction } from '../../app/db/database.ts'

/** Returns an object with the methods of the database as own properties. */
export const delegate = (db: Database): Database => ({
  dialect: db.dialect,
  replica: {
    select: (sql, args, size) => db.replica.select(sql, args, size),
    fetchone: (sql, args) => db.replica.fetchone(sql, args)
  },
  select: (sql, args, size) => db.select(sql, args, size),
  fetchone: (sql, args) => db.fetchone(sql, args),
  execute: (sql, args) => db.execute(sql, args),
  transaction: (work, timeoutMs) => db.transaction(work, timeoutMs),
  commitAll: (steps, timeoutMs) => db.commitAll(steps, timeoutMs),
  withAdvisoryLock: (name, work, timeoutMs) => db.withAdvisoryLock(name, work, timeoutMs),
  scrub: () => db.scrub(),
  close: () => db.close()
})

/** Returns an object with the methods of the transaction as own properties. */
export const delegateTransaction = (tx: Transaction): Transaction => ({
  dialect: tx.dialect,
  select: (sql, args, size) => tx.select(sql, args, size),
  fetchone: (sql, args) => tx.fetchone(sql, args),
  execute: (sql, args) => tx.execute(sql, args),
  pipeline: statements => tx.pipeline(statements),
  beforeCommit: (...statement) => tx.beforeCommit(...statement)
})
