/** Which failures of a transaction are retried, and the final error. */
import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import {
  CommitUnknown,
  ConnectionLost,
  DatabaseBusy,
  DatabaseError,
  DatabaseFull,
  DatabaseRefused,
  Deadlock
} from '../../../app/db/errors.ts'
import { VoteNotConfirmed, VoteNotStored } from '../../../app/errors.ts'
import { isFaultOfOne, retry } from '../../../app/models/voting/retry.ts'

const transient = [Deadlock, ConnectionLost, CommitUnknown, DatabaseBusy]
const lasting = [DatabaseError, DatabaseFull, TypeError]

/** The time that retry() reads. It passes only where a test says so. */
let now = 0

/** Returns a function that fails with these errors in turn, then succeeds. */
function failing(...kinds: Array<new (message: string) => Error>) {
  const errors = kinds.map(kind => new kind('failed'))
  const attempts: number[] = []
  const attempt = async () => {
    attempts.push(now)
    const error = errors[attempts.length - 1]
    if (error) throw error
    return 'stored'
  }
  return { attempt, attempts, errors }
}

const later = () => now + 60_000

describe('models/voting/retry', () => {
  beforeEach(() => {
    mock.method(performance, 'now', () => now)
  })
  afterEach(() => mock.restoreAll())

  for (const kind of transient) {
    test(`${kind.name} is repeated`, async () => {
      const { attempt, attempts } = failing(kind, kind, kind)
      assert.equal(await retry(attempt, later()), 'stored')
      assert.equal(attempts.length, 4)
    })

    test(`${kind.name} is not repeated after the deadline`, async () => {
      const { attempt, attempts } = failing(kind)
      await assert.rejects(retry(attempt, now))
      assert.equal(attempts.length, 1)
    })
  }

  for (const kind of lasting)
    test(`${kind.name} is not repeated and comes as it is`, async () => {
      const { attempt, attempts, errors } = failing(kind)
      await assert.rejects(retry(attempt, later()), errors[0])
      assert.equal(attempts.length, 1)
    })

  test('after four attempts the vote is not stored', async () => {
    const { attempt, attempts, errors } = failing(Deadlock, Deadlock, Deadlock, DatabaseBusy, Deadlock)
    await assert.rejects(retry(attempt, later()), error => {
      assert.ok(error instanceof VoteNotStored)
      assert.equal(error.cause, errors[3])
      return true
    })
    assert.equal(attempts.length, 4)
  })

  for (const kinds of [
    [CommitUnknown, Deadlock, Deadlock, Deadlock],
    [Deadlock, Deadlock, Deadlock, CommitUnknown],
    [CommitUnknown, DatabaseError]
  ])
    test(`${kinds.map(({ name }) => name).join(', ')}: the vote is not confirmed`, async () => {
      const { attempt, errors } = failing(...kinds)
      await assert.rejects(retry(attempt, later()), error => {
        assert.ok(error instanceof VoteNotConfirmed)
        assert.equal(error.cause, errors.at(-1))
        return true
      })
    })

  test('an unknown COMMIT that is confirmed later is success', async () => {
    assert.equal(await retry(failing(CommitUnknown, Deadlock).attempt, later()), 'stored')
  })

  test('no attempt begins when the time for retries is over', async () => {
    const { attempt, attempts } = failing(Deadlock, Deadlock, Deadlock)
    const slow = async () => {
      now += 650
      return attempt()
    }
    await assert.rejects(retry(slow, later()), VoteNotStored)
    assert.equal(attempts.length, 1)
  })

  test('a fault of one operation is one that all would not have', () => {
    for (const kind of [...transient, DatabaseFull, DatabaseRefused]) {
      const cause = new kind('failed')
      assert.equal(isFaultOfOne(cause), false, kind.name)
      assert.equal(isFaultOfOne(new VoteNotStored({ cause })), false, kind.name)
      assert.equal(isFaultOfOne(new VoteNotConfirmed({ cause })), false, kind.name)
    }
    for (const kind of [DatabaseError, TypeError]) {
      const cause = new kind('failed')
      assert.equal(isFaultOfOne(cause), true, kind.name)
      assert.equal(isFaultOfOne(new VoteNotConfirmed({ cause })), true, kind.name)
    }
  })
})
