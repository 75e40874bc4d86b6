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
})
