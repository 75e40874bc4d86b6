/** Rows of a sweep, of which some fail. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CommitUnknown,
  ConnectionLost,
  DatabaseBusy,
  DatabaseFull,
  DatabaseRefused,
  Deadlock
} from '../../app/db/errors.ts'
import { attemptEach } from '../../app/models/attempt-each.ts'

describe('models/attempt-each', () => {
  test('a row that fails is reported, and the others are attempted', async () => {
    const deadlock = new Deadlock('injected')
    const failures: Array<[unknown, number]> = []
    const work = async (row: number) => {
      if (row === 2) throw deadlock
      return row * 10
    }
    const results = await attemptEach([1, 2, 3], work, (error, row) => failures.push([error, row]))
    assert.deepEqual(results, [10, 30])
    assert.deepEqual(failures, [[deadlock, 2]])
  })

  for (const kind of [ConnectionLost, CommitUnknown, DatabaseRefused, DatabaseFull, DatabaseBusy])
    test(`${kind.name} ends them all`, async () => {
      const attempted: number[] = []
      const fault = new kind('injected')
      const work = async (row: number) => {
        attempted.push(row)
        if (row === 2) throw fault
      }
      await assert.rejects(attemptEach([1, 2, 3], work, assert.ifError), fault)
      assert.deepEqual(attempted, [1, 2])
    })
})
