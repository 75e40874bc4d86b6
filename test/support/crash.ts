/**
 * Program that kills itself during a transaction of the ballot box, or of the close of a poll.
 * Argument: the job as JSON.
 */
import type { Config } from '../../app/config/load.ts'
import type { Database, Transaction } from '../../app/db/database.ts'
import { openDatabase } from '../../app/db/open.ts'
import { LockedPolls } from '../../app/models/polls/locked-poll.ts'
import { Management } from '../../app/models/polls/management.ts'
import { Removals } from '../../app/models/polls/removal.ts'
import { BallotBox } from '../../app/models/voting/ballot-box.ts'
import { delegate, delegateTransaction } from './delegate.ts'

interface CrashJob {
  database: Config['database']
  /** Number of the statement before which it dies; 0: after COMMIT, before the answers. */
  step: number
  casts: Array<{ question: number; voter: string; choices: number[] }>
  /** A poll of user 1 that is closed afterwards. */
  closes?: number
}

const { database, step, casts, closes } = JSON.parse(process.argv[2]!) as CrashJob
const db = openDatabase(database)
const crash = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('dead')
}

let statements = 0
const count = () => (++statements === step ? crash() : undefined)

const crashing: Database = {
  ...delegate(db),
  async commitAll(steps) {
    count()
    const done = await db.commitAll(steps)
    if (done !== null && step === 0) crash()
    return done
  },
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const result = await db.transaction(async tx => {
      const done = await work({
        ...delegateTransaction(tx),
        select: (sql, args, size) => (count(), tx.select(sql, args, size)),
        fetchone: (sql, args) => (count(), tx.fetchone(sql, args)),
        execute: (sql, args) => (count(), tx.execute(sql, args)),
        pipeline: statements => (count(), tx.pipeline(statements))
      })
      count() // before COMMIT
      return done
    })
    if (step === 0) crash()
    return result
  }
}
const ballots = new BallotBox(crashing, { batchLimit: 500, transactions: 1 }, () => {})
await Promise.all(casts.map(cast => ballots.cast(cast)))
if (closes !== undefined) {
  const removals = new Removals(crashing, error => console.error(error))
  await new Management(crashing, '', removals, new LockedPolls(crashing, () => {})).close(closes, {
    owner: 1
  })
}
console.log('survived')
await db.close()
