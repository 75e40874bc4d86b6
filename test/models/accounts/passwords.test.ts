/** Password hashing has limited concurrency, so that many sign-ins do not delay other requests. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hash } from '@node-rs/argon2'
import { Busy } from '../../../app/errors.ts'
import { NO_PASSWORD, Passwords } from '../../../app/models/accounts/passwords.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, visitor } from '../../support/app.ts'
import { embedded } from '../../support/engines.ts'

const composed = 'Éléphant à vélo'.normalize('NFC')
/** The same, with its accents as characters of their own. */
const decomposed = composed.normalize('NFD')

describe('models/accounts/passwords', () => {
  test('a password is the same in both forms of its accents, also one that was hashed as typed', async () => {
    const passwords = new Passwords()
    for (const stored of await Promise.all([composed, decomposed].map(text => passwords.hash(text)))) {
      assert.equal(await passwords.verify(composed, stored), true)
      assert.equal(await passwords.verify(decomposed, stored), true)
      assert.equal(await passwords.verify('Elephant a velo', stored), false)
    }
    const old = await hash(decomposed)
    assert.equal(await passwords.verify(decomposed, old), true)
    assert.equal(await passwords.verify(decomposed, undefined), false)
    assert.equal(await passwords.verify(decomposed, NO_PASSWORD), false)
  })

  test('the length of a password is counted in its composed form', async t => {
    const app = await build(t, embedded)
    const register = async (password: string) =>
      (await visitor(app).post('/register', { name: 'Ann', email: 'ann@example.org', password })).statusCode
    assert.equal(await register('éàéàé'.normalize('NFD')), 422)
    assert.equal(await register('éàéàéàéà'.repeat(16).normalize('NFD')), 201)
  })

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
