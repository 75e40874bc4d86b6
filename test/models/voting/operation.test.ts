/** The voters of operations. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { browserOf, keysOf, type Operation, votersOf } from '../../../app/models/voting/operation.ts'

const cast: Operation = { question: 1, voter: 'u:1', choices: [1, 2], revision: 3, receipt: 'a' }

describe('models/voting/operation', () => {
  const voters: Array<[what: string, adopts: string | null | undefined, keys: string[]]> = [
    ['no browser', undefined, ['1 u:1']],
    ['no ballot to adopt', null, ['1 u:1']],
    ['a browser', 'b:1', ['1 u:1', '1 b:1']]
  ]
  for (const [what, adopts, keys] of voters)
    test(`the voters of an operation with ${what}`, () => {
      const operation = { ...cast, adopts }
      assert.deepEqual(keysOf(operation), keys)
      assert.deepEqual(
        votersOf(operation).map(({ question, voter }) => `${question} ${voter}`),
        keys
      )
      assert.deepEqual(browserOf(operation), adopts ? { question: 1, voter: adopts } : null)
    })
})
