/**
 * A new e-mail address of an account: where there is mail, it is used when its owner has opened the
 * link.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { type Mailbox, mailbox } from '../../support/mailbox.ts'

const server = { publicUrl: 'https://vote.example.org/polls' }

/** Returns the path of the link in a mail. */
async function linkIn(box: Mailbox, index = 0) {
  const { text } = await box.letter(index)
  return /^https:\/\/vote\.example\.org(\/polls\/account\/email\/[\w-]{22})$/m.exec(text)![1]!
}

describe('routes/accounts/confirm-email', () => {
  onEngines('the link gives the account its new address, and the former one is told', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings, server })
    const ann = await member(app)
    const { email } = ann
    const change = { name: 'Änne', email: ' New@Example.ORG', current: PASSWORD, locale: 'de' }
    const asked = await ann.submit('/polls/account', change)
    assert.deepEqual([asked.statusCode, asked.headers.location], [303, '/polls/account?done=confirm#done'])
    const letter = await box.letter()
    assert.deepEqual([letter.to, letter.headers['content-language']], [['new@example.org'], ['de']])
    const link = await linkIn(box)
    const page = (await ann.page('/polls/account?done=confirm')).body
    assert.match(page, /Noch nicht bestätigt: <bdi>new@example\.org<\/bdi>/)
    assert.match(page, new RegExp(`name="email"[^>]*value="${email}"`))
    const { name, email: kept } = (await ann.get('/polls/account')).json<{ name: string; email: string }>()
    assert.deepEqual([name, kept], ['Änne', email], 'the rest is stored at once')
    assert.equal((await ann.get('/polls/account/data')).json().pending_email, 'new@example.org')
    await app.resets.make(ann.id)

    assert.match((await ann.page(link)).body, /<bdi>new@example\.org<\/bdi>/)
    const english = await ann.submit(link, { show_locale: 'en-GB' })
    assert.match(english.body, new RegExp(`lang="en-GB".*formaction="${link}"[^>]* name="show_locale"`, 's'))
    assert.equal((await ann.get('/polls/account')).json().email, email, 'opening it changes nothing')
    const confirmed = await ann.submit(link, {})
    assert.deepEqual(
      [confirmed.statusCode, confirmed.headers.location],
      [303, '/polls/account?done=email#done']
    )
    assert.equal((await ann.get('/polls/account')).json().email, 'new@example.org')
    isEnvelope(await ann.post(link), 410, 20190)
    const told = await box.letter(1)
    assert.deepEqual(told.to, [email])
    assert.doesNotMatch(told.raw, /new@example|Änne/)
    const signIn = (account: string) => visitor(app).post('/polls/login', { account, password: PASSWORD })
    assert.deepEqual(
      [(await signIn(email)).statusCode, (await signIn('new@example.org')).statusCode],
      [401, 200]
    )
    const open = 'SELECT user_id FROM password_reset WHERE used_time IS NULL'
    assert.deepEqual(await app.db.select(open), [], 'reset links that the former address may have')
    assert.equal((await ann.get('/polls/account/data')).json().pending_email, null)
  })

  onEngines('a link works for its account alone, and only the last one', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings, server })
    const [ann, bob] = [await member(app), await member(app)]
    const change = { name: 'Ann', email: 'one@example.org', current: PASSWORD }
    const answer = await ann.post('/polls/account', change)
    assert.equal(answer.statusCode, 202)
    assert.equal(answer.json().email, ann.email)
    const first = await linkIn(box)
    const guest = visitor(app)
    assert.equal((await guest.post(first)).statusCode, 401)
    const signIn = await guest.page(first)
    assert.match(String(signIn.headers.location), /^\/polls\/login\?next=.*account%2Femail/)
    isEnvelope(await bob.get(first), 410, 20190)
    isEnvelope(await bob.post(first), 410, 20190)
    await ann.post('/polls/account', { ...change, email: 'two@example.org' })
    const second = await linkIn(box, 1)
    isEnvelope(await ann.post(first), 410, 20190)
    await app.db.execute("UPDATE email_change SET expires_time = '2026-01-01 00:00:00'")
    isEnvelope(await ann.post(second), 410, 20190)
    assert.equal((await ann.get('/polls/account')).json().email, ann.email)
  })

  onEngines('a new password and the button on the page end a change', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings, server })
    const ann = await member(app)
    const acts = [
      () => ann.post('/polls/account/password', { current: PASSWORD, password: PASSWORD }),
      () => ann.post('/polls/account/email'),
      () => ann.delete('/polls/account/email'),
      () => ann.submit('/polls/account/email', {})
    ]
    for (const [n, act] of acts.entries()) {
      const change = { name: 'Ann', email: `new${n}@example.org`, current: PASSWORD }
      assert.equal((await ann.post('/polls/account', change)).statusCode, 202)
      const link = await linkIn(box, n)
      assert.ok([200, 303].includes((await act()).statusCode))
      assert.doesNotMatch((await ann.page('/polls/account')).body, /new\d@example/)
      isEnvelope(await ann.post(link), 410, 20190)
    }
    const waiting = await app.db.select("SELECT id FROM mail WHERE kind = 'address'")
    assert.deepEqual(waiting, [])
  })

  test('a form that was filled in before the confirmation does not take the address back', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings, server })
    const ann = await member(app)
    await ann.post('/polls/account', { name: 'Ann', email: 'new@example.org', current: PASSWORD })
    const link = await linkIn(box)
    // The confirmation arrives while the password of another change is checked, after its look-up.
    const renamed = app.accounts.change(
      ann.id,
      { name: 'Anne', email: ann.email, phone: '+49 171 1234567' },
      { current: PASSWORD, since: Date.now() },
      null
    )
    await Promise.all([renamed, ann.post(link)])
    const { name, email } = (await ann.get('/polls/account')).json<{ name: string; email: string }>()
    assert.deepEqual([name, email], ['Anne', 'new@example.org'])
  })

  onEngines('in the mode `domains` an account keeps an address of the domains', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings, server })
    const ann = await member(app) // an administrator
    const change = { name: 'Ann', email: 'ann@other.example', current: PASSWORD }
    assert.equal((await ann.post('/polls/account', change)).statusCode, 202)
    const link = await linkIn(box)
    await app.settings.change({ registration: 'domains', registration_domains: ['school.example'] }, ann.id)

    const late = await ann.submit(link, {})
    assert.equal(late.statusCode, 422)
    assert.match(late.body, /id="mistakes".*school\.example/s)
    const refused = await ann.post('/polls/account', change)
    isEnvelope(refused, 422, 20005)
    assert.match(refused.json().fields.email, /school\.example/)
    const renamed = { name: 'Anne', email: ann.email, phone: '+49 171 1234567', current: PASSWORD }
    assert.equal(
      (await ann.post('/polls/account', renamed)).statusCode,
      200,
      'its own address of another domain'
    )
    const moved = { ...change, email: 'ann@school.example' }
    assert.equal((await ann.post('/polls/account', moved)).statusCode, 202)
    assert.equal((await ann.post(await linkIn(box, 1))).statusCode, 200)
    const { email } = (await ann.get('/polls/account')).json<{ email: string }>()
    assert.equal(email, 'ann@school.example')
  })

  test('an address that another account has taken meanwhile is refused', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings, server })
    const [ann, bob] = [await member(app), await member(app)]
    const change = { name: 'Ann', email: bob.email, current: PASSWORD }
    assert.equal((await ann.post('/polls/account', change)).statusCode, 202, 'the answer does not tell')
    const link = await linkIn(box)
    const taken = await ann.submit(link, {})
    assert.equal(taken.statusCode, 409)
    assert.match(taken.body, /id="mistakes"/)
    assert.equal((await ann.get('/polls/account')).json().email, ann.email)
  })

  test('the password is needed, and mails to an address are limited', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings })
    const ann = await member(app)
    const change = { name: 'Ann', email: 'new@example.org' }
    isEnvelope(await ann.post('/account', change), 422, 20036)
    const statuses = []
    for (let n = 0; n < 4; n++)
      statuses.push((await ann.post('/account', { ...change, current: PASSWORD })).statusCode)
    assert.deepEqual(statuses, [202, 202, 202, 429])
    await box.letter(2)
    assert.equal((await ann.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 409)
    const bob = await member(app)
    await bob.post('/account', { name: 'Bob', email: 'bob2@example.org', current: PASSWORD })
    assert.equal((await bob.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 200)
    const rows = await app.db.select('SELECT user_id FROM email_change WHERE user_id <> ?', [ann.id])
    assert.deepEqual(rows, [], 'a deleted account waits for nothing')
  })

  test('without mail a new address is used at once, and voids reset links', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    await app.resets.make(ann.id)
    const changed = await ann.post('/account', { name: 'Ann', email: 'new@example.org', current: PASSWORD })
    assert.deepEqual([changed.statusCode, changed.json().email], [200, 'new@example.org'])
    assert.deepEqual(await app.db.select('SELECT user_id FROM password_reset WHERE used_time IS NULL'), [])
    assert.equal((await ann.get('/account/email/x')).statusCode, 404)
  })
})
