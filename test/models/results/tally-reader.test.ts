/**
 * Tallies of polls with values or ranks: of one moment, counted once, and in turns of the event
 * loop.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../../app/db/database.ts'
import { GUEST } from '../../../app/models/polls/admission.ts'
import { PollKeys } from '../../../app/models/voting/poll-keys.ts'
import { Questions } from '../../../app/models/polls/questions.ts'
import type { RankedOutcome } from '../../../app/models/results/outcome.ts'
import { delegate } from '../../support/delegate.ts'
import { open } from '../../support/database.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { seeded } from '../../support/faulty.ts'
import { ask } from '../../support/polls.ts'
import { countTurns } from '../../support/turns.ts'

/** Sets the items of a poll as so many ballots would. */
async function setItems(db: Database, question: number, items: Array<[item: string, votes: number]>) {
  await db.execute('DELETE FROM tally WHERE question_id = ?', [question])
  const rows = items.map(([item, votes]) => [question, item, votes])
  if (rows.length > 0) await db.execute('INSERT INTO tally (question_id, item, votes) VALUES ?', [rows])
  const voters = items.reduce((sum, [, votes]) => sum + votes, 0)
  const sql = 'UPDATE question SET voters = ?, tally_version = tally_version + 1 WHERE id = ?'
  await db.execute(sql, [voters, question])
}

/** Records how often the tally is read. */
function listening(db: Database) {
  let reads = 0
  const select: Database['select'] = (sql, args = [], size) => {
    if (sql.includes('JOIN tally')) reads++
    return db.select(sql, args, size)
  }
  return { db: { ...delegate(db), select }, reads: () => reads }
}

/** The questions of a database without ballots of anonymous polls. */
const questionsOf = (db: Database) =>
  new Questions(db, new PollKeys(db, error => assert.ifError(error)), async () => null)

describe('models/results/tally-reader', () => {
  onEngines('an outcome is counted once for a version of the tally', async (t, engine) => {
    const { db, reads } = listening(await open(t, engine))
    const { id, slug, choices } = await ask({ db }, { kind: 'ranked', count_method: 'irv', max_choices: 3 }, [
      'A',
      'B',
      'C'
    ])
    const questions = questionsOf(db)
    const winners = async () => (await questions.getFresh(slug, GUEST)).outcome!.winners
    const [a, b, c] = choices as [number, number, number]
    assert.deepEqual(await winners(), [])
    await setItems(db, id, [
      [`>${a}>${b}>${c}`, 4],
      [`>${b}>${c}>${a}`, 3],
      [`>${c}>${b}>${a}`, 3]
    ])
    const before = reads()
    for (let n = 0; n < 3; n++) assert.deepEqual(await winners(), [b])
    assert.equal(reads(), before + 1)
    await setItems(db, id, [[`>${c}`, 2]])
    assert.deepEqual(await winners(), [c])
    const question = await questions.getFresh(slug, GUEST)
    assert.equal(question.voters, 2)
    assert.deepEqual(
      question.choices.map(({ votes }) => votes),
      [0, 0, 2]
    )
    // Edited before the first vote: other options, perhaps of another kind, with the same version.
    await setItems(db, id, [])
    await questions.getFresh(slug, GUEST)
    await db.execute("UPDATE question SET kind = 'dots', budget = 5, revision = revision + 1 WHERE id = ?", [
      id
    ])
    assert.equal((await questions.getFresh(slug, GUEST)).outcome!.kind, 'dots')
  })

  test('a slow answer of the database does not let a small outcome stand', async t => {
    const db = await open(t, embedded)
    const { id, slug, choices } = await ask({ db }, { kind: 'ranked', count_method: 'pairs' }, ['A', 'B'])
    const select: Database['select'] = async (...statement) => {
      await delay(30)
      return db.select(...statement)
    }
    const questions = questionsOf({ ...delegate(db), select })
    const winners = async () => (await questions.getFresh(slug, GUEST)).outcome!.winners
    assert.deepEqual(await winners(), [])
    await setItems(db, id, [[`>${choices[1]}>${choices[0]}`, 1]])
    assert.deepEqual(await winners(), [choices[1]])
  })

  onEngines('a poll of options alone costs no statement more', async (t, engine) => {
    const { db, reads } = listening(await open(t, engine))
    const { slug } = await ask({ db }, { kind: 'multiple' })
    const question = await questionsOf(db).getFresh(slug, GUEST)
    assert.deepEqual([question.outcome, reads()], [undefined, 0])
  })

  test('100,000 ballots with 5,000 rankings are counted in turns of the event loop', async t => {
    const db = await open(t, embedded)
    const names = Array.from({ length: 20 }, (_, n) => `Option ${n}`)
    const poll = await ask({ db }, { kind: 'ranked', count_method: 'irv', max_choices: 10 }, names)
    const random = seeded(7)
    const rankings = new Set<string>()
    while (rankings.size < 5_000) {
      const order = poll.choices.map(choice => [random(), choice] as const).toSorted(([x], [y]) => x - y)
      rankings.add(
        order
          .slice(0, 10)
          .map(([, choice]) => `>${choice}`)
          .join('')
      )
    }
    await setItems(
      db,
      poll.id,
      [...rankings].map((item): [string, number] => [item, 20])
    )
    const turns = countTurns()
    const question = await questionsOf(db).getFresh(poll.slug, GUEST)
    const count = turns.stop()
    assert.equal(question.voters, 100_000)
    const outcome = question.outcome as RankedOutcome
    assert.equal(outcome.rounds.at(-1)!.eliminated.length, 0)
    for (const { tally, exhausted } of outcome.rounds)
      assert.equal(
        tally.reduce((sum, { votes }) => sum + votes, exhausted),
        100_000
      )
    assert.ok(count >= 5, `${count} turns during the count`)
  })
})
