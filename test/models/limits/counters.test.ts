/** Both counters, without HTTP. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import { Redis } from 'ioredis'
import { type Counter, type Limit, MemoryCounter, RedisCounter } from '../../../app/models/limits/counters.ts'
import { redisSocket } from '../../support/engines.ts'

/** Counts what is not given back. Returns the time to wait. */
const take = async (counter: Counter, key: string, limit: Limit, by?: number) =>
  (await counter.hold(key, limit, by)).waitMs

describe('models/limits/counters', () => {
  test('while Redis is unreachable the process uses its own counters', async () => {
    const redis = new Redis({
      path: '/nowhere',
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false
    })
    redis.on('error', () => {})
    const counter = new RedisCounter(redis)
    const limit = { most: 2, seconds: 60 }
    assert.deepEqual([await take(counter, 'k', limit), await take(counter, 'k', limit)], [0, 0])
    assert.ok((await take(counter, 'k', limit)) > 59_000)
    redis.disconnect()
  })

  interface Made {
    counter: Counter
    /** Lets this time pass for a key. */
    age: (key: string, milliseconds: number) => Promise<void> | void
  }
  const counters: Array<[string, (t: TestContext) => Made | Promise<Made>]> = [
    [
      'memory',
      t => {
        t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
        return {
          counter: new MemoryCounter(100),
          age: (_key, milliseconds) => t.mock.timers.tick(milliseconds)
        }
      }
    ],
    [
      'Redis',
      async t => {
        const redis = new Redis({ path: await redisSocket() })
        t.after(() => redis.disconnect())
        return {
          counter: new RedisCounter(redis),
          async age(key, milliseconds) {
            await redis.pexpire(key, (await redis.pttl(key)) - milliseconds)
          }
        }
      }
    ]
  ]

  for (const [name, make] of counters) {
    test(`exactly the limit of concurrent takes passes, and what is held is given back (${name})`, async t => {
      const { counter } = await make(t)
      const key = `test:${randomBytes(8).toString('hex')}`
      const limit = { most: 3, seconds: 60 }
      const taken = await Promise.all(Array.from({ length: 10 }, () => counter.hold(key, limit)))
      assert.equal(taken.filter(({ waitMs }) => waitMs === 0).length, 3)
      for (const { waitMs } of taken) assert.ok(waitMs <= 60_000)
      const [refused, one, other] = taken.toSorted((a, b) => b.waitMs - a.waitMs).toSpliced(1, 7)
      await refused!.giveBack()
      assert.ok((await take(counter, key, limit)) > 0)
      await Promise.all([one!.giveBack(), other!.giveBack()])
      assert.equal(await take(counter, key, limit, 2), 0)
      assert.ok((await take(counter, key, limit)) > 0)
    })

    test(`giving back to a window that has ended leaves the next window as it is (${name})`, async t => {
      const { counter, age } = await make(t)
      const key = `test:${randomBytes(8).toString('hex')}`
      const limit = { most: 2, seconds: 600 }
      assert.equal(await take(counter, key, limit), 0)
      await age(key, 500_000)
      const held = await counter.hold(key, limit)
      assert.equal(held.waitMs, 0)
      await age(key, 100_000)
      assert.deepEqual([await take(counter, key, limit), await take(counter, key, limit)], [0, 0])
      await held.giveBack()
      assert.ok((await take(counter, key, limit)) > 0)
    })

    test(`several that are held together are given back together (${name})`, async t => {
      const { counter } = await make(t)
      const key = `test:${randomBytes(8).toString('hex')}`
      const limit = { most: 5, seconds: 60 }
      const held = await counter.hold(key, limit, 4)
      const refused = await counter.hold(key, limit, 2)
      assert.equal(held.waitMs, 0)
      assert.ok(refused.waitMs > 0)
      await refused.giveBack()
      assert.ok((await take(counter, key, limit, 2)) > 0)
      await held.giveBack()
      assert.equal(await take(counter, key, limit, 5), 0)
    })

    test(`a first take above the limit adds nothing (${name})`, async t => {
      const { counter } = await make(t)
      const key = `test:${randomBytes(8).toString('hex')}`
      const limit = { most: 3, seconds: 60 }
      assert.equal(await take(counter, key, limit, 4), 60_000)
      assert.equal(await take(counter, key, limit, 3), 0)
    })
  }

  test('the memory counter is bounded and evicts its oldest keys', async () => {
    const counter = new MemoryCounter(100)
    const limit = { most: 1, seconds: 60 }
    for (let n = 0; n < 150; n++) assert.equal(await take(counter, `key ${n}`, limit), 0)
    assert.ok((await take(counter, 'key 149', limit)) > 0)
    assert.equal(await take(counter, 'key 0', limit), 0, 'dropped')
  })
})
