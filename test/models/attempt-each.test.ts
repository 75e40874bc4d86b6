/** Rows of a sweep, of which some fail. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConnectionLost, Deadlock } from '../../app/db/errors.ts'
import { attemptEach } from '../../app/models/attempt-each.ts'

describe('models/attempt-each', () => {
  test('a row that fails is reported, and the others are attempted; a lost connection ends them', async () => {
    const attempted: number[] = []
    const failures: Array<[unknown, number]> = []
    const [deadlock, lost] = [new Deadlock('injected'), new ConnectionLost('injected')]
    const work = async (row: number) => {
      attempted.push(row)
      if (row === 2) throw deadlock
      if (row === 4) throw lost
    }
    const sweep = attemptEach([1, 2, 3, 4, 5], work, (error, row) => failures.push([error, row]))
    await assert.rejects(sweep, lost)
    assert.deepEqual(attempted, [1, 2, 3, 4])
    assert.deepEqual(failures, [[deadlock, 2]])
  })
})
