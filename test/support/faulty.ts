/** A Database in which the faults of real transactions occur more often. */
import type { Database, Transaction } from '../../app/db/database.ts'
import { CommitUnknown, ConnectionLost, Deadlock } from '../../app/db/errors.ts'

import { delegate, delegateTransaction } from './delegate.ts'

export type Random = () => number

/** mulberry32: a seeded generator of numbers in [0, 1), so that a failing run can be repeated. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const faults = ['deadlock', 'lost', 'committed but not told', 'not committed and not told'] as const
class NotCommitted extends Error {}

/** Runs `strike` before the nth statement. */
function at(step: number, tx: Transaction, strike: () => Promise<void>): Transaction {
  let statements = 0
  const before = async () => {
    if (++statements === step) await strike()
  }
  return {
    ...delegateTransaction(tx),
    select: async (sql, args, size) => (await before(), tx.select(sql, args, size)),
    fetchone: async (sql, args) => (await before(), tx.fetchone(sql, args)),
    execute: async (sql, args) => (await before(), tx.execute(sql, args)),
    pipeline: async statements => (await before(), tx.pipeline(statements))
  }
}

/** The same database; a share of its transactions fails in one of four ways. */
export function faulty(db: Database, random: Random, share: number, isServer: boolean): Database {
  async function strike(fault: (typeof faults)[number], tx: Transaction) {
    if (fault === 'deadlock') throw new Deadlock('injected')
    if (isServer) await tx.execute('KILL CONNECTION_ID()') // the real thing
    throw new ConnectionLost('injected')
  }
  return {
    ...delegate(db),
    async commitAll(steps) {
      if (random() > share) return db.commitAll(steps)
      const fault = faults[Math.floor(random() * faults.length)]!
      if (fault === 'deadlock') throw new Deadlock('injected')
      const isKilled = fault === 'lost' && isServer // the real thing, at any step
      const at = Math.floor(random() * (steps.length + 1))
      if (isKilled) return db.commitAll(steps.toSpliced(at, 0, ['KILL CONNECTION_ID()', []]))
      if (fault !== 'not committed and not told') await db.commitAll(steps)
      throw new CommitUnknown('injected')
    },
    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      if (random() > share) return db.transaction(work)
      const fault = faults[Math.floor(random() * faults.length)]!
      const step = 1 + Math.floor(random() * 6)
      if (fault === 'deadlock' || fault === 'lost') {
        return db.transaction(tx => work(at(step, tx, () => strike(fault, tx))))
      }
      if (fault === 'committed but not told') {
        await db.transaction(work)
        throw new CommitUnknown('injected')
      }
      try {
        return await db.transaction(async tx => {
          await work(tx)
          throw new NotCommitted()
        })
      } catch (error) {
        throw error instanceof NotCommitted ? new CommitUnknown('injected') : error
      }
    }
  }
}

/** The same database; transactions that read one row by this id, as its lock does, fail. */
export function failingAt(db: Database, id: number, fault: Error): Database {
  return {
    ...delegate(db),
    transaction: work =>
      db.transaction(tx =>
        work({
          ...delegateTransaction(tx),
          fetchone: async (sql, args) => {
            if (args?.[0] === id) throw fault
            return tx.fetchone(sql, args)
          }
        })
      )
  }
}

/** The same database; each COMMIT succeeds, and its answer is lost. */
export function losingAnswers(db: Database): Database {
  return {
    ...delegate(db),
    async transaction(work, timeoutMs) {
      await db.transaction(work, timeoutMs)
      throw new CommitUnknown('injected')
    },
    async commitAll(steps, timeoutMs) {
      await db.commitAll(steps, timeoutMs)
      throw new CommitUnknown('injected')
    }
  }
}

/** The same database; the first COMMIT of a transaction succeeds, and its answer is lost. */
export function losingFirstAnswer(db: Database): Database {
  let isLost = false
  return {
    ...delegate(db),
    async transaction(work, timeoutMs) {
      const result = await db.transaction(work, timeoutMs)
      if (isLost) return result
      isLost = true
      throw new CommitUnknown('injected')
    }
  }
}
