/** The cache of renderings: keyed by snapshot and key, bounded, without failures. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ResponseMemo } from '../../app/cache/response-memo.ts'

describe('cache/response-memo', () => {
  test('a rendering is returned again for the same snapshot and key only', () => {
    const memo = new ResponseMemo()
    const [one, other] = [{}, {}]
    let calls = 0
    const make = () => String(++calls)
    assert.equal(memo.get(one, 'page', make), '1')
    assert.equal(memo.get(one, 'page', make), '1')
    assert.equal(memo.get(one, 'json', make), '2', 'another key')
    assert.equal(memo.get(other, 'page', make), '3', 'another snapshot')
    assert.equal(memo.get(one, 'json', make), '2')
  })

  test('the renderings that were not used longest are made again beyond 2,000', () => {
    const memo = new ResponseMemo()
    const first = {}
    let calls = 0
    const make = () => String(++calls)
    memo.get(first, 'page', make)
    for (let n = 1; n < 2_000; n++) memo.get({}, 'page', () => 'other')
    assert.equal(memo.get(first, 'page', make), '1', 'among 2,000')
    for (let n = 0; n < 2_000; n++) memo.get(first, `key ${n}`, () => 'other')
    assert.equal(memo.get(first, 'page', make), '2', 'displaced')
  })

  const size = 2 ** 20
  const large = {
    'a text': () => 'x'.repeat(size / 2),
    'a buffer': () => Buffer.alloc(size),
    'parts of a page': () => ['x', Buffer.alloc(size)],
    'a body with an ETag': () => ({ body: Buffer.alloc(size), etag: '"x"' })
  }
  for (const [what, render] of Object.entries(large)) {
    test(`${what}, at once or later, takes memory: all together stay below 16 MB`, async () => {
      const memo = new ResponseMemo()
      const first = {}
      let calls = 0
      const make = () => String(++calls)
      for (const later of [false, true]) {
        calls = 0
        memo.get(first, `page ${later}`, make)
        const add = (n: number) =>
          memo.get(first, `${later} ${n}`, () => (later ? Promise.resolve(render()) : render()))
        for (let n = 0; n < 14; n++) await add(n)
        assert.equal(memo.get(first, `page ${later}`, make), '1', 'with 14 MB')
        for (let n = 14; n < 30; n++) await add(n)
        assert.equal(memo.get(first, `page ${later}`, make), '2', 'with 30 MB')
      }
    })
  }

  test('what exceeds 16 MB alone, or has such a key, is not kept and displaces nothing later', () => {
    const memo = new ResponseMemo()
    const snapshot = {}
    let calls = 0
    const make = () => String(++calls)
    const long = 'k'.repeat(2 ** 23)
    memo.get(snapshot, long, make)
    memo.get(snapshot, 'page', () => Buffer.alloc(2 ** 25))
    assert.equal(memo.get(snapshot, long, make), '2')
    assert.equal(memo.get(snapshot, 'small', make), '3')
    assert.equal(memo.get(snapshot, 'small', make), '3')
  })

  test('concurrent requests render once; a failure is not cached', async () => {
    const memo = new ResponseMemo()
    const snapshot = {}
    let calls = 0
    const fail = async () => {
      calls += 1
      await Promise.resolve()
      throw new Error('no template')
    }
    const both = await Promise.allSettled([
      memo.get(snapshot, 'page', fail),
      memo.get(snapshot, 'page', fail)
    ])
    assert.deepEqual([calls, ...both.map(({ status }) => status)], [1, 'rejected', 'rejected'])
    assert.equal(await memo.get(snapshot, 'page', async () => 'page'), 'page')
  })
})
