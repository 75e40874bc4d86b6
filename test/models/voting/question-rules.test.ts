/** What a question allows, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusal } from '../../../app/models/voting/question-rules.ts'

const question = {
  id: 1,
  revision: 3,
  audience: 'members' as const,
  min_choices: 1,
  max_choices: 2,
  choices: new Set([1, 2, 3]),
  open: true,
  delete_flag: 0,
  removed_time: null
}
const cast = { question: 1, voter: 'u:1', choices: [1], revision: 3, receipt: 'a' }

const cases: Array<[string, object, object, string | undefined]> = [
  ['an account votes in an open poll', {}, {}, undefined],
  ['the voter saw no revision', { revision: undefined }, {}, undefined],
  ['a browser votes by link', { voter: 'b:1' }, { audience: 'link' }, undefined],
  ['a browser votes among members', { voter: 'b:1' }, {}, '20006'],
  ['the poll is closed', {}, { open: false }, '20012'],
  ['a withdrawal from a closed poll', { choices: [] }, { open: false }, '20030'],
  ['a withdrawal from an open poll', { choices: [] }, {}, undefined],
  ['the voter saw another revision', { revision: 2 }, {}, '20013'],
  ['a withdrawal names no revision', { choices: [], revision: 2 }, {}, undefined],
  ['the most choices', { choices: [1, 2] }, {}, undefined],
  ['one choice too many', { choices: [1, 2, 3] }, {}, '20005'],
  ['one choice too few', {}, { min_choices: 2 }, '20005'],
  ['a choice twice', { choices: [1, 1] }, {}, '20005'],
  ['a choice of another poll', { choices: [4] }, {}, '20005']
]

describe('models/voting/question-rules', () => {
  for (const [what, operation, state, code] of cases) {
    test(`${what}: ${code ?? 'counted'}`, () => {
      const error = refusal({ ...cast, ...operation }, { ...question, ...state }) as
        | { code?: string }
        | undefined
      assert.equal(error?.code, code)
    })
  }

  test('a question that is not there is not found', () => {
    assert.equal((refusal(cast, undefined) as { code?: string }).code, '20010')
  })
})
