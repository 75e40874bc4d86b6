/** Keys of voters in questions. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyFor } from '../../../app/models/voting/ballot.ts'

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
})
