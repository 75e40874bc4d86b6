/** /login and /logout: one error for every failed sign-in, and no redirect to another site. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hash } from '@node-rs/argon2'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

describe('/login', () => {
  onEngines('an account signs in by e-mail or phone in every usual spelling', async (t, engine) => {
    const app = await build(t, engine, { accounts: { homeRegion: 'DE' } })
    const fields = { name: 'Ann', email: 'ann@example.org', phone: '+491711234567', password: PASSWORD }
    await visitor(app).post('/register', fields)
    const ways = [
      'ann@example.org',
      ' ANN@example.org',
      '+49 171 1234567',
      '0171 1234567',
      '０１７１ １２３４５６７',
      '+49 171 1234567,',
      'Ann <+49 171 1234567>',
      '0171\t1234567'
    ]
    for (const account of ways) {
      const guest = visitor(app)
      const answer = await guest.post('/login', { account, password: PASSWORD })
      assert.deepEqual([answer.statusCode, answer.json()], [200, { error_code: 0, error_msg: 'ok' }], account)
      assert.equal((await guest.get('/')).statusCode, 200)
    }
  })

  onEngines('an unknown account and a wrong password get the same answer', async (t, engine) => {
    const app = await build(t, engine)
    const { email } = await member(app)
    const answers = []
    for (const account of [email, 'nobody@example.org', '+8613812345678', 'lucy@sample.invalid']) {
      const { statusCode, headers, body } = await visitor(app).post('/login', {
        account,
        password: 'wrong one'
      })
      answers.push({ statusCode, body, headers: { ...headers, date: null } })
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    assert.equal(answers[0]!.statusCode, 401)
    const message = 'No such account, or a wrong password'
    assert.deepEqual(JSON.parse(answers[0]!.body), {
      error_code: 20004,
      error: 'bad_login',
      error_msg: message,
      fields: { account: message }
    })
  })

  test('an account that is neither e-mail nor phone number is rejected', async t => {
    const app = await build(t, embedded)
    for (const account of ['Ann', '123', '+', "' OR 1=1 --"]) {
      const answer = await visitor(app).post('/login', { account, password: PASSWORD })
      assert.deepEqual([answer.statusCode, answer.json().error_code], [422, 20003], account)
      assert.equal(answer.json().fields.account, 'Enter an e-mail address or a phone number')
    }
    for (const account of [0, 1, true, null, [], ['ann@example.org'], { a: 1 }]) {
      for (const password of [PASSWORD, 0, { a: 1 }]) {
        const sent = { method: 'POST', url: '/login', payload: { account, password } } as const
        const answer = await visitor(app).send(sent)
        assert.deepEqual([answer.statusCode, answer.json().error_code], [422, 20005], JSON.stringify(account))
      }
    }
    for (const name of ['account[]', 'account[x]']) {
      const answer = await visitor(app).post('/login', { [name]: 'ann@example.org', password: PASSWORD })
      assert.deepEqual([answer.statusCode, answer.json().error_code], [422, 20005], name)
    }
    for (const account of ['a\0@example.org', '+49171\0']) {
      const answer = await visitor(app).post('/login', { account, password: PASSWORD })
      assert.deepEqual([answer.statusCode, answer.json().error_code], [422, 20005])
    }
    const empty = await visitor(app).post('/login')
    assert.deepEqual(empty.json().fields, {
      account: 'Enter your e-mail address or phone number',
      password: 'Enter your password'
    })
  })

  onEngines('a correct password replaces a hash with older parameters', async (t, engine) => {
    const app = await build(t, engine)
    const ann = { ...visitor(app), id: 4, email: 'ann@example.org' } // after the sample accounts
    const bob = { ...visitor(app), email: 'bob@example.org' }
    for (const { post, email } of [ann, bob])
      assert.equal((await post('/register', { name: 'Ann', email, password: PASSWORD })).statusCode, 201)
    const hashes = async () => {
      const rows = await app.db.select<{ password: string }>(
        'SELECT password FROM user WHERE id > 3 ORDER BY id'
      )
      return rows.map(row => row.password)
    }
    const [first, other] = await hashes()
    assert.notEqual(first, other, 'the same password has another salt')
    const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    await app.db.execute('UPDATE user SET password = ? WHERE id = ?', [old, ann.id])
    const login = async (email: string, password: string) =>
      (await visitor(app).post('/login', { account: email, password })).statusCode
    assert.equal(await login(ann.email, 'not the right one'), 401)
    assert.deepEqual(await hashes(), [old, other])
    assert.equal(await login(ann.email, PASSWORD), 200)
    const [renewed] = await hashes()
    assert.match(renewed!, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.equal((await ann.get('/account')).statusCode, 200, 'and nobody is signed out')
    for (const { email } of [ann, bob]) assert.equal(await login(email, PASSWORD), 200)
    assert.deepEqual(await hashes(), [renewed, other])
  })

  test('sample accounts cannot sign in', async t => {
    const app = await build(t, embedded)
    for (const password of ['', ' ', 'nobody has this password', 'password', '123456']) {
      const answer = await visitor(app).post('/login', { account: 'lucy@sample.invalid', password })
      assert.ok([401, 422].includes(answer.statusCode))
      assert.deepEqual(answer.cookies, [])
    }
  })

  test('the form is shown again with the message and the account, never with the password', async t => {
    const app = await build(t, embedded)
    const typed = { account: 'ann@example.org', password: 'hunter2 hunter2', next: '/questions/2' }
    const page = await visitor(app).submit('/login', typed)
    assert.equal(page.statusCode, 401)
    assert.match(
      page.body,
      /<small id="account-help" class="wrong">No such account, or a wrong password<\/small>/
    )
    assert.match(page.body, /<input id="account"[^>]*value="ann@example.org"/)
    assert.match(page.body, /name="next" value="\/questions\/2"/)
    assert.doesNotMatch(page.body, /hunter2/)
  })

  const foreign = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example',
    'http://good@evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/%09/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/./\\evil.example',
    '///evil.example',
    ' //evil.example',
    '\n//evil.example',
    'evil.example',
    '/login?next=//evil.example',
    '/\u0000//evil.example',
    '/\r\nX-Evil: 1',
    '/%0d%0aX-Evil: 1',
    ''
  ]

  test('sign-in redirects within this site only, for every value of `next`', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const next of foreign) {
      const typed = { account: ann.email, password: PASSWORD, next }
      const { headers, statusCode } = await visitor(app).submit('/login', typed)
      assert.equal(statusCode, 303)
      assert.match(headers.location!, /^\/(?![/\\])/, JSON.stringify(next))
      assert.ok(!headers['x-evil'] && !/[\r\n]/.test(headers.location!), JSON.stringify(next))
      assert.equal(new URL(headers.location!, 'http://here.example').host, 'here.example')
      const page = await visitor(app).page(`/login?next=${encodeURIComponent(next)}`)
      const [, kept] = /name="next" value="([^"]*)"/.exec(page.body)!
      assert.match(kept!, /^\/(?![/\\])/, JSON.stringify(next))
    }
    for (const url of ['/login', '/register']) {
      for (const payload of [{ next: [null, -1] }, { next: { a: 1 } }, { next: '/\ud800' }, [1], 'x']) {
        const headers = { accept: 'text/html', 'content-type': 'application/json' }
        const sent = { method: 'POST', url, headers, payload: JSON.stringify(payload) } as const
        const page = await visitor(app).send(sent)
        assert.equal(page.statusCode, 422, `${url} ${sent.payload}`)
        assert.match(page.body, /name="next" value="\/(%EF%BF%BD)?"/)
      }
      const evil = await visitor(app).submit(url, { account: '', next: '//evil.example' })
      assert.match(evil.body, /name="next" value="\/"/)
    }
    for (const long of [
      'x'.repeat(4_000),
      '#'.repeat(513),
      'é'.repeat(90),
      '%41'.repeat(170),
      '🗳️'.repeat(40)
    ]) {
      for (const url of ['/login', '/register']) {
        const next = `/questions?q=${long}`
        const page = await visitor(app).page(`${url}?next=${encodeURIComponent(next)}`)
        assert.match(page.body, /name="next" value="\/"/, 'what is too long for a header is dropped')
      }
      const guest = await visitor(app).page(`/account?x=${encodeURIComponent(long)}`)
      assert.equal(guest.headers.location, '/login')
    }
    for (const next of ['/', '/questions/2?a=b&c=d#counted', '/questions?q=%E4%B8%AD']) {
      const { headers } = await ann.submit('/login', { account: ann.email, password: PASSWORD, next })
      assert.equal(headers.location, next)
    }
  })

  test('a guest whom a poll asks to sign in is told so, and not which poll it is', async t => {
    const app = await build(t, embedded)
    await member(app)
    const guest = visitor(app)
    const { slug } = await ask(app, { audience: 'members', listed: 0, question_text: 'Whom to fire?' })
    const { headers } = await guest.page(`/questions/${slug}`)
    const { body } = await guest.page(headers.location!)
    assert.match(body, /<p>After you sign in, the poll opens\.<\/p>/)
    assert.doesNotMatch(body, /Whom to fire/)
    const unknown = await guest.page(headers.location!.replace(slug, 'nosuchpollatall99'))
    assert.equal(unknown.body.replaceAll('nosuchpollatall99', slug), body)
    assert.doesNotMatch((await guest.page('/login?next=/account')).body, /the poll opens/)
  })

  test('after a required sign-in the user returns to the page, and guests can read public pages', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const guest = visitor(app)
    const sent = await guest.page('/questions/1/vote?from=mail')
    assert.deepEqual(
      [sent.statusCode, sent.headers.location],
      [303, '/login?next=%2Fquestions%2F1%2Fvote%3Ffrom%3Dmail']
    )
    const page = await guest.page(sent.headers.location!)
    assert.match(page.body, /name="next" value="\/questions\/1\/vote\?from=mail"/)
    assert.doesNotMatch(page.body, /sample-fruit/, 'the form alone')
    assert.match((await guest.page('/login')).body, /href="\/questions\/sample-fruit"/)
    const login = { account: ann.email, password: PASSWORD, next: '/questions/1/vote?from=mail' }
    assert.equal((await guest.submit('/login', login)).headers.location, login.next)
  })
})
