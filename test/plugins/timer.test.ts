/** Work by a timer: one run at a time, and closing awaits it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import Fastify from 'fastify'
import { startTimer } from '../../app/plugins/timer.ts'

describe('plugins/timer', () => {
  test('a run that outlasts the interval delays the next one, and closing awaits it', async t => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const app = Fastify()
    const ends: Array<() => void> = []
    const work = () => new Promise<void>(resolve => ends.push(resolve))
    startTimer(app, work, 1_000)
    t.mock.timers.tick(3_000)
    assert.equal(ends.length, 1, 'the first run is under way')
    ends[0]!()
    await new Promise(resolve => setImmediate(resolve))
    t.mock.timers.tick(2_000)
    assert.equal(ends.length, 2)
    const closing = app.close()
    const turn = new Promise(resolve => setImmediate(resolve, 'waits'))
    assert.equal(await Promise.race([closing, turn]), 'waits')
    ends[1]!()
    await closing
    t.mock.timers.tick(2_000)
    assert.equal(ends.length, 2)
  })
})
