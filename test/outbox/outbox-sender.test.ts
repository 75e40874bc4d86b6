/** The loop that sends what waits in an outbox. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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
      sweep: () => {
        begun.resolve()
        return swept.promise
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
})
