/** Keys of voters in questions. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyFor, toBallot } from '../../../app/models/voting/ballot.ts'
import { noBallot } from '../../../app/values/ballot.ts'

describe('models/voting/ballot', () => {
  test('a key names the question and the voter', () => {
    const keys = [
      keyFor({ question: 1, voter: 'u:1' }),
      keyFor({ question: 1, voter: 'u:2' }),
      keyFor({ question: 2, voter: 'u:1' }),
      keyFor({ question: 11, voter: ':1' })
    ]
    assert.equal(new Set(keys).size, 4)
    assert.equal(keys[0], '1 u:1')
  })

  test('what is told of a stored ballot has neither its receipt nor its revision', () => {
    const told = { question_id: 1, choice: [1, 2], cast_time: '2026-11-27 10:00:00' }
    for (const more of [{}, { value: [3, 4] }, { name: 'Ann' }]) {
      const stored = { ...told, ...more, revision: 3, receipt: 'a' }
      assert.deepEqual(toBallot(stored), { ...told, ...more })
    }
  })

  test('a voter without a vote has no choices', () => {
    assert.deepEqual(noBallot(1), { question_id: 1, choice: [], cast_time: null })
  })
})
