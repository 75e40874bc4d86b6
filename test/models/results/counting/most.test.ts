import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bestAnswers, bestBy } from '../../../../app/models/results/counting/most.ts'
import { seeded } from '../../../support/faulty.ts'

const most = (...votes: number[]) =>
  bestBy(
    votes.map((count, id) => ({ id, count })),
    ({ count }) => [count]
  )

/** Each option as [yes, if need be, no]. */
const answers = (...options: Array<[number, number, number]>) =>
  bestAnswers(options.map(([yes, ifNeeded, no], id) => ({ id, counts: [no, ifNeeded, yes] })))

describe('models/results/counting/most', () => {
  test('the most votes win, equal ones together, none without a vote', () => {
    assert.deepEqual(most(1, 3, 2), [1])
    assert.deepEqual(most(3, 1, 3), [0, 2])
    assert.deepEqual(most(0, 0), [])
    assert.deepEqual(most(), [])
  })

  test('answers: most yes, then most yes and if-need-be together', () => {
    assert.deepEqual(answers([2, 0, 1], [1, 2, 0]), [0])
    assert.deepEqual(answers([2, 0, 1], [2, 1, 0]), [1])
    assert.deepEqual(answers([2, 1, 0], [2, 1, 0], [1, 2, 0]), [0, 1])
    assert.deepEqual(answers([0, 1, 2], [0, 2, 1]), [1])
    assert.deepEqual(answers([0, 0, 3], [0, 0, 3]), [])
  })

  test('equals a plain search in 10,000 random elections', () => {
    const random = seeded(6)
    const upTo = () => Math.floor(random() * 4)
    for (let n = 0; n < 10_000; n++) {
      const options = Array.from({ length: 1 + upTo() }, (): [number, number, number] => [
        upTo(),
        upTo(),
        upTo()
      ])
      const worth = options.map(([yes, ifNeeded]) => yes * 100 + yes + ifNeeded)
      const top = Math.max(...worth)
      const expected = top === 0 ? [] : worth.flatMap((value, id) => (value === top ? [id] : []))
      assert.deepEqual(answers(...options), expected)
    }
  })
})
