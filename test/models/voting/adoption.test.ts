/**
 * Adoption of a browser's ballot: one ballot per voter, also when account and browser vote
 * concurrently.
 */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { TestContext } from 'node:test'
import { checkConfig } from '../../../app/config/load.ts'
import type { Database } from '../../../app/db/database.ts'
import { migrate } from '../../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../../app/db/open.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { BallotBox } from '../../../app/models/voting/ballot-box.ts'
import { atEnd } from '../../support/at-end.ts'
import { type Engine, onEngines } from '../../support/engines.ts'
import { losingFirstAnswer } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'

const box = (db: Database) => new BallotBox(db, { batchLimit: 500, transactions: 1 }, () => {})

/**
 * Creates the ballot boxes of two processes (embedded: one) on one database, with polls by link.
 */
async function open(t: TestContext, engine: Engine) {
  const { database } = checkConfig(await engine.filled(t))
  const count = database.engine === 'mysql' ? 2 : 1
  const opened = Array.from({ length: count }, () => openDatabase(database))
  atEnd(t, () => Promise.all(opened.map(one => one.close())))
  const [db] = opened as [Database]
  await migrate(db, database)
  await db.execute("UPDATE question SET audience = 'link'")
  const boxes = opened.map(box)
  const stored = async (question: number) => {
    const sql =
      "SELECT voter, choice_id FROM vote WHERE question_id = ? AND voter NOT LIKE 'b:sample%' ORDER BY voter, slot"
    const rows = await db.select<{ voter: string; choice_id: number }>(sql, [question])
    return rows.map(({ voter, choice_id }) => `${voter} ${choice_id}`)
  }
  return { db, boxes, one: boxes[0]!, stored }
}

const ann = { question: 3, voter: 'u:ann', adopts: 'b:ann' }
const browser = { question: 3, voter: 'b:ann' }

