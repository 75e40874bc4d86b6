/** The SQL of ballots. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { ofVoters } from '../../../app/models/voting/ballot-rows.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

describe('models/voting/ballot-rows', () => {
  onEngines('it finds the rows of one voter and of a thousand voters', async (t, engine) => {
    const db = await open(t, engine)
    const count = async (voters: Array<{ question: number; voter: string }>) => {
      const [condition, args] = ofVoters(voters)
      const sql = `SELECT COUNT(*) AS count FROM vote WHERE slot = 0 AND ${condition}`
      return (await db.fetchone<{ count: number }>(sql, args))!.count
    }
    const stored = await db.select<{ question: number; voter: string }>(
      'SELECT question_id AS question, voter FROM vote WHERE slot = 0'
    )
    const others = Array.from({ length: 1_000 }, (_, n) => ({ question: n + 1000, voter: 'u:1' }))
    assert.equal(await count(stored.slice(0, 1)), 1)
    assert.equal(await count([...others, ...stored]), stored.length)
    assert.equal(await count(others), 0)
  })

  onEngines('a batch with more values than SQLite accepts is one transaction', async (t, engine) => {
    const db = await open(t, engine)
    const [ballots, options] = [400, 12] // 7 values a row: more than 32,766
    const texts = Array.from({ length: options }, (_, n) => `Option ${n}`)
    const { id, choices } = await ask({ db }, { kind: 'score', max_choices: options }, texts)
    const batches: number[] = []
    const box = new BallotBox(
      db,
      { batchLimit: ballots, transactions: 1 },
      () => {},
      ({ operations }) => batches.push(operations)
    )
    const voters = Array.from({ length: ballots }, (_, n) => ({ question: id, voter: `u:${n + 1}` }))
    for (const value of [1, 2]) {
      const values = choices.map(() => value)
      await Promise.all(voters.map(voter => box.cast({ ...voter, choices, values })))
    }
    const stored = () =>
      db.fetchone<Record<string, number>>(
        `SELECT COUNT(*) AS marks, SUM(value) AS points, COUNT(receipt) AS receipts, COUNT(cast_time) AS times
         FROM vote WHERE question_id = ?`,
        [id]
      )
    const marks = ballots * options
    const { points, ...counts } = (await stored())!
    assert.deepEqual(counts, { marks, receipts: ballots, times: ballots }, 'what a ballot has once')
    assert.equal(Number(points), 2 * marks)
    assert.deepEqual(await audit(db), [])
    await Promise.all(voters.map(voter => box.withdraw(voter)))
    assert.equal((await stored())!.marks, 0)
    assert.deepEqual(batches, [ballots, ballots, ballots])
  })
})
