/** Reports of polls: how many are stored, and that none outlives its poll. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { Reports } from '../../../app/models/instance/reports.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Management } from '../../../app/models/polls/management.ts'
import { Removals } from '../../../app/models/polls/removal.ts'
import { open } from '../../support/database.ts'
import { delegate } from '../../support/delegate.ts'
import { onEngines, shared } from '../../support/engines.ts'

const reasons = async (db: Database) =>
  (await db.select<{ reason: string }>('SELECT reason FROM report ORDER BY id')).map(({ reason }) => reason)

describe('models/instance/reports', () => {
  onEngines('a poll has 50 reports, and a removed one none', async (t, engine) => {
    const db = await open(t, engine)
    const reports = new Reports(db)
    const removals = new Removals(db, assert.ifError)
    for (let n = 0; n < 52; n++) await reports.create(3, `reason ${n}`)
    await reports.create(1, 'another poll')
    assert.deepEqual(await reasons(db), [
      ...Array.from({ length: 50 }, (_, n) => `reason ${n}`),
      'another poll'
    ])
    await new Management(db, 'a secret', removals, new LockedPolls(db, () => {})).remove(3, { owner: 3 })
    await removals.sweep()
    await reports.create(3, 'too late')
    assert.deepEqual(await reasons(db), ['another poll'])
  })

  onEngines('a report that arrives while its poll is being removed is deleted too', async (t, engine) => {
    const db = await open(t, engine)
    const late = "INSERT INTO report (question_id, reason) VALUES (3, 'late')"
    // The statement of the report has read the poll before the removal commits, and is committed
    // after it.
    const racing: Database = {
      ...delegate(db),
      transaction: async work => {
        const result = await db.transaction(work)
        await db.execute(late)
        return result
      }
    }
    const removals = new Removals(db, assert.ifError)
    const idle = { remove: removals.remove.bind(removals), sweep: async () => {} }
    await new Management(racing, 'a secret', idle, new LockedPolls(racing, () => {})).remove(3, { owner: 3 })
    assert.deepEqual(await reasons(db), ['late'])
    await removals.sweep()
    assert.deepEqual(await reasons(db), [])
  })

  onEngines(
    'a report does not wait for the row that votes lock',
    async (t, engine) => {
      const db = await open(t, engine)
      await db.transaction(async tx => {
        await tx.fetchone(`SELECT id FROM question WHERE id = 3 ${tx.dialect.forUpdate}`)
        await new Reports(db).create(3, 'meanwhile')
      })
      assert.deepEqual(await reasons(db), ['meanwhile'])
    },
    shared
  )
})
