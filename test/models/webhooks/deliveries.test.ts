/** The outbox of webhooks: which deliveries are claimed. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { Deliveries } from '../../../app/models/webhooks/deliveries.ts'
import { Webhooks } from '../../../app/models/webhooks/webhooks.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'

describe('models/webhooks/deliveries', () => {
  onEngines('deliveries of a disabled account wait until it is enabled', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await new Webhooks(db).create(
      { user: 1, question: null },
      { url: 'https://hooks.example.org/', events: ['poll.closed'], format: 'standard' }
    )
    const row = [id, 'poll.closed', '{}', '2026-01-01 00:00:00']
    await db.execute('INSERT INTO webhook_delivery (webhook_id, type, payload, next_time) VALUES ?', [[row]])
    await db.execute("UPDATE user SET disabled_time = '2026-01-01 00:00:00' WHERE id = 1")
    const deliveries = new Deliveries(db)
    assert.deepEqual(await deliveries.claim(20, new Set()), [])
    await db.execute('UPDATE user SET disabled_time = NULL WHERE id = 1')
    const claimed = await deliveries.claim(20, new Set())
    assert.deepEqual(
      claimed.map(({ webhook_id, attempt }) => [webhook_id, attempt]),
      [[id, 1]]
    )
  })
})
