import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { MAX_SCORE } from '../../../../app/values/kinds.ts'
import {
  finalistsOf,
  type Histogram,
  summarizeScores
} from '../../../../app/models/results/counting/score.ts'
import { collection, hasCollection } from '../../../support/elections.ts'
import { seeded } from '../../../support/faulty.ts'

const scored = (...counts: number[]) => summarizeScores({ id: 1, counts })

/** Counts the values of each column. */
const histogramsOf = (ballots: number[][]): Histogram[] =>
  ballots[0]!.map((_, id) => ({
    id,
    counts: Array.from(
      { length: MAX_SCORE + 1 },
      (_none, value) => ballots.filter(ballot => ballot[id] === value).length
    )
  }))

describe('models/results/counting/score', () => {
  const cases: Array<
    [counts: number[], n: number, points: number, mean: number | null, median: number | null]
  > = [
    [[0, 0, 0, 0, 0, 0], 0, 0, null, null],
    [[1, 0, 0, 0, 0, 0], 1, 0, 0, 0],
    [[0, 0, 0, 0, 0, 2], 2, 10, 5, 5],
    [[1, 0, 0, 0, 0, 1], 2, 5, 2.5, 2.5],
    [[1, 1, 1, 0, 0, 0], 3, 3, 1, 1],
    [[2, 0, 0, 1, 1, 0], 4, 7, 1.75, 1.5],
    [[0, 3, 0, 0, 0, 1], 4, 8, 2, 1]
  ]
  for (const [counts, n, points, mean, median] of cases) {
    test(`the scores ${counts.join(' ')}`, () => {
      const found = scored(...counts)
      assert.deepEqual([found.n, found.points, found.mean, found.median], [n, points, mean, median])
    })
  }

  test('the spread is the standard deviation', () => {
    assert.equal(scored(1, 0, 0, 0, 0, 1).spread, 2.5)
    assert.equal(scored(0, 0, 0, 4, 0, 0).spread, 0)
  })

  test('the two with the most points meet, and none where others have as many as the second', () => {
    const points = (...list: number[]) =>
      finalistsOf(
        list.map((value, id) => ({ id, n: 1, points: value, mean: value, median: value, spread: 0 }))
      )
    assert.deepEqual(points(1, 5, 3), [1, 2])
    assert.deepEqual(points(2, 1, 2), [0, 2])
    assert.equal(points(2, 2, 2), null)
    assert.equal(points(3, 5, 3), null)
    assert.equal(points(2, 0, 0), null)
    assert.equal(points(0, 0), null)
  })

  test('equals plain arithmetic on the ballots in 10,000 random elections', () => {
    const random = seeded(5)
    for (let n = 0; n < 10_000; n++) {
      const values = Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 6))
      const sorted = values.toSorted((a, b) => a - b)
      const counts = Array.from({ length: 6 }, (_, value) => values.filter(one => one === value).length)
      const found = scored(...counts)
      const total = values.reduce((a, b) => a + b, 0)
      const mean = total / values.length
      const half = values.length / 2
      const median = half % 1 === 0 ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
      assert.deepEqual(
        [found.n, found.points, found.mean, found.median],
        [values.length, total, mean, median]
      )
      assert.ok(Math.abs(found.spread! - Math.sqrt(variance)) < 1e-9)
    }
  })

  describe('real elections', { skip: !hasCollection && 'the collection is not here' }, () => {
    const elections: Array<
      [file: string, options: number, best: [number, number], runoff: [number, number, number]]
    > = [
      ['best_akali_skins', 16, [2930, 2458], [288, 80, 301]],
      ['eurovision_song_contest_2023', 31, [22, 20], [3, 2, 1]]
    ]
    for (const [file, options, best, runoff] of elections) {
      test(file, () => {
        const text = readFileSync(join(collection, `star/starvote_ballots_${file}.csv`), 'utf8')
        const ballots = text
          .trim()
          .split('\n')
          .slice(1)
          .map(row => row.split(',').slice(-options).map(Number))
        const summaries = histogramsOf(ballots).map(summarizeScores)
        const [a, b] = finalistsOf(summaries)!
        assert.deepEqual([summaries[a]!.points, summaries[b]!.points], best)
        const prefer = (left: number, right: number) =>
          ballots.filter(ballot => ballot[left]! > ballot[right]!).length
        const [forA, forB] = [prefer(a, b), prefer(b, a)]
        assert.deepEqual([forA, forB, ballots.length - forA - forB], runoff)
      })
    }
  })
})
