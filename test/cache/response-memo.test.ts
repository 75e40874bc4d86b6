/** The cache of renderings: keyed by snapshot and key, bounded, without failures. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ResponseMemo } from '../../app/cache/response-memo.ts'

describe('cache/response-memo', () => {
  test('a rendering is returned again for the same snapshot and key only', () => {
    const memo = new ResponseMemo()
    const [one, other] = [{}, {}]
    let calls = 0
    const make = () => ++calls
    assert.equal(memo.get(one, 'page', make), 1)
    assert.equal(memo.get(one, 'page', make), 1)
    assert.equal(memo.get(one, 'json', make), 2, 'another key')
    assert.equal(memo.get(other, 'page', make), 3, 'another snapshot')
    assert.equal(memo.get(one, 'json', make), 2)
  })

  test('an evicted snapshot, and renderings beyond the limit of a snapshot, are rendered again', () => {
    const memo = new ResponseMemo()
    const first = {}
    let calls = 0
    const make = () => ++calls
    memo.get(first, 'page', make)
    for (let n = 0; n < 199; n++) memo.get({}, 'page', () => n)
    assert.equal(memo.get(first, 'page', make), 1, 'among 200 snapshots')
    for (let n = 0; n < 200; n++) memo.get({}, 'page', () => n)
    assert.equal(memo.get(first, 'page', make), 2, 'displaced')
    for (let n = 0; n < 30; n++) memo.get(first, `key ${n}`, () => n)
    assert.equal(memo.get(first, 'page', make), 3, 'more than 30 renderings')
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
