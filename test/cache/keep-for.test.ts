/** A value that is kept for a time: one read for all, and what a failure ends. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keepFor } from '../../app/cache/keep-for.ts'

const MINUTE_MS = 60_000

/** Keeps the promises that the test settles, in the order in which they were asked for. */
function pending(lifetimeMs: number, failureLifetimeMs?: number) {
  const loads: Array<PromiseWithResolvers<string>> = []
  const load = () => {
    const one = Promise.withResolvers<string>()
    loads.push(one)
    return one.promise
  }
  return { loads, get: keepFor(lifetimeMs, load, failureLifetimeMs) }
}

describe('cache/keep-for', () => {
  test('all who ask within the time have one value', async () => {
    const { loads, get } = pending(MINUTE_MS)
    const both = [get(), get()]
    loads[0]!.resolve('one')
    assert.deepEqual(await Promise.all([...both, get()]), ['one', 'one', 'one'])
    assert.equal(loads.length, 1)
  })

  test('after the time it is read again', async () => {
    const { loads, get } = pending(0)
    void get()
    void get()
    assert.equal(loads.length, 2)
  })

  test('a failure is not kept, or for a time of its own', async () => {
    for (const [failureLifetimeMs, reads] of [
      [undefined, 2],
      [MINUTE_MS, 1]
    ] as const) {
      const { loads, get } = pending(MINUTE_MS, failureLifetimeMs)
      const failed = get()
      loads[0]!.reject(new Error('no database'))
      await assert.rejects(failed, /no database/)
      get().catch(() => {})
      assert.equal(loads.length, reads)
    }
  })

  test('a late failure ends no newer value', async t => {
    t.mock.timers.enable({ apis: ['Date'] })
    const { loads, get } = pending(MINUTE_MS)
    const first = get()
    t.mock.timers.tick(MINUTE_MS)
    const second = get()
    loads[0]!.reject(new Error('late'))
    loads[1]!.resolve('two')
    await assert.rejects(first, /late/)
    assert.deepEqual(await Promise.all([second, get()]), ['two', 'two'])
    assert.equal(loads.length, 2)
  })
})
