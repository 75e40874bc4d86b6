/** What refuses an operation, as tables. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AppError } from '../../../app/app-error.ts'
import { messageKey } from '../../../app/i18n/messages.ts'
import type { Operation } from '../../../app/models/voting/operation.ts'
import { admissionError, refusal, voterError } from '../../../app/models/voting/refusal.ts'

const members = {
  id: 1,
  suggested: 0,
  revision: 3,
  kind: 'multiple' as const,
  budget: null,
  audience: 'members' as const,
  privacy: 'hidden' as const,
  min_choices: 1,
  max_choices: 2,
  choices: new Set([1, 2, 3]),
  open: true,
  delete_flag: 0,
  removed_time: null
}
const memberCast = { question: 1, voter: 'u:1', choices: [1], revision: 3, receipt: 'a' }

const refusals: Array<
  [what: string, operation: object, state: object, code: string | undefined, fault?: string]
> = [
  ['an account votes in an open poll', {}, {}, undefined],
  ['the voter saw no revision', { revision: undefined }, {}, undefined],
  ['a browser votes by link', { voter: 'b:1' }, { audience: 'link' }, undefined],
  ['a browser votes among members', { voter: 'b:1' }, {}, '20006'],
  [
    'a guest votes among members anonymously',
    { voter: 'a:1', isGuest: true, privacy: 'anonymous' },
    { privacy: 'anonymous' },
    '20006'
  ],
  ['an account votes anonymously', { privacy: 'anonymous' }, { privacy: 'anonymous' }, undefined],
  ['the voter was told that no name is shown', { revision: undefined }, { privacy: 'public' }, '20013'],
  ['the poll is closed', {}, { open: false }, '20012'],
  ['a withdrawal from a closed poll', { choices: [] }, { open: false }, '20030'],
  ['a withdrawal from an open poll', { choices: [] }, {}, undefined],
  ['the voter saw another revision', { revision: 2 }, {}, '20013'],
  ['a withdrawal names no revision', { choices: [], revision: 2 }, {}, undefined],
  ['the most choices', { choices: [1, 2] }, {}, undefined],
  ['one choice too many', { choices: [1, 2, 3] }, {}, '20005', messageKey('chooseAtMost', 2)],
  ['two choices for one', { choices: [1, 2] }, { max_choices: 1 }, '20005', messageKey('chooseOne')],
  ['a form without an option of a voter', { revision: 2 }, { suggested: 1 }, undefined],
  ['a form without two options of voters', { revision: 1 }, { suggested: 1 }, '20013'],
  ['one choice too few', {}, { min_choices: 2 }, '20005', messageKey('chooseAtLeast', 2)],
  ['a choice twice', { choices: [1, 1] }, {}, '20005', messageKey('chooseOnce')],
  ['a choice of another poll', { choices: [4] }, {}, '20005', messageKey('chooseOfThis')],
  ['one of two choices of another poll', { choices: [1, 4] }, {}, '20005', messageKey('chooseOfThis')],
  ['too many choices, one of another poll', { choices: [1, 2, 4] }, {}, '20005', messageKey('chooseOfThis')]
]

describe('models/voting/refusal', () => {
  for (const [what, operation, state, code, choice] of refusals) {
    test(`${what}: ${code ?? 'counted'}`, () => {
      const error = refusal({ ...memberCast, ...operation }, { ...members, ...state }) as
        | Pick<AppError, 'code' | 'fields'>
        | undefined
      assert.equal(error?.code, code)
      assert.deepEqual(error?.fields, choice && { choice })
    })
  }

  test('what a vote is for does not matter to its admission', () => {
    for (const choices of [[], [1], [9], [1, 2, 3]])
      assert.equal(admissionError({ ...memberCast, choices }, members), undefined)
    for (const state of [{ open: false }, { privacy: 'public' as const }, { delete_flag: 1 }])
      assert.ok(admissionError({ ...memberCast, choices: [] }, { ...members, ...state }))
  })

  const voters: Array<[what: string, operation: Partial<Operation>, code: string | undefined]> = [
    ['a guest', {}, undefined],
    ['a session that lasts', { deferred: { userId: 1, epoch: 5 } }, undefined],
    ['a session that has ended', { deferred: { userId: 1, epoch: 4 } }, '20006'],
    ['an invitation', { invitation: 7 }, undefined],
    ['a revoked invitation', { invitation: 8 }, '20151']
  ]
  for (const [what, operation, code] of voters)
    test(`the voter of ${what}: ${code ?? 'may vote'}`, () => {
      const state = { epochs: new Map([[1, 5]]), revoked: new Set([8]) }
      const error = voterError({ ...memberCast, ...operation }, state) as AppError | undefined
      assert.equal(error?.code, code)
    })
})
