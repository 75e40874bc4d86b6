/** Rounded percents. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { percentages } from '../../app/values/shares.ts'

describe('values/shares', () => {
  const tallies: Array<[parts: number[], whole: number, percents: number[]]> = [
    [[0, 0], 0, [0, 0]],
    [[1, 0], 1, [100, 0]],
    [[1, 1], 2, [50, 50]],
    [[2, 1], 3, [67, 33]],
    [[249, 1], 250, [99.6, 0.4]],
    [[133, 67], 200, [66.5, 33.5]],
    [[9_999, 1], 10_000, [99.9, 0.1]],
    [[999_999, 1], 1_000_000, [99.9, 0.1]],
    [[501, 499], 1_000, [50.1, 49.9]],
    [[334, 333, 333], 1_000, [33.4, 33.3, 33.3]],
    [[3, 3, 1], 7, [43, 43, 14]],
    [[149, 51], 200, [74.5, 25.5]],
    [[7, 3], 10, [70, 30]],
    [[5, 4], 5, [100, 80]],
    [[501], 1_000, [50.1]],
    [[499], 1_000, [49.9]],
    [[500], 1_000, [50]],
    [[665], 1_000, [66.5]],
    [[667], 1_000, [67]],
    [[749], 1_000, [74.9]],
    [[4], 1_000, [0.4]],
    [[996], 1_000, [99.6]],
    [[10], 1_000, [1]],
    [[990], 1_000, [99]],
    [[12_345, 1], 100_000, [12.3, 0.1]]
  ]
  for (const [parts, whole, percents] of tallies)
    test(`${parts.join(', ')} of ${whole}`, () => assert.deepEqual(percentages(parts, whole), percents))
})
