/** Changes of counters by ballots, as tables and on the embedded database. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Change } from '../../../app/models/voting/rules.ts'
import { countVoters, countVotes, sumUp } from '../../../app/models/voting/tally-changes.ts'
import { open } from '../../support/database.ts'
import { embedded } from '../../support/engines.ts'

const insert = (question: number, ...choices: number[]): Change => ({
  kind: 'insert',
  voter: { question, voter: 'u:1' },
  choices,
  receipt: 'a',
  castTime: '2026-01-01 00:00:00'
})
const remove = (question: number, ...choices: number[]): Change => ({
  kind: 'remove',
  voter: { question, voter: 'u:1' },
  choices
})
const rename: Change = { kind: 'rename', voter: { question: 1, voter: 'b:1' }, to: 'u:1' }

type Counts = Array<[number, number]>
const sums: Array<[what: string, changes: Change[], votes: Counts, voters: Counts]> = [
  ['nothing', [], [], []],
  ['a vote', [insert(1, 2)], [[2, 1]], [[1, 1]]],
  [
    'a vote for two',
    [insert(1, 3, 2)],
    [
      [2, 1],
      [3, 1]
    ],
    [[1, 1]]
  ],
  ['two votes', [insert(1, 2), insert(1, 2)], [[2, 2]], [[1, 2]]],
  [
    'a withdrawal',
    [remove(1, 2, 3)],
    [
      [2, -1],
      [3, -1]
    ],
    [[1, -1]]
  ],
  [
    'a change',
    [remove(1, 2), insert(1, 3)],
    [
      [2, -1],
      [3, 1]
    ],
    [[1, 0]]
  ],
  ['a change to the same', [remove(1, 2), insert(1, 2)], [], [[1, 0]]],
  ['an adoption', [rename], [], []],
  [
    'votes in two questions, in the order of the ids',
    [insert(2, 30), insert(1, 4)],
    [
      [4, 1],
      [30, 1]
    ],
    [
      [1, 1],
      [2, 1]
    ]
  ]
]

describe('models/voting/tally-changes', () => {
  for (const [what, changes, votes, voters] of sums)
    test(`the sum of ${what}`, () => assert.deepEqual(sumUp(changes), { votes, voters }))

  const counts: Array<[what: string, counts: Counts]> = [
    [
      'of equal counts',
      [
        [1, 2],
        [2, 2]
      ]
    ],
    [
      'of different counts',
      [
        [1, 2],
        [2, -1]
      ]
    ],
    ['of one', [[2, 1]]]
  ]
  for (const [what, changed] of counts)
    test(`the statements ${what} change these counters and no others`, async t => {
      const db = await open(t, embedded)
      const choices = () =>
        db.select<{ id: number; votes: number }>('SELECT id, votes FROM choice ORDER BY id')
      const questions = () =>
        db.select<{ id: number; voters: number; tally_version: number }>(
          'SELECT id, voters, tally_version FROM question ORDER BY id'
        )
      await db.execute('UPDATE choice SET votes = 10')
      await db.execute('UPDATE question SET voters = 10, tally_version = 20')
      await db.execute(...countVotes(changed))
      await db.execute(...countVoters(changed))
      const by = new Map(changed)
      for (const { id, votes } of await choices()) assert.equal(votes, 10 + (by.get(id) ?? 0), `choice ${id}`)
      for (const { id, voters, tally_version } of await questions()) {
        assert.equal(voters, 10 + (by.get(id) ?? 0), `question ${id}`)
        assert.equal(tally_version, by.has(id) ? 21 : 20, `question ${id}`)
      }
    })
})
