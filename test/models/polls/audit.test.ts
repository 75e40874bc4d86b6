import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { DatabaseError } from '../../../app/db/errors.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { open } from '../../support/database.ts'
import { embedded, onEngines } from '../../support/engines.ts'

const POLLS = 1_000
const VOTERS = 10

/** Adds polls with two options, each with votes for the first one. Returns their ids. */
async function addPolls(db: Database): Promise<number[]> {
  const slugs = Array.from({ length: POLLS }, (_, n) => `audited-${n}`)
  await db.execute(
    'INSERT INTO question (user_id, slug, question_text, search_text, min_choices, max_choices, voters) VALUES ?',
    [slugs.map(slug => [1, slug, slug, slug, 1, 1, VOTERS])]
  )
  const polls = await db.select<{ id: number }>('SELECT id FROM question WHERE slug IN (?) ORDER BY id', [
    slugs
  ])
  const ids = polls.map(({ id }) => id)
  await db.execute('INSERT INTO choice (question_id, position, choice_text, votes) VALUES ?', [
    ids.flatMap(id => [
      [id, 1, 'yes', VOTERS],
      [id, 2, 'no', 0]
    ])
  ])
  const sql = 'SELECT id, question_id FROM choice WHERE question_id IN (?) AND position = 1'
  const firsts = await db.select<{ id: number; question_id: number }>(sql, [ids])
  for (let n = 1; n <= VOTERS; n++) {
    await db.execute('INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?', [
      firsts.map(({ id, question_id }) => [
        question_id,
        `u:${n}`,
        0,
        id,
        'r'.repeat(22),
        '2026-01-01 00:00:00'
      ])
    ])
  }
  return ids
}

describe('models/polls/audit', () => {
  onEngines('a thousand polls are recounted within the time limit of a statement', async (t, engine) => {
    const db = await open(t, engine)
    const ids = await addPolls(db)
    assert.deepEqual(await audit(db), [])

    const [first, middle, last] = [ids[0]!, ids[POLLS / 2]!, ids.at(-1)!]
    await db.execute('UPDATE choice SET votes = 3 WHERE question_id = ? AND position = 2', [first])
    await db.execute('UPDATE question SET voters = 9 WHERE id = ?', [middle])
    await db.execute('UPDATE question SET invited = 4 WHERE id = ?', [last])
    const differences = (await audit(db)).map(difference => ({ ...difference })) // rows of SQLite have no prototype
    assert.deepEqual(differences, [
      { question_id: first, what: 'votes of a choice', counter: 3, counted: 0 },
      { question_id: middle, what: 'voters of a question', counter: 9, counted: VOTERS },
      { question_id: last, what: 'invited of a question', counter: 4, counted: 0 }
    ])
  })

  onEngines('a ballot without a receipt is refused by SQLite, and reported elsewhere', async (t, engine) => {
    const db = await open(t, engine)
    const ofBallot = "question_id = 3 AND voter = 'b:sample-2'" // has two rows
    const strip = () => db.execute(`UPDATE vote SET receipt = NULL WHERE ${ofBallot}`)
    if (engine === embedded) return assert.rejects(strip(), DatabaseError)
    await strip()
    const found = (await audit(db)).map(difference => ({ ...difference }))
    assert.deepEqual(found, [{ question_id: 3, what: 'slots of a ballot', counter: 2, counted: 2 }])
  })
})
