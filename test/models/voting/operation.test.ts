/** The voters, targets and answers of operations. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { VoteFinal } from '../../../app/errors.ts'
import type { Ballot } from '../../../app/models/voting/ballot.ts'
import {
  answer,
  browserOf,
  keysOf,
  noteTargets,
  type Operation,
  targetOf,
  unadopted,
  votersOf,
  type Waiting
} from '../../../app/models/voting/operation.ts'

const cast: Operation = { question: 1, voter: 'u:1', choices: [1, 2], revision: 3, receipt: 'a' }

/** Returns an operation as it waits in the ballot box, and the promise of its client. */
function waitingFor(operation: Operation) {
  const { promise, resolve, reject } = Promise.withResolvers<Ballot>()
  const { receipt: _receipt, ...asked } = operation
  const rest = { asked, keys: keysOf(operation), since: 0, isAnswered: false }
  const waiting: Waiting = { ...operation, ...rest, promise, resolve, reject }
  return { waiting, promise }
}

describe('models/voting/operation', () => {
  const voters: Array<[what: string, adopts: string | null | undefined, keys: string[]]> = [
    ['no browser', undefined, ['1 u:1']],
    ['no ballot to adopt', null, ['1 u:1']],
    ['a browser', 'b:1', ['1 u:1', '1 b:1']]
  ]
  for (const [what, adopts, keys] of voters)
    test(`the voters of an operation with ${what}`, () => {
      const operation = { ...cast, adopts }
      assert.deepEqual(keysOf(operation), keys)
      assert.deepEqual(
        votersOf(operation).map(({ question, voter }) => `${question} ${voter}`),
        keys
      )
      assert.deepEqual(browserOf(operation), adopts ? { question: 1, voter: adopts } : null)
    })

  const targets: Array<[what: string, adopts: string | null, ballots: string[], target: string]> = [
    ['without a browser', null, ['1 b:1'], 'u:1'],
    ['of a browser without a ballot', 'b:1', [], 'u:1'],
    ['of a browser with the only ballot', 'b:1', ['1 b:1'], 'b:1'],
    ['of an account that has a ballot, too', 'b:1', ['1 b:1', '1 u:1'], 'u:1']
  ]
  for (const [what, adopts, keys, target] of targets)
    test(`the target of an operation ${what}`, () => {
      const operation = { ...cast, adopts }
      const ballots = new Map(keys.map(key => [key, true]))
      assert.equal(targetOf(operation, ballots), target)
      const decided = adopts ? { ...operation, voter: target, adopts: null } : operation
      assert.deepEqual(unadopted(operation, ballots), decided)
      const waiting = [waitingFor(operation).waiting]
      noteTargets(waiting, ballots)
      assert.equal(waiting[0]!.target, target)
      noteTargets(waiting, new Map())
      assert.equal(waiting[0]!.target, target, 'the first attempt has found it')
      assert.equal(unadopted(waiting[0]!, new Map()).voter, target)
    })

  test('a client gets the ballot or the error of its operation', async () => {
    const ballot: Ballot = { question_id: 1, choice: [1], revision: 3, cast_time: '2026-01-01 12:00:00' }
    const counted = waitingFor(cast)
    answer(counted.waiting, ballot)
    assert.equal(await counted.promise, ballot)
    const refused = waitingFor(cast)
    const error = new VoteFinal()
    answer(refused.waiting, error)
    await assert.rejects(refused.promise, error)
    assert.deepEqual([counted.waiting.isAnswered, refused.waiting.isAnswered], [true, true])
  })
})
