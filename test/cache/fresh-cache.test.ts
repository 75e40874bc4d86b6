/** The cache of fresh values: what it keeps, for how long, and what it forgets. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FreshCache } from '../../app/cache/fresh-cache.ts'

const MINUTE_MS = 60_000

/**
 * A cache over values that count how often they were read; the key 0 does not exist, and -1 fails.
 */
function counting(lifetimeMs = MINUTE_MS) {
  let reads = 0
  const cache = new FreshCache<number | string, { id: number; reads: number }>(lifetimeMs, async key => {
    reads += 1
    if (key === -1) throw new Error('no database')
    return key === 0 ? undefined : { id: Number(key) || 7, reads }
  })
  return cache
}

describe('cache/fresh-cache', () => {
  test('a value is read once within the lifetime', async () => {
    const cache = counting()
    const both = await Promise.all([cache.get(1), cache.get(1)])
    assert.deepEqual(
      both.map(value => value?.reads),
      [1, 1]
    )
    assert.equal((await cache.get(1))?.reads, 1)
    assert.equal((await cache.getFresh(1))?.reads, 2, 'unless it is wanted as it is now')
    assert.equal((await cache.get(1))?.reads, 2)
  })

  test('after the lifetime it is read again', async () => {
    const cache = counting(0)
    await cache.get(1)
    assert.equal(cache.getCached(1), undefined)
    assert.equal((await cache.get(1))?.reads, 2)
  })

  test('a value that has not changed stays the same object', async () => {
    let text = 'Tea'
    const cache = new FreshCache<number, { id: number; texts: string[] }>(0, async id => ({
      id,
      texts: [text]
    }))
    const first = await cache.get(1)
    assert.equal(await cache.get(1), first)
    text = 'Coffee'
    assert.deepEqual((await cache.get(1))?.texts, ['Coffee'])
  })

  test('getCached returns only what has been read', async () => {
    const cache = counting()
    assert.equal(cache.getCached(1), undefined)
    const reading = cache.get(1)
    assert.equal(cache.getCached(1), undefined, 'in flight')
    await reading
    assert.deepEqual(cache.getCached(1), { id: 1, reads: 1 })
  })

  test('forget drops the value under each key, and no other value', async () => {
    const cache = counting()
    await Promise.all([cache.get(7), cache.get('seven'), cache.get(8)])
    cache.forget(7)
    assert.equal(cache.getCached(7), undefined)
    assert.equal(cache.getCached('seven'), undefined)
    assert.equal(cache.getCached(8)?.id, 8)
  })

  test('a read in flight while a value changes is not cached', async () => {
    const cache = counting()
    const reading = cache.get(1)
    cache.forget(1)
    assert.equal((await reading)?.reads, 1)
    assert.equal(cache.getCached(1), undefined)
    assert.equal((await cache.get(1))?.reads, 2)
  })

  test('of two reads of one value, the later one is not cached either if the value changes during it', async () => {
    for (const between of [() => {}, (cache: FreshCache<number, { id: number }>) => cache.clear()]) {
      const reads = [Promise.withResolvers<{ id: number }>(), Promise.withResolvers<{ id: number }>()]
      const pending = reads.values()
      const cache = new FreshCache<number, { id: number }>(MINUTE_MS, () => pending.next().value!.promise)
      const first = cache.getFresh(1)
      between(cache)
      const second = cache.getFresh(1)
      reads[0]!.resolve({ id: 1 })
      await first
      cache.forget(1)
      reads[1]!.resolve({ id: 1 })
      await second
      assert.equal(cache.getCached(1), undefined)
    }
  })

  test('missing values and failures are not cached', async () => {
    const cache = counting()
    assert.equal(await cache.get(0), undefined)
    await assert.rejects(cache.get(-1), /no database/)
    await assert.rejects(cache.get(-1), /no database/)
    assert.equal(await cache.get(0), undefined)
    assert.equal((await cache.get(1))?.reads, 5)
  })

  test('clear drops every value', async () => {
    const cache = counting()
    await cache.get(1)
    cache.clear()
    assert.equal(cache.getCached(1), undefined)
  })
})
