/** The outbox of webhooks: which deliveries are leased. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Database } from '../../../app/db/database.ts'
import { Deliveries, type Delivery } from '../../../app/models/webhooks/deliveries.ts'
import { Webhooks } from '../../../app/models/webhooks/webhooks.ts'
import { randomText } from '../../../app/values/random-text.ts'
import { open } from '../../support/database.ts'
import { onEngines } from '../../support/engines.ts'

/** Makes a webhook of all polls of an account. The same one made again would be a repeat. */
async function hook(db: Database, user: number): Promise<number> {
  const url = `https://hooks.example.org/${randomText()}`
  const { id } = await new Webhooks(db).create(
    { user, question: null },
    { url, events: ['poll.closed'], format: 'standard' }
  )
  return id
}

/** Stores a delivery of each of the webhooks, due at `time`. */
async function wait(db: Database, hooks: readonly number[], time: string) {
  const rows = hooks.map(id => [id, 'poll.closed', '{}', time])
  await db.execute('INSERT INTO webhook_delivery (webhook_id, type, payload, next_time) VALUES ?', [rows])
}

describe('models/webhooks/deliveries', () => {
  onEngines('deliveries of a disabled account wait until it is enabled', async (t, engine) => {
    const db = await open(t, engine)
    const id = await hook(db, 1)
    await wait(db, [id], '2026-01-01 00:00:00')
    await db.execute("UPDATE user SET disabled_time = '2026-01-01 00:00:00' WHERE id = 1")
    const deliveries = new Deliveries(db)
    assert.deepEqual(await deliveries.lease(20, []), [])
    await db.execute('UPDATE user SET disabled_time = NULL WHERE id = 1')
    const leased = await deliveries.lease(20, [])
    assert.deepEqual(
      leased.map(({ webhook_id, attempt }) => [webhook_id, attempt]),
      [[id, 1]]
    )
  })

  onEngines('an account gets few of the places, those after accounts with less', async (t, engine) => {
    const db = await open(t, engine)
    const many: number[] = []
    for (let n = 0; n < 8; n++) many.push(await hook(db, 1))
    const few = [await hook(db, 2), await hook(db, 2)]
    await wait(db, many, '2026-01-01 00:00:00')
    await wait(db, few, '2026-01-01 00:00:01')
    const deliveries = new Deliveries(db)
    const ownersOf = (leased: Delivery[]) => leased.map(({ user_id }) => user_id)
    const leased = await deliveries.lease(20, [])
    assert.deepEqual(ownersOf(leased), [1, 2, 1, 2, 1, 1, 1])
    assert.deepEqual(await deliveries.lease(20, leased), [])
    const [, ...others] = leased // the first has ended
    await wait(db, [...few, ...many], '2026-01-01 00:00:02')
    assert.deepEqual(
      ownersOf(await deliveries.lease(20, others)),
      [1],
      'one webhook of the first account is free'
    )
    await db.execute('UPDATE webhook_delivery SET attempt = 0, next_time = ?', ['2026-01-01 00:00:00'])
    const slow = many.slice(0, 4).map(id => ({ webhook_id: id, user_id: 1 }))
    assert.deepEqual(ownersOf(await deliveries.lease(2, slow)), [2, 2])
  })

  onEngines('a late failure leaves a webhook alone that was enabled again', async (t, engine) => {
    const db = await open(t, engine)
    const [subject, id] = [{ user: 1, question: null }, await hook(db, 1)]
    await wait(db, [id], '2026-01-01 00:00:00')
    const deliveries = new Deliveries(db)
    const [slow] = await deliveries.lease(20, [])
    await db.execute('UPDATE webhook_delivery SET next_time = ?', ['2026-01-01 00:00:00']) // the lease ends
    const [second] = await deliveries.lease(20, [])
    assert.equal(await deliveries.fail(slow!, 'HTTP 410', true), false)
    assert.equal(await deliveries.fail(second!, 'HTTP 410', true), true)
    const webhooks = new Webhooks(db)
    await webhooks.enable(subject, id)
    await wait(db, [id], '2026-01-01 00:00:00')
    assert.equal(await deliveries.fail(slow!, 'HTTP 410', true), false)
    const { disabled_time, failure } = await webhooks.get(subject, id)
    assert.deepEqual([disabled_time, failure], [null, null])
    assert.equal((await deliveries.lease(20, [])).length, 1)
  })

  onEngines(
    'a webhook is disabled when a delivery fails again while 1,000 wait for it',
    async (t, engine) => {
      const db = await open(t, engine)
      const [subject, id, other] = [{ user: 1, question: null }, await hook(db, 1), await hook(db, 1)]
      await wait(db, [...Array(999).fill(id), other], '2026-01-01 00:00:00')
      const deliveries = new Deliveries(db)
      const failNext = async () => {
        const leased = await deliveries.lease(20, [{ webhook_id: other, user_id: 1 }])
        return deliveries.fail(leased[0]!, 'HTTP 500', false)
      }
      const webhooks = new Webhooks(db)
      const oldest = 'SELECT MIN(id) FROM (SELECT id FROM webhook_delivery WHERE webhook_id = ?) waiting'
      const failAgain = async () => {
        await db.execute(
          `UPDATE webhook_delivery SET next_time = '2026-01-01 00:00:00' WHERE id = (${oldest})`,
          [id]
        )
        return failNext()
      }
      assert.equal(await failNext(), false)
      assert.equal(await failAgain(), false, '999 wait')
      assert.equal((await webhooks.get(subject, id)).disabled_time, null)
      await wait(db, [id], '2026-01-01 00:00:00')
      assert.equal(await failNext(), false, 'the first failure of the second one')
      assert.equal(await failAgain(), true)
      const { disabled_time, failure } = await webhooks.get(subject, id)
      assert.deepEqual([typeof disabled_time, failure], ['string', 'HTTP 500'])
      const left = await db.select<{ webhook_id: number }>('SELECT webhook_id FROM webhook_delivery')
      assert.deepEqual(
        left.map(({ webhook_id }) => webhook_id),
        [other]
      )
    }
  )
})
