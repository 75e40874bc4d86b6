/** The ballot box with a batch of more rows than SQLite stores in a statement. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { checkConfig } from '../../../app/config/load.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../../app/db/open.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import type { SettledBatch } from '../../../app/models/voting/batch-report.ts'
import { atEnd } from '../../support/at-end.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

/** With 7 arguments a row, more than the 32,766 that SQLite accepts. */
const BALLOTS = 400
const OPTIONS = 12

describe('models/voting/full-batch', () => {
  onEngines(
    'a large batch of long ballots is stored, changed and withdrawn in one transaction each',
    async (t, engine) => {
      const { database } = checkConfig(await engine.config(t))
      const db = openDatabase(database)
      atEnd(t, () => db.close())
      await migrate(db, database)
      const options = Array.from({ length: OPTIONS }, (_, n) => `Option ${n}`)
      const limits = { min_choices: 1, max_choices: OPTIONS }
      const { id, choices } = await ask({ db }, { kind: 'score', ...limits }, options)
      const batches: SettledBatch[] = []
      const limit = { batchLimit: BALLOTS, transactions: 1 }
      const box = new BallotBox(
        db,
        limit,
        () => {},
        report => batches.push(report)
      )
      const voters = Array.from({ length: BALLOTS }, (_, n) => ({ question: id, voter: `u:${n + 1}` }))
      for (const value of [1, 2]) {
        const values = choices.map(() => value)
        const ballots = await Promise.all(voters.map(voter => box.cast({ ...voter, choices, values })))
        assert.deepEqual(new Set(ballots.map(({ choice }) => choice.length)), new Set([OPTIONS]))
      }
      const stored = () =>
        db.fetchone<Record<string, number>>(
          `SELECT COUNT(*) AS marks, COUNT(receipt) AS receipts, COUNT(cast_time) AS times, COUNT(value) AS given
         FROM vote WHERE question_id = ?`,
          [id]
        )
      const [marks, given] = [BALLOTS * OPTIONS, BALLOTS * OPTIONS]
      assert.deepEqual({ ...(await stored()) }, { marks, receipts: BALLOTS, times: BALLOTS, given })
      assert.deepEqual(await audit(db), [])
      await Promise.all(voters.map(voter => box.withdraw(voter)))
      assert.equal((await stored())?.marks, 0)
      assert.deepEqual(
        batches.map(({ operations }) => operations),
        [BALLOTS, BALLOTS, BALLOTS]
      )
    }
  )
})
