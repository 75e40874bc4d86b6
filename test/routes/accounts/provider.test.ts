/** Sign-in at a real OpenID provider in another process: /login/oidc and its callback. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { root } from '../../../app/config/load.ts'
import { CALLBACK_TIMEOUT_MS } from '../../../app/oidc/provider.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, start, type Visitor, visitor } from '../../support/app.ts'
import { embedded, type Engine, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { mailbox } from '../../support/mailbox.ts'
import { type OpenId, sharedOpenId } from '../../support/openid.ts'
import { ask } from '../../support/polls.ts'

/** Builds an application with a provider. */
async function withProvider(t: TestContext, engine: Engine, more: Record<string, unknown> = {}) {
  const openId = await sharedOpenId()
  const app = await build(t, engine, { signIn: { oidc: { ...openId.settings, ...more } } })
  return { app, openId }
}

const pathOf = (address: string) => {
  const { pathname, search } = new URL(address)
  return pathname + search
}

/** Begins a sign-in and returns the address at the provider. */
async function begin(client: Visitor, next = '/') {
  const answer = await client.page(`/login/oidc?next=${encodeURIComponent(next)}`)
  assert.equal(answer.statusCode, 303, answer.body)
  return String(answer.headers.location)
}

/** Signs in as a browser does, and returns the answer to the callback. */
async function signIn(client: Visitor, openId: OpenId, login: string, next?: string) {
  return client.page(pathOf(await openId.signIn(await begin(client, next), login)))
}

const accountOf = async (client: Visitor) => (await client.get('/account')).json()

/** The page says why, the client is still a guest, and there is no account and no identity. */
async function isRefused(
  app: FastifyInstance,
  client: Visitor,
  answer: { statusCode: number; body: string },
  status: number,
  sentence: RegExp
) {
  assert.equal(answer.statusCode, status, answer.body)
  assert.match(answer.body, sentence)
  assert.match(answer.body, /action="\/login\/oidc"/, 'a way to begin again')
  assert.equal((await client.get('/account')).statusCode, 401)
  const rows = await app.db.select("SELECT id FROM user WHERE email LIKE '%@example.org'")
  assert.deepEqual(rows, [])
}

const NGINX_TIMEOUT_MS =
  Number(/proxy_read_timeout (\d+)s;/.exec(readFileSync(join(root, 'nginx.conf'), 'utf8'))![1]) * 1_000

const REFUSED = /did not confirm who you are/
const EXPIRED = /this sign-in has been used/

