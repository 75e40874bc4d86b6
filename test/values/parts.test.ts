import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inParts } from '../../app/values/parts.ts'

const cases: Array<[what: string, list: number[], parts: number[][]]> = [
  ['nothing', [], []],
  ['less than a part', [1], [[1]]],
  ['a whole part', [1, 2], [[1, 2]]],
  ['one more', [1, 2, 3], [[1, 2], [3]]]
]

describe('values/parts', () => {
  for (const [what, list, parts] of cases)
    test(`${what} is divided in parts of two`, () => assert.deepEqual(inParts(list, 2), parts))
})
