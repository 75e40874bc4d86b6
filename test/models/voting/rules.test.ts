/**
 * The rules of voting, as a table: an operation and the locked state on the left, reply and
 * changes on the right.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Marks } from '../../../app/models/voting/marks.ts'
import type { Operation } from '../../../app/models/voting/operation.ts'
import { adopterOf, type Change } from '../../../app/models/voting/change.ts'
import type { LockedQuestion, LockedState } from '../../../app/models/voting/locked-question.ts'
import { decide, isFirstVote } from '../../../app/models/voting/rules.ts'

const now = '2026-11-27 10:00:00'
const before = '2026-11-27 09:00:00'

const question: LockedQuestion = {
  id: 1,
  kind: 'multiple',
  budget: null,
  suggested: 0,
  revision: 3,
  audience: 'link',
  privacy: 'hidden',
  min_choices: 1,
  max_choices: 2,
  max_ballots: null,
  capacities: new Map(),
  counted: { voters: 0, votes: new Map() },
  choices: new Set([1, 2, 3]),
  open: true,
  revote: true,
  delete_flag: 0,
  removed_time: null,
  now
}
const cast: Operation = { question: 1, voter: 'u:1', choices: [1], revision: 3, receipt: 'new' }

interface Case {
  what: string
  operation?: Partial<Operation>
  question?: Partial<LockedQuestion> | null
  /** Stored choices: of the account `u:1`, of the browser `b:1`. */
  own?: number[]
  browsers?: number[]
  /** The receipt of the account's ballot. */
  receipt?: string
  /** The revision that the stored ballots were cast under; 3, that of the question, by default. */
  seen?: number
  epochs?: Array<[number, number]>
  /** Ids of revoked invitations. */
  revoked?: number[]
  /** Choices and cast time of the answer, or an error code. */
  reply: [choice: number[], castTime: string | null, merged?: true] | string
  changes?: string[]
  /** The stored cast time, if it is another than now. */
  stored?: string
  /** The revision that is stored with a cast, where that is shown. */
  under?: number
}

const adopting = { adopts: 'b:1' }
const anonymous = { privacy: 'anonymous' as const }
const today = '2026-11-27 00:00:00'
const deferring = { deferred: { userId: 1, epoch: 5 } }

