/**
 * The second factor: set-up, sign-in with a code, recovery, limits, and what administrators do
 * about it.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { build, member, PASSWORD, start, type Visitor, visitor } from '../../support/app.ts'
import { embedded, mariadb, onEngines, shared } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask } from '../../support/polls.ts'
import { bareCode } from '../../../app/values/one-time-codes.ts'
import { hashOfSecret } from '../../../app/values/secret.ts'

type Answer = Awaited<ReturnType<Visitor['get']>>

const errorOf = (answer: Answer) => [answer.statusCode, answer.json<{ error: string }>().error]
const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()
const wrong = (secret: string) => String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, '0')

const newSecret = () => randomBytes(30).toString('base64url')

/** Makes the code of the current step usable again. */
const forgetStep = (app: FastifyInstance) => app.db.execute('UPDATE user SET totp_step = 0')

const login = (client: Visitor, email: string, code?: string) =>
  client.post('/login', { account: email, password: PASSWORD, ...(code === undefined ? {} : { code }) })

/** Turns the second factor on, and returns its secret and recovery codes. */
async function turnOn(client: Visitor) {
  const { setup, secret } = (await client.get('/account/second-factor')).json<{
    setup: string
    secret: string
  }>()
  const answer = await client.post('/account/second-factor', {
    act: 'on',
    setup,
    current: PASSWORD,
    code: codeOf(secret)
  })
  assert.equal(answer.statusCode, 200, answer.body)
  return { secret, codes: answer.json<{ recovery_codes: string[] }>().recovery_codes }
}

