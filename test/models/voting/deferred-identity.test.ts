/** Detects operations of ended sessions, as tables and on the embedded database. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  deferredEpochs,
  type EpochRow,
  haveEpochs,
  hasEnded,
  selectEpochs,
  toEpochs
} from '../../../app/models/voting/deferred-identity.ts'
import { open } from '../../support/database.ts'
import { embedded } from '../../support/engines.ts'

const sessionOf = (userId: number, epoch: number) => ({ deferred: { userId, epoch } })

const ended: Array<[what: string, operation: Parameters<typeof hasEnded>[0], ended: boolean]> = [
  ['no session', {}, false],
  ['the epoch of the account', sessionOf(1, 5), false],
  ['an earlier epoch', sessionOf(1, 4), true],
  ['an account that is gone', sessionOf(2, 5), true]
]

/** Accounts 1 and 2, of which the second is disabled; the epochs of both are 5. */
async function accounts(t: Parameters<typeof open>[0]) {
  const db = await open(t, embedded)
  await db.execute('UPDATE user SET session_epoch = 5 WHERE id IN (1, 2)')
  await db.execute('UPDATE user SET session_epoch = 6 WHERE id = 3')
  await db.execute("UPDATE user SET disabled_time = '2026-01-01 00:00:00' WHERE id = 2")
  return db
}

describe('models/voting/deferred-identity', () => {
  for (const [what, operation, expected] of ended)
    test(`${what}: the session ${expected ? 'has ended' : 'lasts'}`, () =>
      assert.equal(hasEnded(operation, new Map([[1, 5]])), expected))

  test('the deferred epochs are those of the first operation of each account', () => {
    const operations = [{}, sessionOf(1, 5), sessionOf(2, 6), sessionOf(1, 4)]
    assert.deepEqual(
      [...deferredEpochs(operations)],
      [
        [1, 5],
        [2, 6]
      ]
    )
  })

  test('the query reads the epochs of active accounts only', async t => {
    const db = await accounts(t)
    const [sql, args] = selectEpochs([sessionOf(1, 0), sessionOf(2, 0), sessionOf(3, 0), sessionOf(1, 1)])!
    const epochs = toEpochs(await db.select<EpochRow>(sql, args))
    assert.deepEqual(
      [...epochs].toSorted(([a], [b]) => a - b),
      [
        [1, 5],
        [3, 6]
      ]
    )
  })

  test('one operation with a session is enough for a query', () => {
    assert.deepEqual(selectEpochs([{}, sessionOf(1, 0)])?.[1], [[1]])
  })

  test('operations without a session ask nothing', () => {
    assert.equal(selectEpochs([{}]), undefined)
  })

  test('the condition for no account has no arguments', () =>
    assert.deepEqual(haveEpochs(new Map()), ['TRUE', []]))

  const conditions: Array<[what: string, epochs: Array<[number, number]>, holds: boolean]> = [
    ['no account', [], true],
    ['the right epoch', [[1, 5]], true],
    ['another epoch', [[1, 4]], false],
    ['a disabled account', [[2, 5]], false],
    ['an account that does not exist', [[99, 5]], false],
    [
      'two right epochs',
      [
        [1, 5],
        [3, 6]
      ],
      true
    ],
    [
      'a right and a wrong epoch',
      [
        [1, 5],
        [3, 5]
      ],
      false
    ],
    [
      'epochs of each other',
      [
        [1, 6],
        [3, 5]
      ],
      false
    ]
  ]
  for (const [what, epochs, holds] of conditions)
    test(`the condition for ${what} ${holds ? 'holds' : 'does not hold'}`, async t => {
      const db = await accounts(t)
      const [condition, args] = haveEpochs(new Map(epochs))
      const row = await db.fetchone<{ id: number }>(`SELECT 1 AS id WHERE ${condition}`, args)
      assert.equal(row !== undefined, holds)
    })
})