describe('models/voting/adoption', () => {
  onEngines('an adopted ballot keeps all choices and its time, and counts as before', async (t, engine) => {
    const { db, one, stored } = await open(t, engine)
    const { cast_time } = await one.cast({ ...browser, choices: [7, 9] })
    const tally = () => db.select('SELECT id, votes FROM choice')
    const before = await tally()
    assert.deepEqual(await one.adopt(ann), { question_id: 3, choice: [7, 9], cast_time })
    assert.deepEqual(await one.adopt(ann), { question_id: 3, choice: [7, 9], cast_time })
    assert.deepEqual(await stored(3), ['u:ann 7', 'u:ann 9'])
    assert.deepEqual(await tally(), before)
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a ballot that is adopted and kept after an edit has the new revision', async (t, engine) => {
    const { db, one } = await open(t, engine)
    await one.cast({ ...browser, choices: [7, 9] })
    await db.execute('UPDATE question SET revision = 2 WHERE id = 3')
    assert.deepEqual((await one.cast({ ...ann, choices: [7, 9], revision: 2 })).choice, [7, 9])
    const sql = "SELECT DISTINCT voter, revision FROM vote WHERE question_id = 3 AND voter LIKE '%ann'"
    const rows = await db.select<{ voter: string; revision: number }>(sql)
    assert.deepEqual(
      rows.map(({ voter, revision }) => `${voter} ${revision}`),
      ['u:ann 2']
    )
    assert.deepEqual(await audit(db), [])
  })

  onEngines('of two ballots the account’s stays, and the result says so', async (t, engine) => {
    const { db, one, stored } = await open(t, engine)
    await one.cast({ ...browser, choices: [7, 9] })
    await one.cast({ question: 3, voter: 'u:ann', choices: [8] })
    const { cast_time: _, ...merged } = await one.adopt(ann)
    assert.deepEqual(merged, { question_id: 3, choice: [8], browser_vote_removed: true })
    assert.deepEqual(await stored(3), ['u:ann 8'])
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a vote and a withdrawal adopt the browser’s ballot first', async (t, engine) => {
    const { db, one, stored } = await open(t, engine)
    await one.cast({ ...browser, choices: [7] })
    assert.deepEqual((await one.cast({ ...ann, choices: [8, 9] })).choice, [8, 9])
    assert.deepEqual(await stored(3), ['u:ann 8', 'u:ann 9'])
    await one.cast({ ...browser, choices: [7] })
    assert.equal((await one.withdraw(ann)).browser_vote_removed, true)
    assert.deepEqual(await stored(3), [])
    await one.cast({ ...browser, choices: [7] })
    assert.equal((await one.withdraw(ann)).browser_vote_removed, undefined, 'it was the account’s')
    assert.deepEqual(await stored(3), [])
    assert.deepEqual(await audit(db), [])
  })

  onEngines('a final vote stays; a rejected vote and a closed poll adopt nothing', async (t, engine) => {
    const { db, one, stored } = await open(t, engine)
    await one.cast({ ...browser, choices: [7] })
    await assert.rejects(one.cast({ ...ann, choices: [1] }), { code: '20005' })
    await assert.rejects(one.cast({ ...ann, choices: [8], revision: 5 }), { code: '20013' })
    assert.deepEqual(await stored(3), ['b:ann 7'])
    await db.execute('UPDATE question SET revote = 0 WHERE id = 3')
    await assert.rejects(one.cast({ ...ann, choices: [8] }), { code: '20014' })
    assert.deepEqual(await stored(3), ['u:ann 7'])
    await db.execute('UPDATE question SET revote = 1 WHERE id = 3')
    await one.cast({ ...browser, choices: [9] })
    await db.execute("UPDATE question SET closed_time = '2026-01-01 00:00:00' WHERE id = 3")
    assert.deepEqual((await one.adopt(ann)).choice, [7])
    await assert.rejects(one.cast({ ...ann, choices: [8] }), { code: '20012' })
    assert.deepEqual(await stored(3), ['b:ann 9', 'u:ann 7'])
    assert.deepEqual(await audit(db), [])
  })

  onEngines(
    'in an anonymous poll, a withdrawal whose COMMIT was not confirmed is not repeated on the browser’s ballot',
    async (t, engine) => {
      const { db, one, stored } = await open(t, engine)
      const { id: question, choices } = await ask({ db }, { privacy: 'anonymous' })
      const [first, second] = choices.map(choice => ({ privacy: 'anonymous' as const, choices: [choice] }))
      const account = { question, voter: 'a:u', adopts: 'a:b' }
      await one.cast({ ...account, ...first! })
      await one.cast({ question, voter: 'a:b', ...second! })
      assert.deepEqual((await box(losingFirstAnswer(db)).withdraw(account)).choice, [])
      assert.deepEqual(await stored(question), [`a:b ${choices[1]}`])
      assert.deepEqual(await audit(db), [])
    }
  )

  onEngines('a browser has no ballot in a members’ poll', async (t, engine) => {
    const { db, one } = await open(t, engine)
    await db.execute("UPDATE question SET audience = 'members' WHERE id = 3")
    await assert.rejects(one.cast({ ...browser, choices: [7] }), { code: '20006' })
  })

  onEngines('fifty voters with account and browser at once have one ballot each', async (t, engine) => {
    const { db, boxes, one, stored } = await open(t, engine)
    const people = Array.from({ length: 50 }, (_, n) => ({
      question: 1 + (n % 2) * 2,
      voter: `u:${n}`,
      adopts: `b:${n}`
    }))
    for (let round = 0; round < 10; round++) {
      const acts = people.flatMap((person, n) => {
        const { question, voter, adopts } = person
        const choices = [3 * question - 2 + ((n + round) % 3)]
        const other = [3 * question - 2 + ((n + round + 1) % 3)]
        const [here, there] = round % 2 ? [boxes[0]!, boxes.at(-1)!] : [boxes.at(-1)!, boxes[0]!]
        return [
          () => here.cast({ question, voter: adopts, choices }),
          () => there.cast({ ...person, choices: other }),
          () => here.adopt(person),
          () => there.cast({ question, voter: adopts, choices: other }),
          () => (n % 5 ? here.cast({ ...person, choices }) : there.withdraw(person)),
          () => here.withdraw({ question, voter: n % 7 ? adopts : voter })
        ]
      })
      await Promise.all(acts.map(act => act()))
      assert.deepEqual(await audit(db), [])
    }
    await Promise.all(people.map(person => one.cast({ ...person, choices: [3 * person.question - 2] })))
    const expected = people.map(({ question, voter }) => `${voter} ${3 * question - 2}`)
    assert.deepEqual([...(await stored(1)), ...(await stored(3))].toSorted(), expected.toSorted())
    assert.deepEqual(await audit(db), [])
  })
})
