/** Changes of counters by ballots, as tables and on the embedded database. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Kind } from '../../../app/values/kinds.ts'
import type { Change } from '../../../app/models/voting/change.ts'
import { countItems, countVoters, countVotes, sumUp } from '../../../app/models/voting/tally-changes.ts'
import { open } from '../../support/database.ts'
import { embedded, onEngines } from '../../support/engines.ts'

const insert = (question: number, ...choices: number[]): Change => ({
  type: 'insert',
  voter: { question, voter: 'u:1' },
  marks: { choices },
  kind: 'multiple',
  privacy: 'hidden',
  revision: 1,
  receipt: 'a',
  castTime: '2026-01-01 00:00:00'
})
const remove = (question: number, ...choices: number[]): Change => ({
  type: 'remove',
  voter: { question, voter: 'u:1' },
  marks: { choices },
  kind: 'multiple'
})
const rename: Change = { type: 'rename', voter: { question: 1, voter: 'b:1' }, to: 'u:1' }

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

/** A ballot of a poll of this kind that is stored or taken away. */
function marked(type: 'insert' | 'remove', kind: Kind, choices: number[], values?: number[]): Change {
  const ballot = { voter: { question: 1, voter: 'u:1' }, marks: { choices, values }, kind }
  return type === 'remove'
    ? { type, ...ballot }
    : { type, ...ballot, privacy: 'hidden', revision: 1, receipt: 'a', castTime: '' }
}

const itemCases: Array<[what: string, changes: Change[], items: Array<[item: string, by: number]>]> = [
  [
    'a scored ballot',
    [marked('insert', 'score', [2, 3], [5, 0])],
    [
      ['2=5', 1],
      ['3=0', 1]
    ]
  ],
  [
    'two equal scores',
    [marked('insert', 'score', [2], [5]), marked('insert', 'score', [2], [5])],
    [['2=5', 2]]
  ],
  [
    'a changed answer',
    [marked('remove', 'answers', [2, 3], [2, 1]), marked('insert', 'answers', [2, 3], [2, 0])],
    [
      ['3=1', -1],
      ['3=0', 1]
    ]
  ],
  ['withdrawn points', [marked('remove', 'dots', [2], [7])], [['2=7', -1]]],
  ['a ranking', [marked('insert', 'ranked', [9, 2, 5])], [['>9>2>5', 1]]],
  [
    'a changed ranking',
    [marked('remove', 'ranked', [9, 2]), marked('insert', 'ranked', [2, 9])],
    [
      ['>9>2', -1],
      ['>2>9', 1]
    ]
  ],
  ['the same ranking again', [marked('remove', 'ranked', [9]), marked('insert', 'ranked', [9])], []]
]

describe('models/voting/tally-changes', () => {
  for (const [what, changes, items] of itemCases)
    test(`the items of ${what}`, () =>
      assert.deepEqual(
        sumUp(changes).items,
        items.map(([item, by]) => ({ question: 1, item, by }))
      ))

  onEngines('counters of items are added, subtracted, and deleted where none is left', async (t, engine) => {
    const db = await open(t, engine)
    const count = async (...items: Array<[question: number, item: string, by: number]>) => {
      const counts = items.map(([question, item, by]) => ({ question, item, by }))
      await db.transaction(async tx => {
        for (const statement of countItems(counts, db.dialect)) tx.beforeCommit(...statement)
      })
      const rows = await db.select<{ item: string; votes: number }>(
        'SELECT item, votes FROM tally ORDER BY question_id, item'
      )
      return rows.map(({ item, votes }) => `${item} ${votes}`)
    }
    assert.deepEqual(await count(), [])
    assert.deepEqual(await count([1, '2=5', 3], [1, '2=4', 1]), ['2=4 1', '2=5 3'])
    assert.deepEqual(await count([1, '2=5', -2], [1, '2=4', -1], [2, '>2', 1]), ['2=5 1', '>2 1'])
    const many = Array.from({ length: 1_200 }, (_, n): [number, string, number] => [3, `>${n}`, 1])
    assert.equal((await count(...many)).length, 1_202)
    const gone = many.map(([question, item]): [number, string, number] => [question, item, -1])
    assert.deepEqual(await count(...gone), ['2=5 1', '>2 1'])
  })

  for (const [what, changes, votes, voters] of sums)
    test(`the sum of ${what}`, () => assert.deepEqual(sumUp(changes), { votes, voters, items: [] }))

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
      for (const statement of countVotes(changed)) await db.execute(...statement)
      await db.execute(...countVoters(changed))
      const by = new Map(changed)
      for (const { id, votes } of await choices()) assert.equal(votes, 10 + (by.get(id) ?? 0), `choice ${id}`)
      for (const { id, voters, tally_version } of await questions()) {
        assert.equal(voters, 10 + (by.get(id) ?? 0), `question ${id}`)
        assert.equal(tally_version, by.has(id) ? 21 : 20, `question ${id}`)
      }
    })

  test('25,000 counters, more than SQLite has arguments for, are changed once each', async t => {
    const db = await open(t, embedded)
    const many = Array.from({ length: 25_000 }, (_, n) => n + 1)
    await db.execute('UPDATE choice SET votes = 0')
    const items = (by: number) => many.map(n => ({ question: 1, item: `${n}=1`, by }))
    for (const by of [2, -1])
      for (const statement of [...countVotes(many.map(id => [id, id])), ...countItems(items(by), db.dialect)])
        await db.execute(...statement)
    const [wrong, right] = [
      'SELECT id FROM choice WHERE votes <> 2 * id',
      'SELECT item FROM tally WHERE votes = 1'
    ]
    assert.deepEqual([(await db.select(wrong)).length, (await db.select(right)).length], [0, many.length])
  })
})
