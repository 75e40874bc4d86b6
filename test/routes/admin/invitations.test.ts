/** /admin/invitations and /register/:invitation: who may register, and by which link. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { freePort } from '../../../app/ops/servers.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, start, type Visitor, visitor } from '../../support/app.ts'
import { embedded, onEngines, shared } from '../../support/engines.ts'
import { eventually } from '../../support/eventually.ts'
import { mailAt, mailbox } from '../../support/mailbox.ts'

const silent = { log: { level: 'silent' } }
const at = '/admin/invitations'
let people = 0
const person = (domain = 'other.example') => ({
  name: 'Cy',
  email: `cy${++people}@${domain}`,
  password: PASSWORD
})
const accounts = async (app: FastifyInstance) =>
  (await app.db.select('SELECT id FROM user WHERE id > 3')).length

/** Makes an invitation; returns its path and its id. */
async function invite(admin: Visitor) {
  const { id, link } = (await admin.post(at)).json<{ id: number; link: string }>()
  return { id, path: new URL(link).pathname }
}

describe('/admin/invitations', () => {
  onEngines('each mode of registration admits whom it says', async (t, engine) => {
    const app = await build(t, engine, silent)
    const admin = await member(app)
    const set = (values: object) => admin.send({ method: 'POST', url: '/admin/settings', payload: values })
    const register = (path: string, domain?: string) => visitor(app).post(path, person(domain))

    isEnvelope(await set({ registration: 'domains' }), 422, 20005)
    const domains = { registration: 'domains', registration_domains: ['School.example', 'école.example'] }
    assert.deepEqual((await set(domains)).json().settings.registration_domains, [
      'school.example',
      'xn--cole-9oa.example'
    ])
    for (const domain of ['school.example', 'SCHOOL.example', 'École.example'])
      assert.equal((await register('/register', domain)).statusCode, 201, domain)
    for (const domain of ['other.example', 'mail.school.example']) {
      const refused = await register('/register', domain)
      isEnvelope(refused, 422, 20005)
      assert.deepEqual(refused.json().fields, {
        email: 'Use an address at \u2068school.example, école.example\u2069'
      })
    }
    assert.match(
      (await visitor(app).page('/register')).body,
      /An address at <bdi>school\.example, école\.example<\/bdi>\./
    )
    const first = await invite(admin)
    assert.doesNotMatch((await visitor(app).page(first.path)).body, /An address at/)
    assert.equal((await register(first.path)).statusCode, 201, 'an invitation admits any address')

    await set({ registration: 'invite' })
    isEnvelope(await register('/register', 'school.example'), 403, 20120)
    isEnvelope(await visitor(app).get('/register'), 403, 20120)
    assert.doesNotMatch((await visitor(app).page('/login')).body, /href="\/register/)
    const second = await invite(admin)
    assert.equal((await register(second.path)).statusCode, 201)

    const third = await invite(admin)
    await set({ registration: 'closed' })
    isEnvelope(await register(third.path), 403, 20100)
    isEnvelope(await admin.post(at), 403, 20100)
    const page = (await admin.page(at)).body
    assert.match(page, /invitations do not work until <a href="\/admin\/settings">that is changed<\/a>/)
    assert.doesNotMatch(page, /Make an invitation/)
    assert.equal((await admin.get(at)).json().invitations.length, 3, 'none was made')
    await set({ registration: 'open' })
    assert.equal((await register('/register')).statusCode, 201)
    assert.equal((await register(third.path)).statusCode, 201, 'it was not used by the refused try')
  })

  onEngines(
    'an invitation makes one account, on any replica, and opening it uses nothing',
    async (t, engine) => {
      const tree = { ...(await engine.filled(t)), ...silent, site: { registration: 'invite' } }
      const [one, other] = [await start(t, tree), await start(t, tree)]
      const admin = await member(one)
      const { path } = await invite(admin)
      for (let n = 0; n < 10; n++) assert.equal((await visitor(other).page(path)).statusCode, 200)
      isEnvelope(await visitor(other).post(path, { ...person(), password: 'short' }), 422, 20005)
      isEnvelope(await visitor(other).post(path, { ...person(), email: admin.email }), 409, 20001)
      const before = await accounts(one)
      const tries = Array.from({ length: 10 }, (_, n) => visitor(n % 2 ? one : other).post(path, person()))
      const codes = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
      assert.deepEqual(
        codes.toSorted((a, b) => a - b),
        [201, ...Array(9).fill(410)]
      )
      assert.equal((await accounts(one)) - before, 1)
      isEnvelope(await visitor(one).get(path), 410, 20122)
      const page = await visitor(one).page(path)
      assert.deepEqual([page.statusCode, /was used already/.test(page.body)], [410, true])
    },
    shared
  )

  onEngines('an invitation is shown once, stored as a hash, logged, and revoked', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, ann] = [await member(app), await member(app)]
    const made = await admin.submit(at, {})
    assert.equal(made.statusCode, 201)
    const token = /\/register\/([\w-]{22})"/.exec(made.body)![1]!
    assert.ok(!(await admin.page(at)).body.includes(token))
    assert.ok(!JSON.stringify(await app.db.select('SELECT * FROM account_invitation')).includes(token))
    const page = await visitor(app).page(`/register/${token}`)
    assert.equal(page.headers['referrer-policy'], 'strict-origin', 'the address is no referrer')
    const [listed] = (await admin.get(at)).json().invitations
    assert.deepEqual([listed.is_open, listed.user], [true, null])

    isEnvelope(await ann.post(at), 403, 20035)
    isEnvelope(await ann.delete(`${at}/${listed.id}`), 403, 20035)
    const revoked = await admin.submit(`${at}/${listed.id}`, {})
    assert.deepEqual([revoked.statusCode, revoked.headers.location], [303, `${at}?done=revoked#done`])
    assert.match((await admin.page(`${at}?done=revoked`)).body, /The invitation is revoked/)
    isEnvelope(await visitor(app).post(`/register/${token}`, person()), 404, 20121)
    for (const path of ['/register/x', `/register/${token}x`])
      isEnvelope(await visitor(app).get(path), 404, 20121)
    const log = (await admin.get('/admin/log')).json().log.map(({ act }: { act: string }) => act)
    assert.deepEqual(log, ['uninvite', 'invite'])

    const { id, path } = await invite(admin)
    await visitor(app).post(path, { ...person(), name: 'Cyril' })
    await admin.delete(`${at}/${id}`)
    const [used] = (await admin.get(at)).json().invitations
    assert.deepEqual([used.is_open, used.user.name], [false, 'Cyril'], 'a used one stays')
    await app.db.execute(
      "UPDATE account_invitation SET used_time = NULL, expires_time = '2020-01-01 00:00:00'"
    )
    isEnvelope(await visitor(app).post(path, person()), 410, 20122)
  })

  onEngines('an invitation goes to an address by mail, in the same link', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { ...silent, mail: box.settings })
    const admin = await member(app)
    const page = await admin.submit(at, { email: ' Cy@Bücher.example ' })
    assert.equal(page.statusCode, 201)
    assert.match(page.body, /on its way to <bdi>cy@bücher\.example<\/bdi>/)
    const letter = await box.letter()
    assert.deepEqual(letter.to, ['cy@bücher.example'])
    assert.match(letter.headers.subject![0]!, /^Invitation to vote$/)
    const [, path] = /^http:\/\/localhost:9000(\/register\/[\w-]{22})$/m.exec(letter.text)!
    assert.ok(page.body.includes(path!))
    await admin.send({ method: 'POST', url: '/admin/settings', payload: { registration: 'invite' } })
    assert.equal((await visitor(app).post(path!, person())).statusCode, 201)
    await eventually(async () => assert.deepEqual(await app.db.select('SELECT id FROM mail'), []))
    for (const payload of [
      '{"email":"cy"}',
      '{"email":"Cy\\u00a0cy@b.example"}',
      '{"email":"a@b\\r\\nBcc: x@y.z"}',
      '{"email":0}',
      '[]'
    ]) {
      const headers = { 'content-type': 'application/json' }
      isEnvelope(await admin.send({ method: 'POST', url: at, payload, headers }), 422, 20005)
    }
    assert.match((await admin.submit(at, { email: 'cy' })).body, /aria-invalid="true"/)
    const headers = { 'content-type': 'application/json', 'accept-language': 'fr' }
    await admin.send({ method: 'POST', url: at, payload: '{"email":"d@b.example"}', headers })
    assert.deepEqual((await box.letter(1)).headers['content-language'], ['fr'], 'as the page')
    assert.equal((await admin.post(at)).statusCode, 201, 'the address is optional')
    assert.equal(box.letters.length, 2)
  })

  onEngines('a revoked invitation is not sent, and a mail that failed is shown', async (t, engine) => {
    const app = await build(t, engine, { ...silent, mail: mailAt(await freePort()) })
    const admin = await member(app)
    const email = 'cy@other.example'
    const { id } = (await admin.post(at, { email })).json<{ id: number }>()
    const mailOf = async () =>
      (await admin.get(at)).json<{ invitations: Array<{ mail: unknown }> }>().invitations
    assert.equal((await mailOf())[0]!.mail, 'waiting')
    assert.match((await admin.page(at)).body, /waits for the mail server/)
    await eventually(async () =>
      assert.equal((await app.outbox.state()).failure, 'ESOCKET', 'the first attempt is over')
    )
    await app.db.execute("UPDATE mail SET next_time = NULL, recipient = '', payload = '{}'")
    assert.match((await admin.page(at)).body, /could not be sent/)
    assert.equal((await admin.delete(`${at}/${id}`)).statusCode, 200)
    assert.deepEqual(await app.db.select('SELECT id FROM mail'), [])
    assert.deepEqual(await mailOf(), [])
  })

  test('without a mail server there is no such field, and an address is refused', async t => {
    const app = await build(t, embedded, silent)
    const admin = await member(app)
    assert.doesNotMatch((await admin.page(at)).body, /name="email"/)
    isEnvelope(await admin.post(at, { email: 'cy@other.example' }), 409, 20180)
    assert.deepEqual((await admin.get(at)).json().invitations, [])
  })
})
