/** Password hashing has limited concurrency, so that many sign-ins do not delay other requests. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Busy } from '../../../app/errors.ts'
import { Passwords } from '../../../app/models/accounts/passwords.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, visitor } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'

describe('models/accounts/passwords', () => {
  test('of 150 concurrent hashes 2 run, 100 wait, and the rest is rejected at once', async () => {
    const passwords = new Passwords()
    const order: string[] = []
    const outcomes = await Promise.all(
      Array.from({ length: 150 }, () =>
        passwords.verify('no', undefined).then(
          right => (order.push('checked'), right),
          (error: Error) => (order.push('refused'), error)
        )
      )
    )
    assert.equal(outcomes.filter(outcome => outcome === false).length, 102)
    const refused = outcomes.filter(outcome => outcome instanceof Busy)
    assert.equal(refused.length, 48)
    assert.deepEqual(
      order.slice(0, 48),
      refused.map(() => 'refused'),
      'before the first was checked'
    )
    assert.equal(await passwords.verify('no', undefined), false, 'and then there is room again')
  })

  test('a flood of sign-ins gets 503 with Retry-After, does not delay pages, and counts as no wrong password', async t => {
    const app = await build(t, embedded, { limits: { wrongPasswords: { most: 103 } } })
    const wrong = () =>
      visitor(app).post('/login', { account: 'a@example.org', password: 'not the right one' })
    let checked = 0
    const flood = Array.from({ length: 150 }, () => wrong().finally(() => checked++))
    assert.equal((await visitor(app).page('/questions')).statusCode, 200)
    assert.ok(checked < 100, 'the page did not wait for the passwords')
    const answers = await Promise.all(flood)
    const busy = answers.filter(answer => answer.statusCode === 503)
    for (const answer of busy) {
      isEnvelope(answer, 503, 20015)
      assert.equal(answer.headers['retry-after'], '2')
    }
    const statuses = new Set(answers.map(answer => answer.statusCode))
    assert.deepEqual(
      [...statuses].filter(status => ![401, 429, 503].includes(status)),
      []
    )
  })
})