describe('routes/accounts/second-factor', () => {
  onEngines('a program signs in with a code, once, and with each recovery code once', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { secret, codes } = await turnOn(ann)
    assert.equal(codes.length, 10)
    const reused = await login(visitor(app), ann.email, codeOf(secret))
    assert.deepEqual(errorOf(reused), [401, 'wrong_second_code'], 'the code of the set-up was used')
    await forgetStep(app)
    assert.deepEqual(errorOf(await login(visitor(app), ann.email)), [401, 'second_code_required'])
    assert.deepEqual(errorOf(await login(visitor(app), ann.email, '')), [401, 'second_code_required'])
    assert.deepEqual(errorOf(await login(visitor(app), ann.email, wrong(secret))), [401, 'wrong_second_code'])
    const spaced = codeOf(secret).replace(/^(...)/, '$1 ')
    const phone = visitor(app)
    assert.equal((await login(phone, ann.email, spaced)).statusCode, 200)
    assert.equal((await phone.get('/account')).json<{ second_factor: boolean }>().second_factor, true)
    assert.deepEqual(errorOf(await login(visitor(app), ann.email, codeOf(secret))), [
      401,
      'wrong_second_code'
    ])
    const [first, second] = codes as [string, string]
    assert.equal((await login(visitor(app), ann.email, first)).statusCode, 200)
    assert.deepEqual(errorOf(await login(visitor(app), ann.email, first)), [401, 'wrong_second_code'])
    assert.equal((await login(visitor(app), ann.email, second.toUpperCase())).statusCode, 200)
    const state = await ann.get('/account/second-factor')
    assert.deepEqual(state.json(), { second_factor: true, recovery_codes_left: 8 })
    const rows = JSON.stringify([
      await app.db.select('SELECT * FROM user'),
      await app.db.select('SELECT * FROM recovery_code')
    ])
    for (const one of [secret, ...codes]) assert.ok(!rows.includes(one), 'stored encrypted or hashed')
  })

  onEngines('two replicas accept a code, and a recovery code, once', async (t, engine) => {
    const tree = await engine.filled(t)
    const replicas = [await start(t, tree), await start(t, tree)]
    const [app] = replicas as [FastifyInstance, FastifyInstance]
    const ann = await member(app)
    const { secret, codes } = await turnOn(ann)
    await forgetStep(app)
    for (const code of [codeOf(secret), codes[0]!]) {
      const answers = await Promise.all([0, 1, 0, 1].map(n => login(visitor(replicas[n]!), ann.email, code)))
      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
        [200, 401, 401, 401]
      )
    }
  })

  onEngines('a page asks for the code on a second page, and leads where it began', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const page = await ann.page('/account/second-factor')
    assert.match(page.body, /<svg class="qr"/)
    const [, secret] = />([A-Z2-7]{32})<\/textarea>/.exec(page.body)!
    const form = fieldsOf(page.body, '/account/second-factor')
    const refused = await ann.submit('/account/second-factor', {
      ...form,
      act: 'on',
      current: PASSWORD,
      code: wrong(secret!)
    })
    assert.equal(refused.statusCode, 401)
    assert.ok(refused.body.includes(secret!), 'the same secret again')
    const done = await ann.submit('/account/second-factor', {
      ...form,
      act: 'on',
      current: PASSWORD,
      code: codeOf(secret!)
    })
    assert.equal(done.statusCode, 200)
    assert.equal(/<textarea[^>]*>([^<]*)/.exec(done.body)?.[1]?.trim().split('\n').length, 10)
    assert.equal(done.headers['cache-control'], 'no-store')
    await forgetStep(app)

    const guest = visitor(app)
    const asked = await guest.submit('/login', {
      account: ann.email,
      password: PASSWORD,
      next: '/questions?mine=1'
    })
    assert.equal(asked.headers.location, '/login/code?next=%2Fquestions%3Fmine%3D1')
    assert.equal((await guest.get('/account')).statusCode, 401, 'the password alone gives nothing')
    const second = await guest.page(asked.headers.location)
    const fields = fieldsOf(second.body, '/login/code')
    const again = await guest.submit('/login/code', { ...fields, code: wrong(secret!) })
    assert.equal(again.statusCode, 401)
    const ready = await guest.submit('/login/code', {
      ...fieldsOf(again.body, '/login/code'),
      code: codeOf(secret!)
    })
    assert.deepEqual([ready.statusCode, ready.headers.location], [303, '/questions?mine=1'])
    assert.equal((await guest.get('/account')).statusCode, 200)
  })

  onEngines(
    'the second page is for the browser that gave the password, for five minutes, until sessions end',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { codes } = await turnOn(ann)
      const stranger = visitor(app)
      assert.equal((await stranger.page('/login/code?next=/rooms')).headers.location, '/login?next=%2Frooms')
      assert.deepEqual(errorOf(await stranger.post('/login/code', { code: codes[0]! })), [
        401,
        'second_step_over'
      ])
      stranger.cookies.set('step', `${Buffer.from('{"user":1}').toString('base64url')}.forged`)
      assert.deepEqual(errorOf(await stranger.post('/login/code', { code: codes[0]! })), [
        401,
        'second_step_over'
      ])
      const guest = visitor(app)
      await guest.submit('/login', { account: ann.email, password: PASSWORD })
      await app.accounts.endSessions((await app.users.find(ann.id))!)
      const late = await guest.submit('/login/code', { code: codes[0]!, next: '/rooms' })
      assert.equal(late.statusCode, 401)
      assert.match(late.body, /name="password"/, 'the sign-in begins again')
      assert.equal(fieldsOf(late.body, '/login').next, '/rooms')
      const removed = visitor(app)
      await removed.submit('/login', { account: ann.email, password: PASSWORD })
      const factor = 'SELECT totp_secret, totp_step FROM user WHERE id = ?'
      const { totp_secret, totp_step } = (await app.db.fetchone<Record<string, string>>(factor, [ann.id]))!
      await app.db.execute('UPDATE user SET totp_secret = NULL WHERE id = ?', [ann.id])
      const off = await removed.submit('/login/code', { code: codes[0]!, next: '/rooms' })
      assert.equal(off.statusCode, 401)
      assert.equal(fieldsOf(off.body, '/login').next, '/rooms', 'without a factor')
      assert.equal((await removed.page('/login/code')).headers.location, '/login?next=%2F')
      await app.db.execute('UPDATE user SET totp_secret = ?, totp_step = ? WHERE id = ?', [
        totp_secret!,
        totp_step!,
        ann.id
      ])
      const slow = visitor(app)
      await slow.submit('/login', { account: ann.email, password: PASSWORD })
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 301_000 })
      const expired = await slow.post('/login/code', { code: codes[0]! })
      t.mock.timers.reset()
      assert.deepEqual(errorOf(expired), [401, 'second_step_over'])
      assert.equal((await login(visitor(app), ann.email, codes[0])).statusCode, 200, 'the code was not used')
    }
  )

  onEngines(
    'recovery codes that two processes replace at once are those of one list',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const [one, other] = [await start(t, tree), await start(t, tree)]
      const ann = await member(one)
      const phone = visitor(other)
      for (const [name, value] of ann.cookies) phone.cookies.set(name, value)
      let { codes } = await turnOn(ann)
      for (let round = 0; round < 6; round++) {
        const answers = await Promise.all(
          [ann, phone].map((client, n) =>
            client.post('/account/second-factor', { act: 'codes', current: PASSWORD, code: codes[n]! })
          )
        )
        const lists = answers
          .filter(({ statusCode }) => statusCode === 200)
          .map(answer => answer.json<{ recovery_codes: string[] }>().recovery_codes)
        const stored = await one.db.select<{ code_hash: string }>('SELECT code_hash FROM recovery_code')
        const hashes = stored.map(row => row.code_hash).toSorted()
        const hashesOf = (list: string[]) => list.map(code => hashOfSecret(bareCode(code))).toSorted()
        codes =
          lists.find(list => isDeepStrictEqual(hashesOf(list), hashes)) ?? assert.fail('codes of two lists')
      }
    },
    shared
  )

  onEngines('wrong codes and wrong passwords count together', async (t, engine) => {
    const app = await build(t, engine, {
      limits: { wrongPasswords: { most: 3, seconds: 600 } },
      session: { secret: newSecret() } // counters of its own
    })
    const ann = await member(app)
    const { secret, codes } = await turnOn(ann)
    const guest = visitor(app)
    await guest.post('/login', { account: ann.email, password: 'not the password' })
    await guest.submit('/login', { account: ann.email, password: PASSWORD })
    await guest.post('/login/code', { code: wrong(secret) })
    await login(guest, ann.email, 'no-such-code')
    assert.deepEqual(errorOf(await login(guest, ann.email, codes[0])), [429, 'too_many_passwords'])
    assert.deepEqual(errorOf(await guest.post('/login/code', { code: codes[0]! })), [
      429,
      'too_many_passwords'
    ])
    const off = await ann.post('/account/second-factor', { act: 'off', current: PASSWORD, code: codes[0]! })
    assert.deepEqual(errorOf(off), [429, 'too_many_passwords'])
  })

  onEngines('turning off, and new recovery codes, need the password and a code', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { codes } = await turnOn(ann)
    const change = (fields: object) => ann.post('/account/second-factor', { ...fields })
    const twice = await change({ act: 'on', setup: '', current: PASSWORD, code: '123456' })
    assert.deepEqual(errorOf(twice), [401, 'wrong_second_code'])
    assert.deepEqual(errorOf(await change({ act: 'off', current: 'wrong', code: codes[0]! })), [
      422,
      'wrong_password'
    ])
    assert.equal((await change({ act: 'off', code: codes[0]! })).statusCode, 422)
    assert.equal((await change({ act: 'off', current: PASSWORD })).statusCode, 422)
    assert.deepEqual(errorOf(await change({ act: 'off', current: PASSWORD, code: 'nonsense' })), [
      401,
      'wrong_second_code'
    ])
    const renewed = await change({ act: 'codes', current: PASSWORD, code: codes[0]! })
    const fresh = renewed.json<{ recovery_codes: string[] }>().recovery_codes
    assert.deepEqual(errorOf(await change({ act: 'off', current: PASSWORD, code: codes[1]! })), [
      401,
      'wrong_second_code'
    ])
    assert.equal((await change({ act: 'off', current: PASSWORD, code: fresh[0]! })).statusCode, 200)
    assert.deepEqual(errorOf(await change({ act: 'off', current: PASSWORD, code: fresh[1]! })), [
      409,
      'second_factor_off'
    ])
    assert.equal((await login(visitor(app), ann.email)).statusCode, 200)
    assert.deepEqual(await app.db.select('SELECT * FROM recovery_code'), [])
  })

  onEngines(
    'a new password and a reset link keep the factor; a deleted account has none',
    async (t, engine) => {
      const app = await build(t, engine)
      await member(app) // the administrator
      const ann = await member(app)
      const { codes } = await turnOn(ann)
      const { token } = await app.resets.make(ann.id)
      await visitor(app).post(`/reset/${token}`, { password: PASSWORD })
      assert.deepEqual(errorOf(await login(visitor(app), ann.email)), [401, 'second_code_required'])
      const phone = visitor(app)
      await login(phone, ann.email, codes[0])
      const gone = await phone.post('/account/delete', { current: PASSWORD, votes: 'withdraw' })
      assert.equal(gone.statusCode, 200, gone.body)
      const sql = 'SELECT totp_secret, totp_step FROM user WHERE id = ?'
      assert.deepEqual(Object.values((await app.db.fetchone<object>(sql, [ann.id]))!), [null, 0])
      assert.deepEqual(await app.db.select('SELECT * FROM recovery_code'), [])
    }
  )

  test('another administrator removes the factor of a lost device, and the log says so', async t => {
    const app = await build(t, embedded)
    const admin = await member(app)
    const ann = await member(app)
    assert.match((await admin.page('/admin')).body, /protected by its password alone/)
    await turnOn(ann)
    await turnOn(admin)
    assert.doesNotMatch((await admin.page('/admin')).body, /protected by its password alone/)
    assert.match((await admin.page(`/admin/users/${ann.id}`)).body, /value="reset_second_factor"/)
    assert.doesNotMatch((await admin.page(`/admin/users/${admin.id}`)).body, /value="reset_second_factor"/)
    const reset = (id: number) => admin.post(`/admin/users/${id}`, { act: 'reset_second_factor' })
    assert.deepEqual(errorOf(await reset(admin.id)), [409, 'own_second_factor'])
    assert.equal((await reset(ann.id)).statusCode, 200)
    assert.equal((await reset(ann.id)).statusCode, 200, 'idempotent')
    assert.equal((await login(visitor(app), ann.email)).statusCode, 200)
    const acts = await app.db.select("SELECT act FROM admin_log WHERE act = 'reset_second_factor'")
    assert.equal(acts.length, 1)
    assert.match((await admin.page('/admin/log')).body, /Second factor removed/)
  })

  test('an instance can require it of administrators: pages lead to the set-up', async t => {
    const app = await build(t, embedded, { signIn: { secondFactor: 'administrators' } })
    const admin = await member(app)
    const ann = await member(app)
    for (const url of ['/admin', '/admin/users', '/admin/settings']) {
      const led = await admin.page(url)
      assert.deepEqual(
        [led.statusCode, led.headers.location],
        [303, '/account/second-factor?done=required#done'],
        url
      )
      assert.deepEqual(errorOf(await admin.get(url)), [403, 'second_factor_required'])
    }
    const disabled = await admin.post(`/admin/users/${ann.id}`, { act: 'disable' })
    assert.deepEqual(errorOf(disabled), [403, 'second_factor_required'])
    const poll = await ask(app, { user_id: ann.id })
    const remove = () => admin.post(`/questions/${poll.slug}/delete`)
    assert.deepEqual(errorOf(await remove()), [403, 'second_factor_required'], 'polls of others too')
    assert.deepEqual(errorOf(await ann.get('/admin')), [403, 'admin_only'])
    assert.match(
      (await admin.page('/account/second-factor?done=required')).body,
      /id="done" tabindex="-1">.*requires a second factor/
    )
    await turnOn(admin)
    assert.equal((await admin.page('/admin')).statusCode, 200)
    assert.equal((await remove()).statusCode, 200)
  })

  test('a recovery code is not used up while no session can begin', async t => {
    const tree = await mariadb.filled(t)
    const app = await start(t, tree)
    const ann = await member(app)
    const { codes } = await turnOn(ann)
    const down = await start(t, { ...tree, redis: { socketPath: '/nowhere.sock' }, log: { level: 'silent' } })
    assert.deepEqual(errorOf(await login(visitor(down), ann.email, codes[0])), [503, 'sessions_down'])
    assert.equal((await login(visitor(app), ann.email, codes[0])).statusCode, 200)
  })

  onEngines(
    'a former session secret still opens the factor, and the next code stores it anew',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const former = newSecret()
      const before = await start(t, { ...tree, session: { secret: former } })
      const ann = await member(before)
      const { secret } = await turnOn(ann)
      const now = { secret: newSecret() }
      const rotating = await start(t, { ...tree, session: { ...now, previousSecret: former } })
      await forgetStep(rotating)
      assert.equal((await login(visitor(rotating), ann.email, codeOf(secret))).statusCode, 200)
      await forgetStep(rotating)
      const after = await start(t, { ...tree, session: now })
      assert.equal((await login(visitor(after), ann.email, codeOf(secret))).statusCode, 200)
    }
  )
})