describe('routes/accounts/provider', () => {
  onEngines('a first sign-in makes an account, the next one is the same person', async (t, engine) => {
    const { app, openId } = await withProvider(t, engine)
    const ann = visitor(app)
    const answer = await signIn(ann, openId, 'ann', '/questions/1?a=b#c')
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/questions/1?a=b#c'])
    const account = await accountOf(ann)
    assert.deepEqual([account.name, account.email, account.is_admin], ['ann', 'ann@example.org', true])

    await openId.change({ people: { ann: { email: 'new@example.org', name: 'Other' } } })
    const again = visitor(app)
    await signIn(again, openId, 'ann')
    assert.deepEqual(await accountOf(again), account, 'an e-mail that changed there changes nothing here')
    const bob = visitor(app)
    await signIn(bob, openId, 'bob')
    assert.equal((await accountOf(bob)).is_admin, false)
    assert.equal((await ann.submit('/logout', {})).statusCode, 303)
    assert.equal((await ann.get('/account')).statusCode, 401)
    assert.equal((await again.get('/account')).statusCode, 200, 'of this session alone')
    const { identities } = (await again.get('/account/data')).json()
    assert.deepEqual(
      [identities.length, identities[0].issuer, identities[0].subject],
      [1, openId.issuer, 'ann']
    )
  })

  onEngines('an account with the same e-mail is never connected by itself', async (t, engine) => {
    const { app, openId } = await withProvider(t, engine)
    const ann = await member(app)
    await openId.change({ people: { eve: { email: ann.email.toUpperCase() } } })
    const eve = visitor(app)
    const refused = await signIn(eve, openId, 'eve')
    assert.equal(refused.statusCode, 409)
    assert.match(refused.body, /Sign in with your password, then connect that account under Account/)
    assert.equal((await eve.get('/account')).statusCode, 401)

    assert.equal(
      (await ann.submit('/account/provider', { act: 'connect', current: 'wrong' })).statusCode,
      422
    )
    const connect = () => ann.submit('/account/provider', { act: 'connect', current: PASSWORD })
    const addressIn = ({ headers }: Awaited<ReturnType<typeof connect>>) =>
      /^0; url=(.*)/.exec(String(headers.refresh))?.[1] ?? ''
    const leaving = await connect()
    const address = addressIn(leaving)
    assert.ok(leaving.body.includes(address.replaceAll('&', '&amp;')), 'a link for browsers that stay')
    assert.match(String(leaving.headers.vary), /Accept-Language/)
    const callback = pathOf(await openId.signIn(address, 'eve'))
    const back = await ann.page(callback)
    assert.equal(back.headers.location, '/account/provider?done=connected#done')
    const repeated = await ann.page(callback)
    assert.equal(repeated.statusCode, 400)
    assert.match(repeated.body, /Nothing was changed: this sign-in has been used/)
    assert.doesNotMatch(repeated.body, /You are not signed in/)
    const second = await ann.page(pathOf(await openId.signIn(addressIn(await connect()), 'bob')))
    assert.equal(second.statusCode, 409)
    assert.match(second.body, /Your account is connected to another sign-in already/)
    await signIn(eve, openId, 'eve')
    assert.equal((await accountOf(eve)).id, ann.id)
    assert.equal(
      (await ann.submit('/account/provider', { act: 'disconnect', current: PASSWORD })).statusCode,
      303
    )
    assert.equal((await signIn(visitor(app), openId, 'eve')).statusCode, 409)
  })

  onEngines(
    'the callback may land on another replica, with a form that waits for sign-in',
    async (t, engine) => {
      const openId = await sharedOpenId()
      const config = { ...(await engine.filled(t)), signIn: { oidc: openId.settings } }
      const [first, second] = [await start(t, config), await start(t, config)]
      const poll = await ask(first, { audience: 'members' })
      const client = visitor(first)
      const page = await client.submit(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
      const leaving = await client.submit('/login/oidc', fieldsOf(page.body, '/login/oidc'))
      const [, address = ''] = /^0; url=(.*)/.exec(String(leaving.headers.refresh)) ?? []
      const callback = await openId.signIn(address, 'ann')
      const elsewhere = visitor(engine === embedded ? first : second)
      for (const [name, value] of client.cookies) elsewhere.cookies.set(name, value)
      const answer = await elsewhere.page(pathOf(callback))
      assert.equal(answer.statusCode, 303, answer.body)
      const ballot = (await elsewhere.get(`/questions/${poll.slug}/vote`)).json()
      assert.deepEqual(ballot.choice, [poll.choices[0]], 'the vote was sent once its voter was known')
      const replay = visitor(first)
      for (const [name, value] of client.cookies) replay.cookies.set(name, value)
      assert.match((await replay.page(pathOf(callback))).body, EXPIRED)
    }
  )

  test('a callback counts once, in the browser that began, and as it was asked for', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const client = visitor(app)
    const callback = pathOf(await openId.signIn(await begin(client), 'ann'))
    const stranger = visitor(app)
    await isRefused(app, stranger, await stranger.page(callback), 400, EXPIRED)
    await begin(stranger)
    await isRefused(app, stranger, await stranger.page(callback), 403, REFUSED) // the state of another browser

    const wrong: Array<[what: string, change: (query: URLSearchParams) => void]> = [
      ['state', query => query.set('state', 'x')],
      ['state twice', query => query.append('state', 'x')],
      ['no state', query => query.delete('state')],
      ['issuer', query => query.set('iss', 'https://evil.example')],
      ['no issuer', query => query.delete('iss')],
      ['code', query => query.set('code', 'x')],
      ['no code', query => query.delete('code')],
      ['error', query => (query.delete('code'), query.set('error', 'access_denied'))]
    ]
    for (const [what, change] of wrong) {
      const address = new URL(await openId.signIn(await begin(client), 'ann'))
      change(address.searchParams)
      await t.test(what, async () =>
        isRefused(app, client, await client.page(pathOf(address.href)), 403, REFUSED)
      )
    }
    const nonce = new URL(await begin(client))
    nonce.searchParams.set('nonce', 'another')
    const withNonce = await openId.signIn(nonce.href, 'ann')
    await isRefused(app, client, await client.page(pathOf(withNonce)), 403, REFUSED)
    await isRefused(app, client, await client.page('/login/oidc/callback'), 400, EXPIRED)

    const begun = await begin(client)
    const cookies = new Map(client.cookies)
    const good = pathOf(await openId.signIn(begun, 'ann'))
    assert.equal((await client.page(good)).statusCode, 303)
    const session = client.cookies.get('sessionid')
    for (const [name, value] of cookies) client.cookies.set(name, value)
    assert.match((await client.page(good)).body, EXPIRED, 'also with the cookie that it had')
    client.cookies.set('sessionid', session!)
    assert.equal((await client.get('/account')).statusCode, 200)
  })

  test('an ID token of another issuer, audience, person, time or key is refused, and a late code', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const client = visitor(app)
    const past = Math.floor(Date.now() / 1000) - 3600
    const states = [
      { tamper: { iss: 'https://evil.example' } },
      { tamper: { aud: 'another' } },
      { tamper: { aud: ['vote', 'another'], azp: 'another' } },
      { tamper: { exp: past } },
      { tamper: { nonce: 'x' } },
      { tamper: { sub: '' } },
      { tamper: { sub: 'ann ' } },
      { tamper: { sub: 'x'.repeat(256) } },
      { tamper: null, isForged: true }
    ]
    for (const state of states) {
      await openId.change({ isForged: false, ...state })
      await t.test(JSON.stringify(state), async () =>
        isRefused(app, client, await signIn(client, openId, 'ann'), 403, REFUSED)
      )
    }
    await openId.change({ isForged: false, tamper: null })
    const callback = await openId.signIn(await begin(client), 'ann')
    await openId.change({ aheadMs: 3_600_000 })
    await isRefused(app, client, await client.page(pathOf(callback)), 403, REFUSED)
  })

  test('who brings no verified e-mail address gets no account, an old cookie is refused', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const emails = [{ email: null }, { email: 'x' }, { email_verified: false }, { email: 'a@b@c d' }]
    for (const person of emails) {
      await openId.change({ people: { ann: person } })
      const client = visitor(app)
      await isRefused(app, client, await signIn(client, openId, 'ann'), 403, /verified e-mail address/)
    }
    await openId.change({ people: { ann: { name: `\u202e${'W'.repeat(50)}` } } })
    const client = visitor(app)
    const callback = await openId.signIn(await begin(client), 'ann')
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 601_000 })
    assert.match((await client.page(pathOf(callback))).body, EXPIRED)
    t.mock.timers.reset()
    await signIn(client, openId, 'ann')
    assert.equal((await accountOf(client)).name, 'W'.repeat(40))
  })

  test('a link of another site leads to the sign-in page', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const url = '/login/oidc?next=/questions/1'
    const from = (site: string) =>
      visitor(app).send({ url, headers: { accept: 'text/html', 'sec-fetch-site': site } })
    for (const site of ['cross-site', 'same-site']) {
      const { headers, cookies } = await from(site)
      assert.deepEqual([headers.location, cookies], ['/login?next=%2Fquestions%2F1', []])
    }
    for (const site of ['same-origin', 'none'])
      assert.ok(String((await from(site)).headers.location).startsWith(openId.issuer))
    const page = await visitor(app).page('/login?next=%2Fquestions%2F1')
    assert.equal(fieldsOf(page.body, '/login/oidc').next, '/questions/1')
  })

  test('an address that others confirm by mail must be verified', async t => {
    const openId = await sharedOpenId()
    const { settings: mail } = await mailbox(t)
    const server = { publicUrl: 'http://localhost:9000' } // where the provider sends browsers back
    const config = { signIn: { oidc: openId.settings }, mail, server }
    const app = await build(t, embedded, { ...config, accounts: { administrator: 'boss@example.org' } })
    const first = (login: string) => signIn(visitor(app), openId, login)
    await openId.change({
      people: { boss: { email_verified: null }, eve: { email_verified: null } }
    })
    const refused = await first('boss')
    await isRefused(app, visitor(app), refused, 403, /verified e-mail address/)
    await openId.change({ people: { boss: {}, eve: { email_verified: null } } })
    assert.equal((await first('boss')).statusCode, 303)
    await app.settings.change({ registration: 'domains', registration_domains: ['example.org'] }, 1)
    assert.equal((await first('eve')).statusCode, 403)
    assert.equal((await first('ann')).statusCode, 303)
    await app.settings.change({ registration: 'open' }, 1)
    assert.equal((await first('eve')).statusCode, 303, 'where no address is confirmed')
  })

  test('a form that is too large to wait here is not left behind without a word', async t => {
    const { app } = await withProvider(t, embedded)
    const fields = [['description', 'x'.repeat(33_000)]]
    const carried = JSON.stringify({ to: '/questions', fields, isVote: false, mayBeGuests: false })
    const refused = await visitor(app).submit('/login/oidc', { next: '/questions/new', carried })
    assert.equal(refused.statusCode, 413)
    assert.match(refused.body, /cannot be kept here: go back/)
    assert.match(refused.body, /name="next" value="\/questions\/new"/)
  })

  test('a form that is not there any more is not forgotten without a word', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const client = visitor(app)
    const carried = JSON.stringify({
      to: '/theme',
      fields: [['theme', 'dark']],
      isVote: false,
      mayBeGuests: false
    })
    const leaving = await client.submit('/login/oidc', { next: '/questions/1', carried })
    const [, address = ''] = /^0; url=(.*)/.exec(String(leaving.headers.refresh)) ?? []
    for (let n = 0; n < 120; n++) await app.waitingForms.keep('{}') // all that are kept
    const back = await client.page(pathOf(await openId.signIn(address, 'ann')))
    await isRefused(app, client, back, 400, /You are not signed in.*is not kept any more/)
    assert.match(back.body, /name="next" value="\/questions\/1"/)
  })

  test('a body that is no object is shown the sign-in page', async t => {
    const { app } = await withProvider(t, embedded)
    for (const payload of ['[]', '[1]', '"x"', '5']) {
      const answer = await app.inject({
        method: 'POST',
        url: '/login/oidc',
        payload,
        headers: { accept: 'text/html', 'content-type': 'application/json' }
      })
      assert.equal(answer.statusCode, 422, payload)
      assert.match(answer.body, /name="account"/)
    }
  })

  test('a provider that is down or slow is a plain page, and local sign-in goes on', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const ann = await member(app)
    const isDown = (answer: { statusCode: number; body: string; headers: object }) => {
      assert.equal(answer.statusCode, 503)
      assert.match(answer.body, /sign-in service does not answer/)
      assert.match(answer.body, /name="account"/, 'the other way in')
    }
    await openId.change({ slowPath: '/.well-known' })
    const waiting = { to: '/theme', fields: [['theme', 'dark']], isVote: false, mayBeGuests: false }
    const carried = JSON.stringify(waiting)
    const [page, form] = await Promise.all([
      visitor(app).page('/login/oidc?next=/questions/1'),
      visitor(app).submit('/login/oidc', { next: '/questions/1', carried })
    ])
    isDown(page)
    assert.match(page.body, /name="next" value="\/questions\/1"/)
    assert.deepEqual(JSON.parse(String(fieldsOf(form.body, '/login').carried)), waiting, 'the form stays')
    isDown(await visitor(app).page('/login/oidc')) // at once, without another request
    await openId.change({ slowPath: null })
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 6_000 })
    const client = visitor(app)
    const callback = pathOf(await openId.signIn(await begin(client), 'ann'))
    t.mock.timers.reset()
    await openId.change({ slowPath: '/token' })
    isDown(await client.page(callback))
    await openId.kill()
    const late = visitor(app)
    const address = await begin(late)
    const code = new URLSearchParams({
      code: 'x',
      state: new URL(address).searchParams.get('state')!,
      iss: openId.issuer
    })
    isDown(await late.page(`/login/oidc/callback?${code}`))
    const local = visitor(app)
    assert.equal((await local.post('/login', { account: ann.email, password: PASSWORD })).statusCode, 200)
  })

  test('a callback waits for all requests to the provider together, for less time than nginx does', async t => {
    const { app, openId } = await withProvider(t, embedded)
    const client = visitor(app)
    const callback = pathOf(await openId.signIn(await begin(client), 'ann'))
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    const { fetch } = globalThis
    t.mock.method(globalThis, 'fetch', async (...args: Parameters<typeof fetch>) => {
      const answer = await fetch(...args)
      if (!answer.url.endsWith('/me')) return answer
      asked()
      await isReleased // the last request
      return answer
    })
    assert.ok(CALLBACK_TIMEOUT_MS <= NGINX_TIMEOUT_MS - 1_000, 'a second for the account and the session')
    const { setTimeout } = globalThis
    let giveUp: (() => void) | undefined
    // Every timer stays real: the connections of fetch have some too.
    t.mock.method(globalThis, 'setTimeout', (...args: Parameters<typeof setTimeout>) => {
      const [work, delay] = args
      if (delay === CALLBACK_TIMEOUT_MS) giveUp ??= work // idle connections are kept as long
      return setTimeout(...args)
    })
    const answering = client.page(callback)
    await isAsked
    assert.ok(giveUp)
    giveUp()
    release()
    const answer = await answering
    assert.equal(answer.statusCode, 503, 'it would have succeeded')
    assert.match(answer.body, /sign-in service does not answer/)
    assert.equal((await signIn(client, openId, 'ann')).statusCode, 303, 'the next try')
  })

  test('addresses come from publicUrl with its path, whatever Host says', async t => {
    const openId = await sharedOpenId()
    const server = { publicUrl: 'https://vote.example/polls/' }
    const app = await build(t, embedded, { server, signIn: { oidc: openId.settings } })
    const client = visitor(app)
    const headers = { accept: 'text/html', host: 'evil.example', 'x-forwarded-host': 'evil.example' }
    const begun = await client.send({ url: '/polls/login/oidc?next=//evil.example/', headers })
    const address = String(begun.headers.location)
    const redirectUri = 'https://vote.example/polls/login/oidc/callback'
    assert.equal(new URL(address).searchParams.get('redirect_uri'), redirectUri)
    const [cookie] = begun.cookies as unknown as Array<Record<string, unknown>>
    assert.deepEqual(
      [cookie!.name, cookie!.path, cookie!.httpOnly, cookie!.secure, cookie!.sameSite, cookie!.maxAge],
      ['polls_provider', '/polls/login/oidc/callback', true, true, 'Lax', 600]
    )
    const answer = await client.page(pathOf(await openId.signIn(address, 'ann')))
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/polls/'])
    assert.ok(
      answer.cookies.some(({ name, value }) => name === 'polls_provider' && value === ''),
      'used up'
    )
  })

  test('a connection that ends signed out leads back to the account, below the path of publicUrl', async t => {
    const openId = await sharedOpenId()
    const server = { publicUrl: 'https://vote.example/polls/' }
    const app = await build(t, embedded, { server, signIn: { oidc: openId.settings } })
    const ann = await member(app)
    const leaving = await ann.submit('/account/provider', { act: 'connect', current: PASSWORD })
    const [, address = ''] = /^0; url=(.*)/.exec(String(leaving.headers.refresh)) ?? []
    await ann.submit('/logout', {}) // in another tab
    const state = new URL(address).searchParams.get('state')
    const cancelled = await ann.page(`/polls/login/oidc/callback?error=access_denied&state=${state}`)
    const { next } = fieldsOf(cancelled.body, '/polls/login')
    const answer = await ann.submit('/polls/login', { account: ann.email, password: PASSWORD, next })
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/polls/account'])
  })

  onEngines('an account without a password is confirmed by a sign-in just now', async (t, engine) => {
    const { app, openId } = await withProvider(t, engine)
    await member(app) // the administrator
    const ann = visitor(app)
    await signIn(ann, openId, 'ann')
    const { id } = await accountOf(ann)
    for (const password of [PASSWORD, 'A'])
      assert.equal((await ann.post('/login', { account: 'ann@example.org', password })).statusCode, 401)
    assert.equal(
      (await ann.submit('/account/provider', { act: 'disconnect' })).statusCode,
      409,
      'the only way in'
    )
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 601_000 })
    for (const [url, fields] of Object.entries({
      '/account': { name: 'Ann', email: 'other@example.org' },
      '/account/password': { password: PASSWORD },
      '/account/delete': { votes: 'keep' },
      '/account/provider': { act: 'disconnect' }
    })) {
      const answer = await ann.submit(url, fields)
      assert.deepEqual([answer.statusCode, /Sign in again/.test(answer.body)], [403, true], url)
    }
    t.mock.timers.reset()
    assert.equal((await ann.submit('/account/password', { password: PASSWORD })).statusCode, 303)
    const local = visitor(app)
    assert.equal(
      (await local.post('/login', { account: 'ann@example.org', password: PASSWORD })).statusCode,
      200
    )
    assert.equal((await local.submit('/account/delete', { votes: 'keep' })).statusCode, 422, 'it has one now')
    await local.submit('/account/delete', { votes: 'keep', current: PASSWORD })
    assert.deepEqual(await app.db.select('SELECT subject FROM external_identity WHERE user_id = ?', [id]), [])
    await signIn(ann, openId, 'ann')
    assert.notEqual((await accountOf(ann)).id, id, 'a deleted account is not entered again')
  })

  onEngines('ending the other sessions is no sign-in of an account without a password', async (t, engine) => {
    const { app, openId } = await withProvider(t, engine)
    await member(app) // the administrator
    const ann = visitor(app)
    await signIn(ann, openId, 'ann')
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 601_000 })
    assert.equal((await ann.post('/account/sessions')).statusCode, 200)
    for (const [url, fields] of Object.entries({
      '/account': { name: 'Ann', email: 'other@example.org' },
      '/account/password': { password: PASSWORD },
      '/account/delete': { votes: 'keep' }
    }))
      isEnvelope(await ann.post(url, fields), 403, 20140)
  })

  onEngines(
    'the group of administrators decides with each sign-in, but for the last one',
    async (t, engine) => {
      const { app, openId } = await withProvider(t, engine, { adminGroup: 'wheel' })
      const groupsOf = async (login: string, groups: unknown) => {
        await openId.change({ people: { [login]: { groups } } })
        const client = visitor(app)
        assert.equal((await signIn(client, openId, login)).statusCode, 303)
        return (await accountOf(client)).is_admin
      }
      assert.equal(await groupsOf('first', undefined), true, 'the first account, and the last administrator')
      for (const [groups, isAdmin] of [
        [['users', 'wheel'], true],
        [['users'], false],
        ['wheel', true],
        [undefined, false],
        [[{ wheel: true }], false]
      ] as const)
        assert.equal(await groupsOf('ann', groups), isAdmin, JSON.stringify(groups))
      const acts = await app.db.select<{ act: string }>('SELECT act, detail FROM admin_log ORDER BY id')
      assert.deepEqual(
        acts.map(({ act }) => act),
        ['make_admin', 'remove_admin', 'make_admin', 'remove_admin']
      )
    }
  )

  onEngines('a disabled account does not become administrator by its group', async (t, engine) => {
    const { app, openId } = await withProvider(t, engine, { adminGroup: 'wheel' })
    assert.equal((await signIn(visitor(app), openId, 'first')).statusCode, 303)
    const ann = visitor(app)
    await signIn(ann, openId, 'ann')
    const { id } = await accountOf(ann)
    await app.administration.disable(id)
    await openId.change({ people: { ann: { groups: ['wheel'] } } })
    assert.equal((await signIn(visitor(app), openId, 'ann')).statusCode, 403)
    const row = await app.db.fetchone<{ is_admin: number }>('SELECT is_admin FROM user WHERE id = ?', [id])
    assert.equal(row!.is_admin, 0)
  })

  test('without autoRegister only connected accounts sign in; disabled ones do not; registration may be closed', async t => {
    const { app, openId } = await withProvider(t, embedded, { autoRegister: false })
    const client = visitor(app)
    await isRefused(app, client, await signIn(client, openId, 'ann'), 403, /No account is connected/)
    const second = await withProvider(t, embedded)
    const ann = visitor(second.app)
    await signIn(ann, second.openId, 'ann')
    await second.app.settings.change({ registration: 'closed' }, 1)
    assert.equal((await signIn(visitor(second.app), second.openId, 'bob')).statusCode, 403)
    await second.app.settings.change({ registration: 'domains', registration_domains: ['school.example'] }, 1)
    const other = await signIn(visitor(second.app), second.openId, 'bob')
    assert.deepEqual([other.statusCode, /school\.example/.test(other.body)], [422, true])
    await second.app.settings.change({ registration: 'invite' }, 1)
    assert.equal((await signIn(visitor(second.app), second.openId, 'bob')).statusCode, 403)
    await second.app.db.execute('UPDATE user SET disabled_time = ? WHERE email = ?', [
      '2026-01-01 00:00:00',
      'ann@example.org'
    ])
    const blocked = await signIn(visitor(second.app), second.openId, 'ann')
    assert.deepEqual([blocked.statusCode, /This account is disabled/.test(blocked.body)], [403, true])
  })

  test('signIn.passwords: false leaves the provider alone', async t => {
    const openId = await sharedOpenId()
    const app = await build(t, embedded, { signIn: { passwords: false, oidc: openId.settings } })
    const page = await visitor(app).page('/login')
    assert.match(page.body, /Sign in with \u2068Example\u2069/)
    assert.doesNotMatch(page.body, /type="password"|\/register/)
    for (const [method, url] of [
      ['POST', '/login'],
      ['GET', '/register'],
      ['POST', '/register']
    ] as const) {
      const fields = { name: 'Ann', account: 'ann@example.org', email: 'ann@example.org', password: PASSWORD }
      const answer = await (method === 'GET' ? visitor(app).get(url) : visitor(app).post(url, fields))
      assert.deepEqual([answer.statusCode, answer.json().error], [403, 'passwords_off'], url)
    }
    const switched = await visitor(app).submit('/login', { show_locale: 'de' })
    assert.deepEqual([switched.statusCode, /<html lang="de"/.test(switched.body)], [200, true], switched.body)
    const unread = await visitor(app).submit('/register', {})
    assert.equal(unread.statusCode, 403, 'no form is checked that cannot be sent')
    const ann = visitor(app)
    await signIn(ann, openId, 'ann')
    assert.equal((await accountOf(ann)).is_admin, true, 'the first account')
    const invited = await ann.post('/admin/invitations')
    assert.deepEqual([invited.statusCode, invited.json().error], [403, 'passwords_off'])
    assert.doesNotMatch((await ann.page('/admin/invitations')).body, /action="\/admin\/invitations"/)
    assert.equal((await ann.page('/login?next=/account')).statusCode, 200)
    const { id } = await accountOf(ann)
    const { token } = await app.resets.make(id)
    const other = visitor(app)
    await signIn(other, openId, 'ann')
    for (const answer of [
      await ann.get('/account/password'),
      await ann.post('/account/password', { current: '', password: PASSWORD }),
      await ann.post(`/admin/users/${id}`, { act: 'reset' }),
      await visitor(app).get(`/reset/${token}`),
      await visitor(app).post(`/reset/${token}`, { password: PASSWORD })
    ])
      assert.deepEqual([answer.statusCode, answer.json().error], [403, 'passwords_off'])
    assert.equal((await accountOf(other)).id, id, 'and no session ends')
    const account = await ann.page(`/admin/users/${id}`)
    assert.match(account.body, /value="end_sessions"/)
    assert.doesNotMatch(account.body, /value="reset"/)
  })

  test('without passwords, an account proves itself by its sign-in, and no link makes another', async t => {
    const openId = await sharedOpenId()
    const tree = await embedded.filled(t)
    const before = await start(t, { ...tree, signIn: { oidc: openId.settings } })
    await member(before)
    const old = await member(before)
    const leaving = await old.submit('/account/provider', { act: 'connect', current: PASSWORD })
    const [, address = ''] = /^0; url=(.*)/.exec(String(leaving.headers.refresh)) ?? []
    await old.page(pathOf(await openId.signIn(address, 'ann')))
    await before.close()

    const mail = (await mailbox(t)).settings
    const app = await start(t, { ...tree, mail, signIn: { passwords: false, oidc: openId.settings } })
    const ann = visitor(app)
    await signIn(ann, openId, 'ann')
    assert.equal((await accountOf(ann)).id, old.id)
    assert.doesNotMatch((await ann.page('/account/delete')).body, /type="password"/)
    assert.equal((await ann.post('/account/delete', { votes: 'withdraw' })).statusCode, 200)
    for (const answer of [
      await visitor(app).get('/confirm/x'),
      await visitor(app).post('/confirm/x', { password: PASSWORD })
    ])
      assert.deepEqual([answer.statusCode, answer.json().error], [403, 'passwords_off'])
  })

  test('without configuration there is none of it', async t => {
    const app = await build(t, embedded)
    for (const url of ['/login/oidc', '/login/oidc/callback', '/account/provider'])
      assert.equal((await visitor(app).get(url)).statusCode, 404, url)
    assert.doesNotMatch((await visitor(app).page('/login')).body, /oidc/)
  })
})
