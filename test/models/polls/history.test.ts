/** The history of a poll: it is read in parts. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type Edit, type EditLine, History, recordEdits } from '../../../app/models/polls/history.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const NOW = '2026-11-27 12:00:00'

const partsOf = (history: History, question: number) =>
  Array.fromAsync<EditLine[], number>(history.parts(question), lines => lines.length)

describe('models/polls/history', () => {
  onEngines('a long history is read in parts, oldest first, with none of another poll', async (t, engine) => {
    const db = await open(t, engine)
    const [{ id }, other] = [await ask({ db }), await ask({ db })]
    const history = new History(db)
    assert.deepEqual(await partsOf(history, id), [0])
    const edit: Edit = { act: 'closed', choice_id: null, before: null, after: null }
    const edits = Array.from({ length: 500 }, () => edit)
    for (let n = 1; n <= 4; n++) {
      await db.transaction(tx => recordEdits(tx, id, n, edits, NOW))
      await db.transaction(tx => recordEdits(tx, other.id, n, [edit], NOW))
    }
    assert.deepEqual(await partsOf(history, id), [1_000, 1_000, 0])
    await db.transaction(tx => recordEdits(tx, id, 5, [edit], NOW))
    assert.deepEqual(await partsOf(history, id), [1_000, 1_000, 1])
    const revisions = (await Array.fromAsync(history.parts(id))).flat().map(({ revision }) => revision)
    assert.deepEqual(revisions, [1, 2, 3, 4].flatMap(n => edits.map(() => n)).concat(5))
  })

  onEngines('the newest 200 lines of some acts are read, oldest first', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await ask({ db })
    const history = new History(db)
    const edit = (act: Edit['act']): Edit => ({ act, choice_id: null, before: null, after: null })
    const revisions = async (after: number) =>
      (await history.since(id, after, ['question_text', 'results'])).map(({ revision }) => revision)
    const many = Array.from({ length: 250 }, () => edit('closed'))
    await db.transaction(tx => recordEdits(tx, id, 2, [edit('results'), ...many], NOW))
    await db.transaction(tx => recordEdits(tx, id, 3, [edit('question_text')], NOW))
    assert.deepEqual([await revisions(0), await revisions(2), await revisions(3)], [[2, 3], [3], []])
    for (let n = 4; n <= 202; n++) await db.transaction(tx => recordEdits(tx, id, n, [edit('results')], NOW))
    assert.deepEqual(
      await revisions(0),
      Array.from({ length: 200 }, (_, n) => n + 3)
    )
  })
})
