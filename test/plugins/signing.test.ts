/** Signed JSON in cookies: one purpose, and an end. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { createSignedJson } from '../../app/plugins/signing.ts'
import { secret } from '../support/engines.ts'

const session = { secret, previousSecret: null, idleMinutes: 60, absoluteHours: 24 }
const schema = z.object({ user: z.int(), until: z.number() })

describe('plugins/signing', () => {
  test('what was written is read until its time is over', t => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 })
    const steps = createSignedJson('step', session, schema, 60)
    const cookie = steps.write({ user: 5 })
    t.mock.timers.setTime(1_059_999)
    assert.equal(steps.read(cookie)?.user, 5)
    t.mock.timers.setTime(1_060_000)
    assert.equal(steps.read(cookie), null)
  })

  test('nothing, a changed value and a value of another purpose are null', () => {
    const steps = createSignedJson('step', session, schema, 60)
    const cookie = steps.write({ user: 5 })
    const other = createSignedJson('other', session, schema, 60).write({ user: 5 })
    for (const value of [undefined, '', `x${cookie}`, cookie.slice(0, -1), other])
      assert.equal(steps.read(value), null, value)
  })
})
