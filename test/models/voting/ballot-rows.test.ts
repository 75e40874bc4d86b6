/** The SQL of ballots. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { ofVoters } from '../../../app/models/voting/ballot-rows.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'

describe('models/voting/ballot-rows', () => {
  onEngines('it finds the rows of one voter and of a thousand voters', async (t, engine) => {
    const db = await open(t, engine, { sampleData: true })
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
})
