/** The batch loader: shared look-ups, and failures of a batch. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createBatchLoader } from '../../app/cache/batch-loader.ts'

describe('cache/batch-loader', () => {
  test('calls during a running look-up share the next one', async () => {
    const asked: number[][] = []
    const find = createBatchLoader(async (keys: number[]) => {
      asked.push(keys)
      await delay(1)
      return new Map(keys.filter(key => key > 0).map(key => [key, `n${key}`]))
    })
    const first = [find(1), find(0)]
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    const answers = await Promise.all([...first, find(2), find(3), find(3)])
    assert.deepEqual(answers, ['n1', undefined, 'n2', 'n3', 'n3'])
    assert.deepEqual(asked, [
      [1, 0],
      [2, 3]
    ])
  })

  test('when a look-up fails, calls that waited long fail with it, and recent calls get their own look-up', async () => {
    const first = Promise.withResolvers<never>()
    let loads = 0
    const find = createBatchLoader(async (keys: number[]) => {
      if (++loads === 1) return first.promise
      return new Map(keys.map(key => [key, 'found']))
    })
    const taken = find(1)
    await delay(1)
    const long = find(2)
    await delay(150)
    const late = find(3)
    const settled = Promise.allSettled([taken, long, late])
    first.reject(new Error('gone'))
    const [one, two, three] = await settled
    assert.equal(one.status, 'rejected')
    assert.equal(two.status, 'rejected')
    assert.deepEqual(three, { status: 'fulfilled', value: 'found' })
    assert.equal(loads, 2)
  })
})
