/** MariaDB and Redis are killed and flushed under load. The longer tests are in long/. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../app/models/polls/audit.ts'
import { outage } from '../support/outage.ts'
import { sharedStack, vote, voters } from '../support/stack.ts'

describe('faults/outages', () => {
  test('MariaDB is killed and comes back', t =>
    outage(t, async (stack, back) => {
      process.kill(await stack.pid('database'), 'SIGKILL')
      await delay(300)
      while (!(await stack.states()).some(({ name, pid }) => name === 'database' && pid > 0)) await delay(100)
      await back()
    }))

  test('Redis is killed and comes back', t =>
    outage(t, async (stack, back) => {
      process.kill(await stack.pid('redis'), 'SIGKILL')
      await delay(300)
      await back()
    }))

  test('Redis is flushed: every client has to sign in again, and nothing fails', async () => {
    const stack = await sharedStack()
    const [cookie] = await voters(stack.app, 1)
    assert.equal((await vote(stack.port, cookie!, 1, 1)).status, 200)
    await stack.app.redis!.flushall()
    const answer = await vote(stack.port, cookie!, 1, 2)
    assert.equal(answer.status, 401)
    assert.match(answer.body, /Please sign in/)
    assert.deepEqual(await audit(stack.app.db), [])
  })
})
