/**
 * Registration whose address is confirmed by mail: who needs it, the link, and what it does not
 * tell.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, start, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { type Mailbox, mailbox } from '../../support/mailbox.ts'

let people = 0
const person = (domain = 'school.example') => ({
  name: 'Cyril',
  email: `pupil${++people}@${domain}`,
  password: PASSWORD
})
const domains = { site: { registration: 'domains', registrationDomains: ['school.example'] } }

/** Returns the path of the link in a mail. */
async function linkIn(box: Mailbox, index = 0) {
  const { text } = await box.letter(index)
  return /(\/confirm\/[\w-]{22})$/m.exec(text)![1]!
}

const accountOf = (app: FastifyInstance, email: string) =>
  app.db.fetchone<{ name: string; is_admin: number }>('SELECT name, is_admin FROM user WHERE email = ?', [
    email
  ])

describe('routes/accounts/confirm', () => {
  onEngines('an address of a domain is confirmed by a link and the password', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { ...domains, mail: box.settings })
    await member(app) // the first account is made at once
    assert.equal(box.letters.length, 0)
    const pupil = person()
    const guest = visitor(app, 'de')
    const asked = await guest.submit('/register', { ...pupil, next: '/questions?mine=1' })
    assert.deepEqual([asked.statusCode, asked.headers.location], [303, '/register?done=confirm#done'])
    assert.match((await guest.page('/register?done=confirm')).body, /Fast fertig/)
    assert.equal(await accountOf(app, pupil.email), undefined)
    assert.equal((await guest.get('/account')).statusCode, 401)
    const letter = await box.letter()
    assert.deepEqual([letter.to, letter.headers['content-language']], [[pupil.email], ['de']])
    assert.doesNotMatch(letter.raw, /Cyril/)
    const link = await linkIn(box)

    assert.match((await guest.page(link)).body, new RegExp(`<bdi>${pupil.email}</bdi>`))
    const english = await guest.submit(link, { show_locale: 'en-GB' })
    assert.match(english.body, new RegExp(`lang="en-GB".*formaction="${link}"[^>]* name="show_locale"`, 's'))
    assert.equal(await accountOf(app, pupil.email), undefined, 'opening it changes nothing')
    const wrong = await guest.submit(link, { password: 'not the chosen one' })
    assert.equal(wrong.statusCode, 422)
    assert.match(wrong.body, /aria-invalid="true"/)
    const right = await guest.submit(link, { password: PASSWORD })
    assert.deepEqual([right.statusCode, right.headers.location], [303, '/questions?mine=1'])
    assert.equal((await guest.get('/account')).json<{ email: string }>().email, pupil.email)
    assert.equal((await accountOf(app, pupil.email))!.is_admin, 0)
    isEnvelope(await visitor(app).post(link, { password: PASSWORD }), 410, 20181)
    isEnvelope(await visitor(app).get('/confirm/x'), 410, 20181)
    assert.deepEqual(await app.db.select('SELECT email FROM pending_account'), [])
  })

  onEngines('a taken address gets the same answer; its link makes no second account', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { ...domains, mail: box.settings })
    await member(app)
    const pupil = person()
    const ask = (more: object = {}) => visitor(app).post('/register', { ...pupil, ...more })
    const first = await ask()
    await visitor(app).post(await linkIn(box), { password: PASSWORD })
    const second = await ask({ name: 'Mallory', password: 'a password of mine' })
    assert.deepEqual([second.statusCode, second.body], [first.statusCode, first.body])
    assert.equal(first.statusCode, 202)
    const link = await linkIn(box, 1)
    isEnvelope(await visitor(app).post(link, { password: PASSWORD }), 422, 20036)
    isEnvelope(await visitor(app).post(link, { password: 'a password of mine' }), 409, 20001)
    assert.equal((await accountOf(app, pupil.email))!.name, 'Cyril')
    isEnvelope(await ask({ email: 'x@other.example' }), 422, 20005)
    isEnvelope(await ask({ password: 'password' }), 422, 20005)
  })

  onEngines(
    'an expired link, and one of a registration that is closed meanwhile, make no account',
    async (t, engine) => {
      const box = await mailbox(t)
      const app = await build(t, engine, { ...domains, mail: box.settings })
      const admin = await member(app)
      const pupil = person()
      await visitor(app).post('/register', pupil)
      const link = await linkIn(box)
      await admin.send({ method: 'POST', url: '/admin/settings', payload: { registration: 'closed' } })
      isEnvelope(await visitor(app).post(link, { password: PASSWORD }), 403, 20100)
      await admin.send({ method: 'POST', url: '/admin/settings', payload: { registration: 'open' } })
      await app.db.execute("UPDATE pending_account SET expires_time = '2026-01-01 00:00:00'")
      isEnvelope(await visitor(app).post(link, { password: PASSWORD }), 410, 20181)
      assert.equal(await accountOf(app, pupil.email), undefined)
    }
  )

  test('the setting decides who confirms: null by the mode, true all, false no one; an invitation never', async t => {
    const box = await mailbox(t)
    const statusOf = async (
      site: object,
      confirmEmail: boolean | null,
      mail: object | null = box.settings
    ) => {
      const tree = { ...(await embedded.filled(t)), ...site, mail: mail as Record<string, unknown> | null }
      const app = await start(t, { ...tree, signIn: { confirmEmail } })
      const admin = await member(app)
      const invited = (await admin.post('/admin/invitations')).json<{ link: string }>().link
      assert.equal((await visitor(app).post(new URL(invited).pathname, person())).statusCode, 201)
      return (await visitor(app).post('/register', person())).statusCode
    }
    assert.deepEqual(
      [
        await statusOf({}, null),
        await statusOf({}, true),
        await statusOf(domains, null),
        await statusOf(domains, false),
        await statusOf(domains, null, null)
      ],
      [201, 202, 202, 201, 201]
    )
  })

  test('a configured administrator confirms the address, in every mode', async t => {
    const box = await mailbox(t)
    const boss = { name: 'Boss', email: 'boss@example.org', password: PASSWORD }
    const settings = { mail: box.settings, accounts: { administrator: boss.email } }
    const app = await build(t, embedded, { ...settings, site: { registration: 'closed' } })
    assert.equal((await visitor(app).post('/register', boss)).statusCode, 202)
    assert.equal(await accountOf(app, boss.email), undefined)
    const link = await linkIn(box)
    assert.equal((await visitor(app).post(link, { password: PASSWORD })).statusCode, 201)
    assert.equal((await accountOf(app, boss.email))!.is_admin, 1)
  })

  onEngines('what is taken meanwhile is named, with the ways on', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { ...domains, mail: box.settings })
    await member(app)
    const [pupil, other] = [person(), person()]
    const next = '/questions?mine=1'
    for (const one of [pupil, pupil]) await visitor(app).post('/register', { ...one, next })
    await visitor(app).post('/register', { ...other, phone: '+49 171 1234567' })
    await box.letter(2)
    const [first, second] = [await linkIn(box, 0), await linkIn(box, 1)]
    await visitor(app).post(first, { password: PASSWORD })
    const taken = await visitor(app).submit(second, { password: PASSWORD })
    assert.equal(taken.statusCode, 409)
    assert.match(taken.body, new RegExp(`id="mistakes".*has been registered.*<bdi>${pupil.email}</bdi>`, 's'))
    for (const page of ['login', 'register'])
      assert.match(taken.body, new RegExp(`href="/${page}\\?next=%2Fquestions%3Fmine%3D1"`))
    assert.doesNotMatch(taken.body, /href="#(email|phone)"|type="password"/)
    await app.db.execute("UPDATE user SET phone = '+491711234567' WHERE email = ?", [pupil.email])
    const phone = await visitor(app).submit(await linkIn(box, 2), { password: PASSWORD })
    assert.equal(phone.statusCode, 409)
    assert.match(phone.body, /has been registered.*Phone/s)
    assert.doesNotMatch(phone.body, /href="#(email|phone)"/)
  })

  test('a class registers behind one address; its limit is that of registrations', async t => {
    const box = await mailbox(t)
    const limits = { mails: { most: 2 }, registrations: { most: 5 } }
    const app = await build(t, embedded, { ...domains, mail: box.settings, limits })
    assert.equal((await visitor(app).post('/register', person())).statusCode, 201)
    const statuses = []
    for (let n = 0; n < 5; n++) statuses.push((await visitor(app).post('/register', person())).statusCode)
    assert.deepEqual(statuses, [202, 202, 202, 202, 429], 'the first account counts')
  })

  test('an address is sent three links an hour', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { ...domains, mail: box.settings })
    await member(app)
    const pupil = person()
    for (let n = 0; n < 4; n++) assert.equal((await visitor(app).post('/register', pupil)).statusCode, 202)
    await box.letter(2)
    assert.equal((await app.db.select('SELECT email FROM pending_account')).length, 3)
  })
})
