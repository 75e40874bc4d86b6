/** Ballots by the time of their cast. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { countCasts, countCastsOfMany } from '../../../app/models/results/cast-times.ts'
import { build } from '../../support/app.ts'
import { onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

describe('models/results/cast-times', () => {
  onEngines('every ballot is counted once, in a poll with more than one piece too', async (t, engine) => {
    const app = await build(t, engine)
    const { id, choices } = await ask(app, { kind: 'multiple', max_choices: 2 })
    const receipt = 'r'.repeat(22)
    const times = ['2026-05-01 09:59:59', '2026-05-01 10:00:00', '2026-05-02 10:09:59', '2026-05-02 10:10:00']
    const rows = Array.from({ length: 20_004 }, (_, n) => [
      id,
      `b:${n}`,
      0,
      choices[0]!,
      receipt,
      times[n % 4]!
    ])
    for (let from = 0; from < rows.length; from += 2_000)
      await app.db.execute(
        'INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?',
        [rows.slice(from, from + 2_000)]
      )
    // A second row of a ballot is no second ballot.
    await app.db.execute(
      'INSERT INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?',
      [[[id, 'b:0', 1, choices[1]!, receipt, times[0]!]]]
    )
    const sorted = (counts: Map<string, number>) => [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const each = 5_001
    assert.deepEqual(sorted(await countCasts(app.db, id, 'day')), [
      ['2026-05-01', 2 * each],
      ['2026-05-02', 2 * each]
    ])
    assert.deepEqual(sorted(await countCasts(app.db, id, 'hour')), [
      ['2026-05-01 09', each],
      ['2026-05-01 10', each],
      ['2026-05-02 10', 2 * each]
    ])
    assert.deepEqual(sorted(await countCasts(app.db, id, 'tenMinutes', '2026-05-02')), [
      ['2026-05-02 10:0', each],
      ['2026-05-02 10:1', each]
    ])
    const small = await ask(app)
    await app.ballots.cast({ question: small.id, voter: 'b:x', choices: [small.choices[0]!] })
    const counts = new Map<string, number>()
    const questions = [
      { id, voters: 20_004 },
      { id: small.id, voters: 1 }
    ]
    await countCastsOfMany(app.db, questions, '2026-05-02', counts)
    assert.deepEqual(
      sorted(counts).map(([, n]) => n),
      [2 * each, 1]
    )
  })
})
