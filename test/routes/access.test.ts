/** The access policy: every route must be listed here. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../support/answers.ts'
import { build, member, type Visitor, visitor } from '../support/app.ts'
import { contents } from '../support/contents.ts'
import { embedded, onEngines } from '../support/engines.ts'
import { plain, table } from '../support/table.ts'

type Who = 'all' | 'member' | 'owner' | 'admin'

/** GET and HEAD, then everything that writes; poll 1 belongs to the sample data. */
const access: Record<string, [reads: Who | null, writes: Who | null]> = {
  '/': ['member', null],
  '/hello': ['all', null],
  '/openapi.json': ['all', null],
  '/docs': ['all', null],
  '/imprint': ['all', null],
  '/privacy': ['all', null],
  '/site.css': ['all', null],
  '/site.logo': ['all', null],
  '/site.webmanifest': ['all', null],
  '/theme': [null, 'all'],
  '/locale': [null, 'all'],
  '/register': ['all', 'all'],
  '/register/no-such-invitation': ['all', 'all'],
  '/login': ['all', 'all'],
  '/login/code': ['all', 'all'],
  '/logout': [null, 'all'],
  '/reset/no-such-token': ['all', 'all'],
  '/account': ['member', 'member'],
  '/account/data': ['member', null],
  '/account/password': ['member', 'member'],
  '/account/sessions': ['member', 'member'],
  '/account/delete': ['member', 'member'],
  '/account/webhooks': ['member', 'member'],
  '/account/webhooks/1': ['member', 'member'],
  '/account/second-factor': ['member', 'member'],
  '/account/tokens': ['member', 'member'],
  '/account/tokens/1': [null, 'member'],
  '/join': ['all', 'all'],
  '/482913': ['all', null],
  '/join/482913/events': ['all', null],
  '/rooms': ['member', 'member'],
  '/rooms/1': ['member', 'member'], // the rooms of the account only; test/routes/rooms/rooms.test.ts has the rest
  '/rooms/1/active': [null, 'member'],
  '/rooms/1/present': ['member', null],
  '/admin': ['admin', null],
  '/admin/polls': ['admin', 'admin'],
  '/admin/reports': ['admin', 'admin'],
  '/admin/log': ['admin', null],
  '/admin/settings': ['admin', 'admin'],
  '/admin/logo': [null, 'admin'],
  '/admin/invitations': ['admin', 'admin'],
  '/admin/invitations/1': [null, 'admin'],
  '/admin/users': ['admin', null],
  '/admin/users/4': ['admin', 'admin'],
  '/questions': ['all', 'member'],
  '/questions/new': ['member', 'member'],
  '/questions/1': ['all', 'owner'],
  '/questions/1/manage': ['owner', null],
  '/questions/1/webhooks': ['owner', 'owner'],
  '/questions/1/webhooks/1': ['owner', 'owner'],
  '/questions/1/edit': ['owner', 'owner'],
  '/questions/1/close': ['owner', 'owner'],
  '/questions/1/reopen': ['owner', 'owner'],
  '/questions/1/claim': ['owner', 'owner'],
  '/templates': ['member', 'member'],
  '/templates/1': [null, 'member'],
  '/questions/1/duplicate': [null, 'owner'],
  '/questions/1/quiz': ['owner', 'owner'],
  '/questions/1/outcome': ['owner', 'owner'],
  '/questions/1/suggestions': ['owner', 'owner'],
  '/questions/1/invitations': ['owner', 'owner'],
  '/questions/1/invitations/1': ['owner', 'owner'],
  '/questions/1/embedding': ['owner', 'owner'],
  '/embed/1': ['all', 'all'],
  '/embed/1/withdraw': [null, 'all'],
  '/oembed': ['all', null],
  '/questions/1/outcome.ics': ['all', null],
  '/questions/1/delete': ['owner', 'owner'],
  '/questions/1/report': ['all', 'all'],
  '/questions/1/history': ['all', null],
  '/questions/1/amend': ['owner', 'owner'],
  '/questions/1/preview.png': ['all', null],
  '/questions/1/choice': ['all', null],
  '/questions/1/results': ['all', null],
  '/questions/1/ballots': ['owner', null],
  '/questions/1/events': ['all', null],
  '/questions/1/timeline': ['all', null],
  '/questions/1/present': ['all', 'owner'],
  '/questions/1/vote': ['all', 'all'], // a link is enough; test/routes/link.test.ts has the rest
  '/questions/1/vote/withdraw': ['all', 'all'],
  '/question/1/choice': ['all', null]
}

/** A valid body for each route, so that only the viewer's rights decide. */
const body = {
  suggestions: 'off',
  names: ['Ann'],
  question_text: 'Changed?',
  choice_text: ['a', 'b'],
  choice: 1,
  url: 'https://hooks.example.org/',
  events: ['poll.closed'],
  act: 'enable',
  where: 'nowhere',
  name: 'Eve',
  email: 'eve@example.org',
  password: 'long enough here'
}

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const isRead = (verb: string) => verb === 'GET'
const verbsOf = (allow: string[]) => allow.filter(verb => verb !== 'HEAD' && verb !== 'OPTIONS') as Verb[]
const html = { accept: 'text/html', 'sec-fetch-site': 'same-origin' }

