/** "Forgot your password?": the same answer for all, one link by mail, limits. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { eventuallyEqual } from '../../support/eventually.ts'
import { mailbox } from '../../support/mailbox.ts'

const NEW_PASSWORD = 'another good long sentence'
const waiting = async (app: Awaited<ReturnType<typeof build>>) =>
  (await app.db.select('SELECT id FROM mail')).length

describe('routes/accounts/forgot', () => {
  onEngines('the sign-in page leads to a link by mail that sets a new password once', async (t, engine) => {
    const box = await mailbox(t)
    const server = { publicUrl: 'https://vote.example.org/polls' }
    const app = await build(t, engine, { mail: box.settings, server })
    const ann = await member(app)
    const guest = visitor(app)
    for (const page of ['/login', '/login?next=/questions'])
      assert.match((await guest.page(`/polls${page}`)).body, /href="\/polls\/forgot"/)
    assert.match((await guest.page('/polls/forgot')).body, /inputmode="email"/)
    const sent = await guest.submit('/polls/forgot', { email: ` ${ann.email.toUpperCase()}` })
    assert.deepEqual([sent.statusCode, sent.headers.location], [303, '/polls/forgot?done=sent#done'])
    assert.match((await guest.page('/polls/forgot?done=sent')).body, /on its way/)
    const letter = await box.letter()
    assert.match(letter.headers.subject![0]!, /^Set a new password/)
    const [, link] = /^https:\/\/vote\.example\.org(\/polls\/reset\/[\w-]{22})$/m.exec(letter.text)!
    assert.doesNotMatch(letter.raw, /\bAnn\b/)
    assert.equal((await guest.page(link!)).statusCode, 200)
    assert.equal((await guest.post(link!, { password: NEW_PASSWORD })).statusCode, 200)
    assert.equal((await guest.post(link!, { password: NEW_PASSWORD })).statusCode, 410)
    assert.equal((await ann.get('/polls/account')).statusCode, 401)
    const signIn = (password: string) => visitor(app).post('/polls/login', { account: ann.email, password })
    assert.deepEqual(
      [(await signIn(PASSWORD)).statusCode, (await signIn(NEW_PASSWORD)).statusCode],
      [401, 200]
    )
    await eventuallyEqual(() => waiting(app), 0)
    assert.deepEqual(await app.db.select("SELECT id FROM admin_log WHERE act = 'reset'"), [])
  })

  onEngines('an address without an account gets the same answer, and no mail', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const [ann, bob] = [await member(app), await member(app)]
    await app.db.execute("UPDATE user SET disabled_time = '2026-01-01 00:00:00' WHERE id = ?", [bob.id])
    const answers = []
    for (const email of ['nobody@example.net', bob.email, ann.email]) {
      const { statusCode, body, headers } = await visitor(app).post('/forgot', { email })
      answers.push([statusCode, body, headers['content-length']])
    }
    assert.deepEqual(answers[0], answers[2])
    assert.deepEqual(answers[1], answers[2])
    assert.equal(answers[0]![0], 202)
    await eventuallyEqual(() => waiting(app), 0)
    assert.deepEqual(
      box.letters.map(({ to }) => to),
      [[ann.email]]
    )
  })

  test('the mail is in the language of the account, else in that of who asked', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings })
    const [ann, bob] = [await member(app), await member(app)]
    await app.accounts.chooseLocale(ann.id, 'fr')
    await visitor(app, 'de').submit('/forgot', { email: ann.email })
    await box.letter(0)
    await visitor(app, 'de').submit('/forgot', { email: bob.email })
    await box.letter(1)
    const [french, german] = box.letters
    assert.match(french!.headers.subject![0]!, /^Choisir un nouveau mot de passe\u00a0: /)
    assert.match(german!.headers.subject![0]!, /^Neues Passwort festlegen: /)
    assert.deepEqual(german!.headers['content-language'], ['de'])
  })

  onEngines('an address is sent three mails an hour, and a client asks for 500', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const ann = await member(app)
    const guest = visitor(app)
    for (let n = 0; n < 5; n++)
      assert.equal((await guest.post('/forgot', { email: ann.email })).statusCode, 202)
    await eventuallyEqual(() => waiting(app), 0)
    assert.equal(box.letters.length, 3)
    const statuses = new Set<number>()
    for (let n = 0; n < 496; n++)
      statuses.add((await guest.post('/forgot', { email: `nobody${n}@example.net` })).statusCode)
    assert.deepEqual([...statuses], [202, 429])
    const refused = await guest.submit('/forgot', { email: ann.email })
    assert.equal(refused.statusCode, 429)
    assert.match(refused.body, /id="typed"/)
  })

  test('what is no address is refused at the field', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings })
    for (const email of [
      '',
      'ann',
      'a@b\r\nBcc: eve@example.net',
      '@',
      'ann@example.org, eve@example.net',
      'a@@b'
    ]) {
      const answer = await visitor(app).post('/forgot', { email })
      assert.equal(answer.statusCode, 422, email)
      assert.deepEqual(Object.keys(answer.json<{ fields: object }>().fields), ['email'])
    }
    for (const payload of ['null', '[]', '0', '{"email":0}', '{"email":["a@b.c"]}']) {
      const headers = { 'content-type': 'application/json' }
      const answer = await app.inject({ method: 'POST', url: '/forgot', payload, headers })
      assert.ok([400, 422].includes(answer.statusCode), payload)
    }
    assert.equal(await waiting(app), 0)
  })

  test('a waiting link is not sent to the address that an account had before', async t => {
    let isAway = true
    const onLetter = async () => {
      if (isAway) throw new Error('try again later')
    }
    const box = await mailbox(t, { onLetter })
    const app = await build(t, embedded, { mail: box.settings })
    const ann = await member(app)
    await visitor(app).post('/forgot', { email: ann.email })
    const failed = async () =>
      (await app.db.select("SELECT id FROM mail WHERE kind = 'reset' AND failure IS NOT NULL")).length
    await eventuallyEqual(failed, 1)
    isAway = false
    await ann.post('/account', { name: 'Ann', email: 'new@example.org', current: PASSWORD })
    const { text } = await box.letter(1)
    assert.equal((await ann.post(/\/account\/email\/\S+/.exec(text)![0])).statusCode, 200)
    assert.equal(await failed(), 0)
  })

  test('a deleted account takes its waiting mail along', async t => {
    const app = await build(t, embedded, {
      mail: { host: '127.0.0.1', port: 1, security: 'none', from: 'a@b.example' }
    })
    await member(app) // the administrator
    const ann = await member(app)
    await ann.post('/forgot', { email: ann.email })
    const read = () =>
      app.db.fetchone<{ failure: string }>('SELECT failure FROM mail WHERE user_id = ?', [ann.id])
    await eventuallyEqual(async () => (await read())?.failure, 'ESOCKET')
    assert.equal((await ann.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 200)
    assert.equal(await waiting(app), 0)
  })
})
