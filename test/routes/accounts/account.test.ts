/** /account and /account/password: the user's data, and sessions after a new password. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'

const next = 'another long password'

describe('/account', () => {
  onEngines('a name is changed without the password, an e-mail or phone only with it', async (t, engine) => {
    const app = await build(t, engine, { accounts: { homeRegion: 'DE' } })
    const ann = await member(app)
    const { email } = ann
    const own = { name: 'Anne', email }
    const shown = (await ann.get('/account')).json()
    const columns = ['create_time', 'email', 'id', 'is_admin', 'locale', 'name', 'phone', 'second_factor']
    assert.deepEqual(Object.keys(shown).toSorted(), columns)
    const renamed = (await ann.post('/account', own)).json()
    assert.partialDeepStrictEqual(renamed, { error_code: 0, id: ann.id, name: 'Anne', email, phone: null })
    assert.equal(
      (await ann.post('/account', { ...own, email: email.toUpperCase() })).statusCode,
      200,
      'the same one'
    )
    for (const typed of [`Q One <${email}>`, `"${email}"`, `'${email}'`, `“${email}”`, `${email};`])
      assert.equal((await ann.post('/account', { ...own, email: typed })).statusCode, 200, typed)

    for (const change of [{ email: 'new@example.org' }, { phone: '0171 1234567' }]) {
      for (const current of ['', 'wrong', `${PASSWORD} `]) {
        const refused = await ann.post('/account', { ...own, ...change, current })
        isEnvelope(refused, 422, 20036)
        assert.deepEqual(refused.json().fields, { current: 'This is not your password' })
      }
    }
    const changed = { ...own, email: ' New@Example.org', phone: '0171 1234567', current: PASSWORD }
    assert.partialDeepStrictEqual((await ann.post('/account', changed)).json(), {
      email: 'new@example.org',
      phone: '+491711234567'
    })
    for (const account of ['new@example.org', '0171/1234567']) {
      assert.equal((await visitor(app).post('/login', { account, password: PASSWORD })).statusCode, 200)
    }
    assert.equal((await visitor(app).post('/login', { account: email, password: PASSWORD })).statusCode, 401)
    const same = { name: 'Anne', email: 'new@example.org' }
    assert.equal((await ann.post('/account', same)).json().phone, '+491711234567', 'not named, not changed')
    isEnvelope(await ann.post('/account', { ...same, phone: '' }), 422, 20036)
    assert.equal((await ann.post('/account', { ...same, phone: '', current: PASSWORD })).json().phone, null)
    assert.equal((await ann.get('/')).statusCode, 200, 'and nobody was signed out')
  })

  onEngines(
    'an e-mail of another account is reported as taken, and each error appears beside its field',
    async (t, engine) => {
      const app = await build(t, engine, { accounts: { homeRegion: 'DE' } })
      const [ann, bob] = [await member(app), await member(app)]
      await bob.post('/account', { name: 'Bob', email: bob.email, phone: '0171 1234567', current: PASSWORD })
      const own = { name: 'Ann', email: ann.email, current: PASSWORD }
      for (const [change, field] of [
        [{ email: bob.email }, 'email'],
        [{ phone: '+49 171 1234567' }, 'phone']
      ] as const) {
        const taken = await ann.post('/account', { ...own, ...change })
        isEnvelope(taken, 409, 20001)
        assert.deepEqual(Object.keys(taken.json().fields), [field])
      }
      for (const [change, field] of [
        [{ name: ' ' }, 'name'],
        [{ email: 'nobody' }, 'email'],
        [{ phone: '12' }, 'phone']
      ] as const) {
        const wrong = await ann.post('/account', { ...own, ...change })
        isEnvelope(wrong, 422, 20005)
        assert.deepEqual(Object.keys(wrong.json().fields), [field])
      }
      const typed = { name: 'Ännchen', email: bob.email, phone: '', current: PASSWORD }
      const page = await ann.submit('/account', typed)
      assert.equal(page.statusCode, 409)
      assert.match(
        page.body,
        /value="Ännchen".*<small id="email-help" class="wrong">The email or phone has been registered/s
      )
      assert.doesNotMatch(page.body, new RegExp(PASSWORD))
      assert.equal((await ann.get('/account')).json().name, 'Ann', 'nothing of it was stored')
      const both = ['taken1@example.org', 'taken1@example.org'].map((email, n) =>
        [ann, bob][n]!.post('/account', { ...own, email })
      )
      const codes = (await Promise.all(both)).map(answer => answer.statusCode)
      assert.deepEqual(
        codes.toSorted((a, b) => a - b),
        [200, 409],
        'asked for at once, one gets it'
      )
    }
  )

  test('changes of e-mail and phone are limited for each account, also to what is taken', async t => {
    const app = await build(t, embedded, { limits: { accountChanges: { most: 2 } } })
    const [ann, bob] = [await member(app), await member(app)]
    const own = { name: 'Ann', email: ann.email, current: PASSWORD }
    isEnvelope(await ann.post('/account', { ...own, email: 'new@example.org', current: 'wrong' }), 422, 20036)
    for (let n = 0; n < 2; n++)
      isEnvelope(await ann.post('/account', { ...own, email: bob.email }), 409, 20001)
    for (const change of [{ email: bob.email }, { email: 'new@example.org' }, { phone: '+491711234567' }])
      isEnvelope(await ann.post('/account', { ...own, ...change }), 429, 20049)
    assert.equal((await ann.post('/account', own)).statusCode, 200, 'nothing is changed')
    const moved = { name: 'Bob', email: 'bob2@example.org', current: PASSWORD }
    assert.equal((await bob.post('/account', moved)).statusCode, 200)
  })

  onEngines('a changed name puts no former phone number back', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const change = (fields: object) => ann.post('/account', { name: 'Ann', email: ann.email, ...fields })
    await change({ phone: '+49 30 901820', current: PASSWORD })
    const transaction = app.db.transaction.bind(app.db)
    t.mock.method(
      app.db,
      'transaction',
      async (...args: Parameters<typeof transaction>) => {
        // Between the read of the account and its lock, another request stores a new number.
        await app.db.execute("UPDATE user SET phone = '+493090190000' WHERE id = ?", [ann.id])
        return transaction(...args)
      },
      { times: 1 }
    )
    assert.equal((await change({ name: 'Anna' })).statusCode, 200)
    const { name, phone } = (await ann.get('/account')).json()
    assert.deepEqual([name, phone], ['Anna', '+493090190000'])
  })

  onEngines('a new password ends all other sessions and renews the id of this one', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const phone = visitor(app)
    await phone.post('/login', { account: ann.email, password: PASSWORD })
    const old = ann.cookies.get('sessionid')!
    isEnvelope(await ann.post('/account/password', { current: 'wrong', password: next }), 422, 20036)
    const form = (await ann.page('/account/password')).body
    assert.match(form, new RegExp(`autocomplete="username" value="${ann.email}"`), 'for password managers')
    for (const password of ['short', '1234567890', 'PassWord', 'p'.repeat(129), 'ann.2026.', ann.email]) {
      const refused = await ann.post('/account/password', { current: PASSWORD, password })
      assert.deepEqual(
        [refused.statusCode, Object.keys(refused.json().fields)],
        [422, ['password']],
        password
      )
    }
    assert.equal((await phone.get('/account')).statusCode, 200, 'nothing has happened so far')

    const answer = await ann.submit('/account/password', { current: PASSWORD, password: next })
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/account?done=password#done'])
    assert.match((await ann.page('/account?done=password')).body, /role="status".*signed out everywhere else/)
    assert.notEqual(ann.cookies.get('sessionid'), old)
    assert.equal((await ann.get('/account')).statusCode, 200)
    isEnvelope(await phone.get('/account'), 401, 20006)
    const thief = visitor(app)
    thief.cookies.set('sessionid', old)
    isEnvelope(await thief.get('/account'), 401, 20006)
    const login = async (password: string) =>
      (await visitor(app).post('/login', { account: ann.email, password })).statusCode
    assert.deepEqual([await login(PASSWORD), await login(next)], [401, 200])
  })

  onEngines(
    'of several concurrent password changes one succeeds, and its session stays signed in',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const devices = await Promise.all(
        [1, 2, 3, 4].map(async n => {
          const device = visitor(app)
          await device.post('/login', { account: ann.email, password: PASSWORD })
          return { device, password: `${next} ${n}` }
        })
      )
      const answers = await Promise.all(
        devices.map(({ device, password }) =>
          device.post('/account/password', { current: PASSWORD, password })
        )
      )
      const statuses = answers.map(answer => answer.statusCode)
      assert.equal(statuses.filter(status => status === 200).length, 1, statuses.join())
      for (const [n, { device, password }] of devices.entries()) {
        const isSet = statuses[n] === 200
        assert.equal((await device.get('/account')).statusCode, isSet ? 200 : 401)
        const login = await visitor(app).post('/login', { account: ann.email, password })
        assert.equal(login.statusCode, isSet ? 200 : 401)
      }
    }
  )

  test('the header links to the account, and for administrators only to the administration', async t => {
    const app = await build(t, embedded)
    const [first, second] = [await member(app), await member(app)]
    assert.match(
      (await first.page('/')).body,
      /<a href="\/account">.*Account<\/a>.*<a href="\/admin">.*Admin<\/a>/s
    )
    assert.doesNotMatch((await second.page('/')).body, /\/admin/)
    assert.doesNotMatch((await visitor(app).page('/questions')).body, /\/account|\/admin/)
    for (const url of ['/account', '/account/password', '/account/sessions', '/account/delete', '/admin']) {
      isEnvelope(await visitor(app).get(url), 401, 20006)
      const page = await visitor(app).page(url)
      assert.deepEqual(
        [page.statusCode, page.headers.location],
        [303, `/login?next=${encodeURIComponent(url)}`]
      )
    }
  })
})
