/** The loop that sends what waits in an outbox. */
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { OutboxSender } from '../../app/outbox/outbox-sender.ts'

describe('outbox/outbox-sender', () => {
  test('a sweep that fails keeps no message waiting', async () => {
    const fault = new Error('refused')
    const reported: unknown[] = []
    const leased = Promise.withResolvers<void>()
    const sender = new OutboxSender({
      maxInFlight: 1,
      sweep: () => Promise.reject(fault),
      lease: async () => {
        leased.resolve()
        return []
      },
      deliver: () => assert.fail(),
      onError: error => reported.push(error)
    })
    sender.wake()
    await leased.promise
    await sender.close()
    assert.deepEqual(reported, [fault])
  })

  test('a sender that closes leases nothing more', async () => {
    const begun = Promise.withResolvers<void>()
    const swept = Promise.withResolvers<void>()
    const sender = new OutboxSender({
      maxInFlight: 1,
      sweep: async () => {
        begun.resolve()
        await swept.promise
        return true
      },
      lease: () => assert.fail(),
      deliver: () => assert.fail(),
      onError: assert.ifError
    })
    sender.wake()
    await begun.promise
    const closed = sender.close()
    swept.resolve()
    await closed
  })

  test('the end of a message makes room for the next, and sweeps no more', async () => {
    const waiting = Array.from({ length: 20 }, (_, n) => n)
    const sent: number[] = []
    const done = Promise.withResolvers<void>()
    let sweeps = 0
    const sender = new OutboxSender<number>({
      maxInFlight: 2,
      sweep: async () => {
        sweeps++
        return false
      },
      lease: async max => {
        if (sent.length === 20) done.resolve()
        return waiting.splice(0, max)
      },
      deliver: async job => void sent.push(job),
      onError: assert.ifError
    })
    sender.wake()
    await done.promise
    await sender.close()
    assert.deepEqual([sent.length, sweeps], [20, 1])
  })

  test('a sweep that has stopped at its limit goes on after the lease, without the timer', async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const steps: string[] = []
    const sender = new OutboxSender({
      maxInFlight: 1,
      sweep: async () => {
        steps.push('sweep')
        return steps.length < 5
      },
      lease: async () => {
        steps.push('lease')
        return []
      },
      deliver: () => assert.fail(),
      onError: assert.ifError
    })
    sender.wake()
    for (let round = 0; round < 6; round++) await turn()
    await sender.close()
    assert.deepEqual(steps, ['sweep', 'lease', 'sweep', 'lease', 'sweep', 'lease'])
  })

  test('the timer sweeps, also while messages end all the time', async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const calls = new EventEmitter()
    const sender = new OutboxSender<number>({
      maxInFlight: 1,
      sweep: async () => {
        calls.emit('sweep')
        return false
      },
      lease: async () => {
        calls.emit('lease')
        return [0]
      },
      deliver: () => new Promise(resolve => setImmediate(resolve)),
      onError: assert.ifError
    })
    sender.start()
    t.mock.timers.tick(5_000)
    for (let round = 0; round < 3; round++) {
      await once(calls, 'lease')
      t.mock.timers.tick(4_999)
      await once(calls, 'lease')
      const swept = once(calls, 'sweep')
      t.mock.timers.tick(1)
      await swept
    }
    await sender.close()
  })
})
