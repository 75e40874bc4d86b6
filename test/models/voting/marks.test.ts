/**
 * Ballots of every kind, as tables: what is refused, how they are stored, and when they are the
 * same.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { markFault, type MarkRules, type Marks, saySame, toStored } from '../../../app/models/voting/marks.ts'
import type { Kind } from '../../../app/values/kinds.ts'

const rulesOf = (kind: Kind, more: Partial<MarkRules> = {}): MarkRules => ({
  kind,
  budget: kind === 'dots' ? 10 : null,
  min_choices: 1,
  max_choices: 3,
  choices: new Set([1, 2, 3]),
  ...more
})
const answers = rulesOf('answers', { min_choices: 3 })

type Case = [what: string, rules: MarkRules, choices: number[], values: number[] | undefined, fault?: string]

const cases: Case[] = [
  ['options alone', rulesOf('multiple'), [1, 3], undefined],
  ['options with values', rulesOf('multiple'), [1, 3], [1, 2], 'noValues'],
  ['an option with a value', rulesOf('single', { max_choices: 1 }), [1], [1], 'noValues'],
  ['an option twice', rulesOf('score'), [1, 1], [1, 2], 'chooseOnce'],
  ['another poll’s option', rulesOf('score'), [4], [1], 'chooseOfThis'],
  ['every score', rulesOf('score'), [1, 2, 3], [0, 3, 5]],
  ['one score, the others blank', rulesOf('score'), [2], [0]],
  ['a score without value', rulesOf('score'), [1], undefined, 'valueEach'],
  ['fewer scores than options', rulesOf('score'), [1, 2], [5], 'valueEach'],
  ['more scores than options', rulesOf('score'), [1], [5, 4], 'valueEach'],
  ['a score too high', rulesOf('score'), [1], [6], 'valueBetween'],
  ['a negative score', rulesOf('score'), [1], [-1], 'valueBetween'],
  ['all answers', answers, [1, 2, 3], [2, 1, 0]],
  ['only no', answers, [1, 2, 3], [0, 0, 0]],
  ['a missing answer', answers, [1, 2], [2, 1], 'answerAll'],
  ['an unknown answer', answers, [1, 2, 3], [2, 1, 3], 'valueBetween'],
  ['the whole budget', rulesOf('dots'), [1, 2], [9, 1]],
  ['a part of the budget', rulesOf('dots'), [2], [1]],
  ['more than the budget', rulesOf('dots'), [1, 2], [9, 2], 'pointsAtMost'],
  ['more than the budget for one', rulesOf('dots'), [1], [11], 'valueBetween'],
  ['no point for one', rulesOf('dots'), [1, 2], [0, 3]],
  ['no point', rulesOf('dots'), [1], [0], 'pointsAtLeast'],
  ['a whole ranking', rulesOf('ranked'), [3, 1, 2], undefined],
  ['a partial ranking', rulesOf('ranked'), [3], undefined],
  ['ranks as values', rulesOf('ranked'), [1, 3], [2, 1]],
  ['a rank twice', rulesOf('ranked'), [1, 3], [1, 1], 'rankOnce'],
  ['a skipped rank', rulesOf('ranked'), [1, 3], [1, 3], 'rankSkipped'],
  ['a rank below the first', rulesOf('ranked'), [1, 3], [0, 1], 'rankSkipped'],
  ['ranks of some options', rulesOf('ranked'), [1, 3], [1], 'valueEach'],
  ['more ranks than asked for', rulesOf('ranked', { max_choices: 2 }), [1, 2, 3], undefined, 'rankAtMost'],
  ['an option ranked twice', rulesOf('ranked'), [1, 1], undefined, 'chooseOnce']
]

const stored: Array<[what: string, kind: Kind, sent: Marks, stored: Marks]> = [
  ['options in the order of the poll', 'multiple', { choices: [3, 1] }, { choices: [1, 3] }],
  [
    'values with their options',
    'score',
    { choices: [3, 1], values: [5, 0] },
    { choices: [1, 3], values: [0, 5] }
  ],
  ['a ranking as it is', 'ranked', { choices: [3, 1, 2] }, { choices: [3, 1, 2] }],
  ['ranks as an order', 'ranked', { choices: [1, 2, 3], values: [3, 1, 2] }, { choices: [2, 3, 1] }],
  ['a withdrawal', 'ranked', { choices: [] }, { choices: [] }]
]

describe('models/voting/marks', () => {
  for (const [what, rules, choices, values, fault] of cases)
    test(`${rules.kind}: ${what}: ${fault ?? 'counted'}`, () => {
      const found = markFault({ choices, values }, rules)
      assert.equal(found === undefined ? undefined : JSON.parse(found)[0], fault)
    })

  for (const [what, kind, sent, expected] of stored)
    test(`a ballot of ${kind} is stored with ${what}`, () => assert.deepEqual(toStored(sent, kind), expected))

  test('ballots say the same if options, order and values are equal', () => {
    const one = { choices: [1, 2], values: [5, 0] }
    assert.ok(saySame(one, { choices: [1, 2], values: [5, 0] }))
    assert.ok(saySame({ choices: [1] }, { choices: [1] }))
    assert.ok(!saySame(one, { choices: [1, 2], values: [5, 1] }))
    assert.ok(!saySame(one, { choices: [1, 2] }))
    assert.ok(!saySame({ choices: [1, 2] }, { choices: [2, 1] }))
    assert.ok(!saySame({ choices: [] }, { choices: [1] }))
  })
})
