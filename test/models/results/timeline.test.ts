/** Timelines: steps that fit a plot, without gaps, with every vote. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { timelineOf } from '../../../app/models/results/timeline.ts'

describe('models/results/timeline', () => {
  test('the step is the finest with which at most 60 points reach from the first vote to the last', () => {
    for (const [first, last, step, length] of [
      ['2026-05-01 10:0', '2026-05-01 10:0', 600, 1],
      ['2026-05-01 10:0', '2026-05-01 19:5', 600, 60],
      ['2026-05-01 10:0', '2026-05-01 20:0', 3600, 11],
      ['2026-05-01 23:5', '2026-05-03 00:0', 3600, 26],
      ['2026-05-01 10:0', '2026-05-10 10:0', 21_600, 37],
      ['2026-02-27 10:0', '2026-03-30 10:0', 86_400, 32],
      ['2026-01-01 10:0', '2026-12-31 10:0', 604_800, 53],
      ['2020-01-01 10:0', '2026-12-31 10:0', 2_419_200, 92]
    ] as const) {
      const counts = new Map([[last, 2] as [string, number]])
      counts.set(first, (counts.get(first) ?? 0) + 3)
      const made = timelineOf(counts)
      assert.deepEqual([made.step, made.points.length], [step, length], `${first} to ${last}`)
      assert.equal(
        made.points.reduce((sum, { votes }) => sum + votes, 0),
        5
      )
      assert.ok(made.points[0]!.votes >= 3 && made.points.at(-1)!.votes >= 2)
    }
  })

  test('a poll without votes has no points', () => {
    assert.deepEqual(timelineOf(new Map()), { step: 600, points: [] })
  })
})