const cases: Case[] = [
  { what: 'a first vote is stored', reply: [[1], now], changes: ['insert u:1 1'] },
  {
    what: 'a first vote for two',
    operation: { choices: [1, 3] },
    reply: [[1, 3], now],
    changes: ['insert u:1 1,3']
  },
  { what: 'the same vote again changes nothing', own: [1], reply: [[1], before] },
  {
    what: 'the same two again change nothing',
    operation: { choices: [1, 2] },
    own: [1, 2],
    reply: [[1, 2], before]
  },
  {
    what: 'another vote replaces the first',
    own: [2],
    reply: [[1], now],
    changes: ['remove u:1 2', 'insert u:1 1']
  },
  {
    what: 'one choice more replaces the ballot',
    operation: { choices: [1, 2] },
    own: [1],
    reply: [[1, 2], now],
    changes: ['remove u:1 1', 'insert u:1 1,2']
  },
  {
    what: 'one choice less replaces the ballot',
    own: [1, 2],
    reply: [[1], now],
    changes: ['remove u:1 1,2', 'insert u:1 1']
  },
  {
    what: 'a withdrawal removes the ballot',
    operation: { choices: [] },
    own: [1, 2],
    reply: [[], null],
    changes: ['remove u:1 1,2']
  },
  { what: 'a withdrawal of nothing is success', operation: { choices: [] }, reply: [[], null] },

  {
    what: 'an anonymous vote is stored with its day',
    operation: anonymous,
    question: anonymous,
    reply: [[1], today],
    changes: ['insert u:1 1'],
    stored: today,
    under: 1
  },
  { what: 'a vote whose voter was told that names are not shown', question: anonymous, reply: '20013' },
  {
    what: 'a vote whose voter was told that names are not shown, in a poll with names',
    question: { privacy: 'public' },
    operation: { revision: undefined },
    reply: '20013'
  },
  { what: 'an anonymous key in a poll that is not anonymous', operation: anonymous, reply: '20013' },
  {
    what: 'an anonymous poll leaves the browser’s ballot under its key: it is changed there',
    operation: { ...adopting, ...anonymous },
    question: anonymous,
    browsers: [2],
    reply: [[1], today],
    changes: ['remove b:1 2', 'insert b:1 1'],
    stored: today
  },
  {
    what: 'an anonymous poll adopts nothing',
    operation: { ...adopting, onlyAdopts: true, choices: [] },
    question: anonymous,
    browsers: [2],
    reply: [[2], before]
  },
  {
    what: 'where both have voted in an anonymous poll, the account’s ballot is changed and the browser’s stays',
    operation: { ...adopting, ...anonymous },
    question: anonymous,
    own: [3],
    browsers: [2],
    reply: [[1], today],
    changes: ['remove u:1 3', 'insert u:1 1'],
    stored: today
  },
  {
    what: 'a withdrawal from an anonymous poll takes the browser’s ballot',
    operation: { ...adopting, choices: [] },
    question: anonymous,
    browsers: [2],
    reply: [[], null],
    changes: ['remove b:1 2']
  },
  { what: 'a final vote cannot be changed', question: { revote: false }, own: [2], reply: '20014' },
  {
    what: 'a final vote cannot be withdrawn',
    operation: { choices: [] },
    question: { revote: false },
    own: [2],
    reply: '20014'
  },
  { what: 'a final vote may be repeated', question: { revote: false }, own: [1], reply: [[1], before] },
  {
    what: 'the same ranking, as ranks',
    question: { kind: 'ranked' },
    operation: { choices: [2, 1], values: [2, 1] },
    own: [1, 2],
    reply: [[1, 2], before]
  },
  {
    what: 'the same ranking with a rank too many',
    question: { kind: 'ranked' },
    operation: { choices: [1, 2], values: [1, 2, 3] },
    own: [1, 2],
    reply: '20005'
  },
  {
    what: 'options in the order of the ranking, without ranks',
    question: { kind: 'ranked' },
    operation: { choices: [1, 2], values: [0, 0] },
    own: [1, 2],
    reply: '20005'
  },
  {
    what: 'a first vote is stored where votes are final',
    question: { revote: false },
    reply: [[1], now],
    changes: ['insert u:1 1']
  },

  { what: 'a closed poll takes no vote', question: { open: false }, reply: '20012' },
  { what: 'a closed poll takes no change', question: { open: false }, own: [2], reply: '20012' },
  { what: 'a closed poll confirms what stands', question: { open: false }, own: [1], reply: [[1], before] },
  {
    what: 'a closed poll keeps a vote that is withdrawn',
    operation: { choices: [] },
    question: { open: false },
    own: [1],
    reply: '20030'
  },
  {
    what: 'a closed poll has nothing to withdraw',
    operation: { choices: [] },
    question: { open: false },
    reply: [[], null]
  },
  { what: 'a removed poll confirms nothing', question: { delete_flag: 1 }, own: [1], reply: '20011' },
  { what: 'a poll that does not exist', question: null, reply: '20010' },
  { what: 'another revision was seen', operation: { revision: 2 }, reply: '20013' },
  {
    what: 'a vote is stored with the revision that its voter saw, where that lacks only an option of a voter',
    operation: { revision: 2 },
    question: { suggested: 1 },
    reply: [[1], now],
    changes: ['insert u:1 1'],
    under: 2
  },
  {
    what: 'a vote of a client that names no revision is stored with the newest',
    operation: { revision: undefined },
    question: { suggested: 1 },
    reply: [[1], now],
    changes: ['insert u:1 1'],
    under: 3
  },
  {
    what: 'another revision was seen, but the vote stands already',
    operation: { revision: 2 },
    own: [1],
    reply: [[1], before]
  },
  { what: 'a choice that the poll does not have', operation: { choices: [9] }, own: [1], reply: '20005' },
  {
    what: 'a browser in a members’ poll',
    operation: { voter: 'b:9' },
    question: { audience: 'members' },
    reply: '20006'
  },

  {
    what: 'a cast adopts and replaces the browser’s ballot',
    operation: adopting,
    browsers: [2],
    reply: [[1], now],
    changes: ['remove b:1 2', 'insert u:1 1']
  },
  {
    what: 'a cast like the browser’s ballot only renames it',
    operation: adopting,
    browsers: [1],
    reply: [[1], before],
    changes: ['rename b:1 u:1']
  },
  {
    what: 'a cast with both ballots removes both',
    operation: adopting,
    own: [3],
    browsers: [2],
    reply: [[1], now, true],
    changes: ['remove u:1 3', 'remove b:1 2', 'insert u:1 1']
  },
  {
    what: 'a repeated cast removes the browser’s ballot',
    operation: adopting,
    own: [1],
    browsers: [2],
    reply: [[1], before, true],
    changes: ['remove b:1 2']
  },
  {
    what: 'a withdrawal removes both ballots',
    operation: { ...adopting, choices: [] },
    own: [3],
    browsers: [2],
    reply: [[], null, true],
    changes: ['remove u:1 3', 'remove b:1 2']
  },
  {
    what: 'a withdrawal removes the browser’s ballot',
    operation: { ...adopting, choices: [] },
    browsers: [2],
    reply: [[], null],
    changes: ['remove b:1 2']
  },
  {
    what: 'a browser’s final ballot is adopted and not changed',
    operation: adopting,
    question: { revote: false },
    browsers: [2],
    reply: '20014',
    changes: ['rename b:1 u:1']
  },
  {
    what: 'a closed poll is not adopted from',
    operation: adopting,
    question: { open: false },
    browsers: [1],
    reply: '20012'
  },
  { what: 'a browser without a ballot', operation: adopting, reply: [[1], now], changes: ['insert u:1 1'] },
  {
    what: 'adopting alone renames the ballot',
    operation: { ...adopting, onlyAdopts: true, choices: [] },
    browsers: [2],
    reply: [[2], before],
    changes: ['rename b:1 u:1']
  },
  {
    what: 'adopting alone keeps the account’s ballot',
    operation: { ...adopting, onlyAdopts: true, choices: [] },
    own: [3],
    browsers: [2],
    reply: [[3], before, true],
    changes: ['remove b:1 2']
  },
  {
    what: 'adopting alone leaves a closed poll',
    operation: { ...adopting, onlyAdopts: true, choices: [] },
    question: { open: false },
    own: [3],
    browsers: [2],
    reply: [[3], before]
  },

  {
    what: 'an invitation in a poll for a list',
    operation: { voter: 't:1', isGuest: true, invitation: 7 },
    question: { audience: 'list' },
    reply: [[1], now],
    changes: ['insert t:1 1']
  },
  {
    what: 'an invitation in an anonymous poll repeats a final vote, which would tell what it was for',
    operation: { ...anonymous, invitation: 7 },
    question: { ...anonymous, audience: 'list', revote: false },
    own: [1],
    reply: '20014'
  },
  {
    what: 'an invitation in an anonymous poll repeats its vote after an edit',
    operation: { ...anonymous, invitation: 7, revision: 1 },
    question: { ...anonymous, audience: 'list' },
    own: [1],
    reply: '20013'
  },
  {
    what: 'an account without an invitation in a poll for a list',
    question: { audience: 'list' },
    reply: '20150'
  },
  {
    what: 'an invitation that was revoked while the vote was under way',
    operation: { voter: 't:1', isGuest: true, invitation: 7 },
    question: { audience: 'list' },
    revoked: [7],
    reply: '20151'
  },
  {
    what: 'an invitation in a poll that is for any browser since',
    operation: { voter: 't:1', isGuest: true, invitation: 7 },
    reply: '20013'
  },

  {
    what: 'a session that lasts',
    operation: deferring,
    epochs: [[1, 5]],
    reply: [[1], now],
    changes: ['insert u:1 1']
  },
  {
    what: 'a session of an earlier epoch',
    operation: deferring,
    epochs: [[1, 6]],
    own: [2],
    reply: '20006'
  },
  { what: 'a session of an account that is gone', operation: deferring, reply: '20006' },
  {
    what: 'a session that has ended learns nothing of the poll',
    operation: deferring,
    question: { delete_flag: 1 },
    reply: '20006'
  },
  {
    what: 'a session that ended after an attempt had counted the vote',
    operation: deferring,
    own: [1],
    receipt: 'new',
    reply: [[1], before]
  },

  {
    what: 'the same vote after an edit that the voter has seen is kept, and noted as such',
    own: [1],
    seen: 2,
    reply: [[1], before],
    changes: ['keep u:1 of revision 3']
  },
  {
    what: 'the browser’s vote is kept after an edit as it is adopted',
    operation: adopting,
    browsers: [1],
    seen: 2,
    reply: [[1], before],
    changes: ['rename b:1 u:1', 'keep u:1 of revision 3']
  },
  {
    what: 'adopting alone does not note that the vote is kept',
    operation: { ...adopting, onlyAdopts: true, choices: [], revision: undefined },
    browsers: [2],
    seen: 2,
    reply: [[2], before],
    changes: ['rename b:1 u:1']
  },
  {
    what: 'a final vote is kept after an edit',
    own: [1],
    seen: 2,
    question: { revote: false },
    reply: [[1], before],
    changes: ['keep u:1 of revision 3']
  },
  {
    what: 'a vote for an option that was retired is kept',
    operation: { choices: [7] },
    own: [7],
    seen: 1,
    reply: [[7], before],
    changes: ['keep u:1 of revision 3']
  },
  {
    what: 'the browser’s vote for an option that was retired is kept as it is adopted',
    operation: { ...adopting, choices: [7] },
    browsers: [7],
    seen: 1,
    reply: [[7], before],
    changes: ['rename b:1 u:1', 'keep u:1 of revision 3']
  },
  {
    what: 'the browser’s final vote for an option that was retired is kept as it is adopted',
    operation: { ...adopting, choices: [7] },
    question: { revote: false },
    browsers: [7],
    seen: 1,
    reply: [[7], before],
    changes: ['rename b:1 u:1', 'keep u:1 of revision 3']
  },
  {
    what: 'another vote for an option that was retired adopts nothing',
    operation: { ...adopting, choices: [7] },
    browsers: [1],
    reply: '20005'
  },
  {
    what: 'the browser’s vote, repeated by a client that has not seen the edit',
    operation: { ...adopting, revision: 2 },
    browsers: [1],
    seen: 2,
    reply: [[1], before],
    changes: ['rename b:1 u:1']
  },
  {
    what: 'the same vote of a client that has not seen the edit changes nothing',
    operation: { revision: 2 },
    own: [1],
    seen: 2,
    reply: [[1], before]
  },
  {
    what: 'the same vote of a client that names no revision changes nothing',
    operation: { revision: undefined },
    own: [1],
    seen: 2,
    reply: [[1], before]
  },
  {
    what: 'a vote in a closed poll is not noted as kept',
    own: [1],
    seen: 2,
    question: { open: false },
    reply: [[1], before]
  }
]

