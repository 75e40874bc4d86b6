/** The contract of both session stores. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { Redis } from 'ioredis'
import { SessionsDown } from '../../../app/errors.ts'
import { createRedisSessions } from '../../../app/models/accounts/redis-sessions.ts'
import { type Store, stores } from '../../support/sessions.ts'

const lifetime = 1_800_000
const data = { userId: 1, since: 1_700_000_000_000, epoch: 0 }
const newId = () => randomBytes(18).toString('base64url')

function contract(name: string, work: (store: Store, id: string) => Promise<void>) {
  for (const { name: store, open } of stores) {
    test(`${name} (${store})`, async t => work(await open(t, lifetime), newId()))
  }
}

contract('what was set is found, with the time it has left', async ({ sessions, age }, id) => {
  assert.equal(await sessions.get(id), null)
  await sessions.set(id, data)
  const found = await sessions.get(id)
  assert.deepEqual(found?.data, data)
  assert.ok(found.ttl <= lifetime && found.ttl > lifetime * 0.9)
  await age(id, 60_000)
  assert.ok((await sessions.get(id))!.ttl <= 60_000)
  assert.equal(await sessions.get(newId()), null)
})

contract('setting again replaces everything and begins another lifetime', async ({ sessions, age }, id) => {
  await sessions.set(id, data)
  await age(id, 60_000)
  await sessions.set(id, { userId: 2 })
  const found = await sessions.get(id)
  assert.deepEqual(found?.data, { userId: 2 })
  assert.ok(found.ttl > lifetime * 0.9)
})

contract('touch prolongs what is there, and makes nothing', async ({ sessions, age }, id) => {
  assert.equal(await sessions.touch(id), false)
  assert.equal(await sessions.get(id), null)
  await sessions.set(id, data)
  await age(id, 60_000)
  assert.equal(await sessions.touch(id), true)
  const found = await sessions.get(id)
  assert.deepEqual(found?.data, data)
  assert.ok(found.ttl > lifetime * 0.9)
})

contract(
  'an outdated session is gone, and touching does not bring it back',
  async ({ sessions, age }, id) => {
    await sessions.set(id, data)
    await age(id, -1)
    assert.equal(await sessions.get(id), null)
    assert.equal(await sessions.touch(id), false)
    assert.equal(await sessions.get(id), null)
  }
)

contract('a destroyed session stays gone, whoever saves or touches it late', async ({ sessions }, id) => {
  await sessions.set(id, data)
  await sessions.destroy(id)
  assert.equal(await sessions.get(id), null)
  await sessions.set(id, data)
  assert.equal(await sessions.get(id), null)
  assert.equal(await sessions.touch(id), false)
  await sessions.destroy(id)
  assert.equal(await sessions.get(id), null)
})

contract('a session that is destroyed before its first save never begins', async ({ sessions }, id) => {
  await sessions.destroy(id)
  await sessions.set(id, data)
  assert.equal(await sessions.get(id), null)
})

contract('of saves, touches and one destroy at once, the destroy wins', async ({ sessions }, id) => {
  await sessions.set(id, data)
  const late = Array.from({ length: 20 }, (_, n) =>
    n === 10 ? sessions.destroy(id) : n % 2 ? sessions.set(id, data) : sessions.touch(id)
  )
  await Promise.all(late)
  assert.equal(await sessions.get(id), null)
})

const broken = ['', '{', 'null', '[1]', '"text"', '{"userId":"1"}', '{"userId":-1}', '{"epoch":0.5}']

contract('what cannot be read is no session, and can be set anew', async ({ sessions, spoil }, id) => {
  await sessions.set(id, data)
  for (const text of broken) {
    await spoil(id, text)
    assert.equal(await sessions.get(id), null, text)
  }
  await sessions.set(id, data)
  assert.deepEqual((await sessions.get(id))?.data, data)
})

contract('fields that it does not know are not handed out', async ({ sessions, spoil }, id) => {
  await sessions.set(id, data)
  await spoil(id, JSON.stringify({ ...data, isAdmin: true }))
  assert.deepEqual((await sessions.get(id))?.data, data)
})

contract(
  'an account has at most a hundred sessions: a further one ends the oldest',
  async ({ sessions, age }, id) => {
    await sessions.set(id, data)
    await age(id, 60_000)
    const others = Array.from({ length: 99 }, newId)
    for (const other of others) await sessions.set(other, data)
    assert.ok(await sessions.get(id))
    const last = newId()
    await sessions.set(last, data)
    assert.equal(await sessions.get(id), null)
    assert.equal(await sessions.touch(id), false)
    for (const kept of [...others, last]) assert.ok(await sessions.get(kept))
    await sessions.set(newId(), { userId: 2 })
    assert.ok(await sessions.get(last), 'each account counts for itself')
  }
)

contract('sessions that have ended take no place of those that last', async ({ sessions }, id) => {
  await sessions.set(id, data)
  for (let n = 0; n < 120; n++) {
    const other = newId()
    await sessions.set(other, data)
    await sessions.destroy(other)
  }
  assert.ok(await sessions.get(id))
})

describe('models/accounts/sessions', () => {
  test('a sign-in deletes expired rows (embedded)', async t => {
    const { sessions, age, keys } = await stores[0]!.open(t, lifetime)
    const old = newId()
    await sessions.set(old, data)
    await age(old, -1)
    const id = newId()
    await sessions.set(id, data)
    assert.deepEqual(await keys(), [id])
  })

  test('without Redis every call throws SessionsDown', async t => {
    const redis = new Redis({ path: '/nowhere.sock', lazyConnect: true, enableOfflineQueue: false })
    redis.on('error', () => {})
    t.after(() => redis.disconnect())
    const sessions = createRedisSessions(redis, lifetime, lifetime)
    const id = newId()
    for (const call of [
      () => sessions.get(id),
      () => sessions.set(id, data),
      () => sessions.touch(id),
      () => sessions.destroy(id),
      () => sessions.requireSpace()
    ]) {
      await assert.rejects(call, SessionsDown)
    }
  })

  contract('an account’s sessions are listed while they live, the newest hundred of them', async store => {
    const { sessions, age } = store
    const userId = 1_000_000 + Math.floor(Math.random() * 1_000_000) // Redis is shared with other tests
    const ids = async () => (await sessions.of(userId)).map(({ id }) => id).toSorted()
    const [one, two, gone, ended] = [newId(), newId(), newId(), newId()]
    assert.deepEqual(await ids(), [])
    for (const id of [one, two, gone, ended]) await sessions.set(id, { ...data, userId, agent: 'curl' })
    await sessions.set(newId(), { ...data, userId: userId + 1 })
    await sessions.set(newId(), {})
    await age(gone, -1)
    await sessions.destroy(ended)
    assert.deepEqual(await ids(), [one, two].toSorted())
    const kept = (await sessions.of(userId)).find(({ id }) => id === one)!
    assert.deepEqual(kept.data, { ...data, userId, agent: 'curl' })
    assert.ok(kept.ttl > lifetime * 0.9)
    for (let n = 0; n < 120; n++) await sessions.set(newId(), { ...data, userId })
    assert.ok((await ids()).length <= 100)
  })
})
