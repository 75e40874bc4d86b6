/** Equality and voters of operations. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  browserOf,
  fingerprint,
  keysOf,
  type Operation,
  votersOf
} from '../../../app/models/voting/operation.ts'

const cast: Operation = { question: 1, voter: 'u:1', choices: [1, 2], revision: 3, receipt: 'a' }

describe('models/voting/operation', () => {
  test('a cast with another receipt is the same operation', () => {
    const again: Operation = { ...cast, receipt: 'b' }
    assert.equal(fingerprint(again), fingerprint(cast))
  })

  const others: Array<[string, Partial<Operation>]> = [
    ['question', { question: 2 }],
    ['voter', { voter: 'u:2' }],
    ['choices', { choices: [1] }],
    ['revision', { revision: 4 }],
    ['unknown revision', { revision: undefined }],
    ['browser to adopt', { adopts: 'b:1' }],
    ['adoption alone', { onlyAdopts: true }],
    ['session', { deferred: { userId: 1, epoch: 0 } }]
  ]
  for (const [what, other] of others) {
    test(`a cast with another ${what} is another operation`, () => {
      assert.notEqual(fingerprint({ ...cast, ...other }), fingerprint(cast))
    })
  }

  test('two accounts, or two epochs of one, are two operations', () => {
    const of = (userId: number, epoch: number) => fingerprint({ ...cast, deferred: { userId, epoch } })
    assert.equal(new Set([of(1, 0), of(2, 0), of(1, 1)]).size, 3)
  })

  test('two browsers to adopt are two operations', () => {
    assert.notEqual(fingerprint({ ...cast, adopts: 'b:1' }), fingerprint({ ...cast, adopts: 'b:2' }))
  })

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