const ballot = (choice: number[], receipt: string, revision = 3) => ({
  question_id: 1,
  choice,
  cast_time: before,
  revision,
  receipt
})

function stateOf({
  question: changed = {},
  own,
  browsers,
  receipt = 'old',
  seen,
  epochs = [],
  revoked = []
}: Case): LockedState {
  return {
    questions: new Map(changed === null ? [] : [[1, { ...question, ...changed }]]),
    ballots: new Map([
      ...(own ? [['1 u:1', ballot(own, receipt, seen)] as const] : []),
      ...(browsers ? [['1 b:1', ballot(browsers, 'browser', seen)] as const] : [])
    ]),
    epochs: new Map(epochs),
    revoked: new Set(revoked)
  }
}

const describeMarks = ({ choices, values }: Marks) =>
  choices.map((id, n) => (values ? `${id}=${values[n]}` : id)).join()

function describeChange(change: Change) {
  const what =
    change.type === 'rename'
      ? change.to
      : change.type === 'keep'
        ? `of revision ${change.revision}`
        : describeMarks(change.marks)
  return `${change.type} ${change.voter.voter} ${what}`
}

describe('models/voting/rules: decide', () => {
  for (const one of cases) {
    test(one.what, () => {
      const operation = { ...cast, ...one.operation }
      const [decision] = decide([operation], stateOf(one))
      const { reply, changes } = decision!
      if (typeof one.reply === 'string') assert.equal((reply as { code?: string }).code, one.reply)
      else {
        const [choice, cast_time, merged] = one.reply
        const expected = { question_id: 1, choice, cast_time, ...(merged && { browser_vote_removed: true }) }
        assert.deepEqual(reply, expected)
      }
      assert.deepEqual(changes.map(describeChange), one.changes ?? [])
      for (const change of changes) {
        assert.equal(change.voter.question, 1)
        if (change.type !== 'insert') continue
        assert.equal(change.receipt, 'new')
        assert.equal(change.castTime, one.stored ?? now)
        if (one.under !== undefined) assert.equal(change.revision, one.under)
      }
    })
  }

  test('the answer to an account that adopts a ballot has no name of a guest, as the stored ballot has none', () => {
    const privacy = 'public' as const
    for (const asked of [{}, { choices: [], onlyAdopts: true }]) {
      const operation = { ...cast, ...adopting, privacy, ...asked }
      const state = stateOf({ what: '', question: { privacy }, reply: '' })
      const named = new Map([['1 b:1', { ...ballot([1], 'browser'), name: 'Guesty' }]])
      const [decision] = decide([operation], { ...state, ballots: named })
      assert.deepEqual(decision!.reply, { question_id: 1, choice: [1], cast_time: before })
      assert.deepEqual(decision!.changes.map(describeChange), ['rename b:1 u:1'])
    }
  })

  for (const [revote, adopter] of [
    [true, 'u:1'],
    [false, undefined]
  ] as const)
    test(`suggestions of a removed ballot ${revote ? 'join the account’s' : 'do not join a final one'}`, () => {
      for (const asked of [{}, { choices: [], onlyAdopts: true }]) {
        const state = stateOf({ what: '', question: { revote }, own: [1], browsers: [2], reply: '' })
        const [decision] = decide([{ ...cast, ...adopting, ...asked }], state)
        assert.deepEqual(decision!.changes.map(describeChange), ['remove b:1 2'])
        assert.deepEqual(decision!.changes.map(adopterOf), [adopter])
      }
    })

  test('each operation of a batch is decided separately', () => {
    const casts = [cast, { ...cast, voter: 'u:2', choices: [9] }, { ...cast, voter: 'u:3', choices: [] }]
    const decisions = decide(casts, stateOf({ what: '', reply: '' }))
    assert.deepEqual(
      decisions.map(({ changes }) => changes.map(describeChange)),
      [['insert u:1 1'], [], []]
    )
    assert.deepEqual(decisions.map(isFirstVote), [true, false, false])
  })

  test('a vote that replaces another is not a first vote', () => {
    const [replaced] = decide([cast], stateOf({ what: '', own: [2], reply: '' }))
    const [removed] = decide([{ ...cast, choices: [] }], stateOf({ what: '', own: [2], reply: '' }))
    assert.deepEqual(
      [replaced, removed].map(one => isFirstVote(one!)),
      [false, false]
    )
  })
})