describe('routes/access', () => {
  test('every route is in the policy, and every route without a view is listed', async t => {
    const app = await build(t, embedded)
    const entries = await table(app)
    assert.deepEqual(entries.map(({ url }) => url).toSorted(), Object.keys(access).toSorted())
    for (const { url, allow } of entries) {
      const [reads, writes] = access[url]!
      assert.equal(reads !== null, allow.includes('GET'), url)
      assert.equal(
        writes !== null,
        verbsOf(allow).some(verb => !isRead(verb)),
        url
      )
    }
    const others = (await plain(app)).filter(url => !url.startsWith('/static/'))
    assert.deepEqual([...new Set(others)].toSorted(), [
      '/.well-known/change-password',
      '/health/live',
      '/health/ready',
      '/robots.txt'
    ])
  })

  /** Sends every request that this client must not do, as JSON and as a form. */
  async function* refused(entries: Awaited<ReturnType<typeof table>>, somebody: Visitor, kinds: Who[]) {
    for (const { url, allow } of entries) {
      for (const method of verbsOf(allow)) {
        const who = access[url]![isRead(method) ? 0 : 1]!
        if (!kinds.includes(who)) continue
        const fields = url.endsWith('/present') ? { results: 'hide' } : body
        const payload = isRead(method) || method === 'DELETE' ? {} : { payload: fields }
        const what = `${method} ${url}`
        yield {
          what,
          method,
          url,
          answer: await somebody.send({ method, url, ...payload, headers: { accept: 'application/json' } })
        }
        yield {
          what,
          method,
          url,
          answer: await somebody.send({ method, url, ...payload, headers: html }),
          page: true
        }
      }
    }
  }

  test('guests are sent to sign in wherever an account is required, and change nothing', async t => {
    const app = await build(t, embedded)
    const before = await contents(app.db)
    let count = 0
    for await (const { what, method, url, answer, page } of refused(await table(app), visitor(app), [
      'member',
      'owner'
    ])) {
      count++
      if (page) {
        const next = method === 'GET' ? `?next=${encodeURIComponent(url)}` : ''
        assert.deepEqual([answer.statusCode, answer.headers.location], [303, `/login${next}`], what)
      } else isEnvelope(answer, 401, 20006)
      assert.equal(answer.headers['set-cookie'], undefined, what)
    }
    assert.ok(count > 20)
    assert.equal(await contents(app.db), before)
  })

  test('other users are refused the actions of organisers and administrators, and change nothing', async t => {
    const app = await build(t, embedded)
    await member(app) // the first one is the administrator
    const eve = await member(app)
    const before = await contents(app.db)
    for await (const { what, answer, page } of refused(await table(app), eve, ['owner', 'admin'])) {
      if (page) assert.equal(answer.statusCode, 403, what)
      else isEnvelope(answer, 403, what.includes('/admin') ? 20035 : 20025)
      assert.doesNotMatch(answer.body, /python/, `${what} tells nothing of the poll`)
    }
    assert.equal(await contents(app.db), before)
  })

  /** Requests JSON from the stream's route, because a stream does not end. */
  const readable = (url: string) =>
    url.endsWith('/events') ? { headers: { accept: 'application/json' } } : {}

  const signsOut = new Set(['/logout', '/account/sessions'])
  const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const

  test('every route answers every method with every security header, for every viewer', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://vote.example.org' } })
    const entries = await table(app)
    const urls = [...entries.map(({ url }) => url), ...(await plain(app)), '/nowhere', '/%ff']
    const who = [visitor(app), await member(app)]
    for (const url of new Set(urls)) {
      for (const method of methods) {
        for (const somebody of who) {
          if (signsOut.has(url) && method === 'POST') continue
          const { headers, statusCode, body } = await somebody.send({ method, url, ...readable(url) })
          const what = `${method} ${url} ${statusCode}`
          assert.ok(statusCode < 500, what)
          assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/, what)
          assert.equal(headers['x-frame-options'], 'DENY', what)
          assert.equal(headers['x-content-type-options'], 'nosniff', what)
          assert.equal(headers['referrer-policy'], 'same-origin', what)
          assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what)
          assert.equal(headers['strict-transport-security'], 'max-age=31536000', what)
          assert.ok(headers['cache-control'], what)
          if (body) assert.match(String(headers['content-type']), /; charset=utf-8$|^image\//, what)
        }
      }
    }
  })

  test('without https no HSTS header is sent', async t => {
    const app = await build(t, embedded)
    assert.equal((await visitor(app).get('/hello')).headers['strict-transport-security'], undefined)
  })

  onEngines('a request that reads changes nothing', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const before = await contents(app.db)
    for (const { url } of await table(app)) {
      for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
        await ann.send({ method, url, headers: html })
        await visitor(app).send({
          method,
          url: `${url}?choice=1&close=1&_method=DELETE`,
          headers: { 'x-http-method-override': 'DELETE', ...readable(url).headers }
        })
      }
    }
    assert.equal(await contents(app.db), before)
    assert.equal((await ann.get('/')).statusCode, 200, 'nor is anybody signed out')
  })
})
