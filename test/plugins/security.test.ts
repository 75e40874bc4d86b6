/** Security headers on every answer, and no write that another site started. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { build, member, PASSWORD, start, visitor } from '../support/app.ts'
import { embedded } from '../support/engines.ts'
import { table, writes } from '../support/table.ts'

const foreign: Array<[string, Record<string, string | string[]>]> = [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ['another spelling', { 'sec-fetch-site': 'SAME-ORIGIN' }],
  ['an unknown word', { 'sec-fetch-site': 'friendly' }],
  ['two words', { 'sec-fetch-site': 'same-origin, cross-site' }],
  ['the header twice', { 'sec-fetch-site': ['same-origin', 'cross-site'] }],
  ['own Origin beside cross-site', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:9000' }],
  ['a foreign Origin', { origin: 'https://evil.example' }],
  ['no Origin of its own', { origin: 'null' }],
  ['an Origin that begins alike', { origin: 'http://localhost:9000.evil.example' }],
  ['an Origin with a name before it', { origin: 'http://localhost:9000@evil.example' }],
  ['another port', { origin: 'http://localhost:8081' }],
  ['no URL', { origin: 'localhost:9000' }],
  ['an empty word and a foreign Origin', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ['a forged forwarded host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }]
]

describe('plugins/security', () => {
  test('no route accepts a write that another site started', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const cookie = ann.cookies.get('sessionid')
    for (const { method, url } of await writes(app)) {
      for (const [what, headers] of foreign) {
        const refused = await ann.send({
          method,
          url,
          headers: { host: 'localhost:9000', ...headers },
          payload: { choice: 1 }
        })
        assert.deepEqual(
          [refused.statusCode, refused.json().error_code],
          [403, 20007],
          `${method} ${url} ${what}`
        )
        assert.equal(refused.headers['set-cookie'], undefined)
      }
      const plain = { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }
      assert.equal((await ann.send({ method, url, headers: plain, payload: 'x' })).statusCode, 403)
    }
    assert.equal(ann.cookies.get('sessionid'), cookie)
    assert.equal((await ann.get('/')).statusCode, 200, 'still signed in')
    assert.deepEqual((await ann.get('/questions/1/vote')).json().choice, [])
  })

  test('another site cannot sign a user in or register one, also without a cookie', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const users = () => app.db.select('SELECT id FROM user')
    const before = await users()
    const headers = { 'sec-fetch-site': 'cross-site' }
    const payload = { account: ann.email, name: 'X', email: 'x@example.org', password: PASSWORD }
    for (const url of ['/login', '/register', '/logout']) {
      const answer = await visitor(app).send({ method: 'POST', url, headers, payload })
      assert.deepEqual([answer.statusCode, answer.headers['set-cookie']], [403, undefined])
    }
    assert.deepEqual(await users(), before)
    const page = await visitor(app).send({
      method: 'POST',
      url: '/login',
      headers: { ...headers, accept: 'text/html' },
      payload
    })
    assert.match(page.body, /Another site started this request/)
  })

  /** The headers of a browser and of curl. */
  const host = 'localhost:9000'

  const own: Array<[string, Record<string, string>]> = [
    ['its own form', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:9000' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['an older browser', { origin: 'http://localhost:9000' }],
    ['an older browser behind a TLS proxy', { origin: 'https://vote.example.org', host: 'vote.example.org' }],
    ['curl', {}]
  ]

  test('the site’s own forms, and clients that are not browsers, pass', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const [n, [what, headers]] of own.entries()) {
      const choice = (n % 3) + 1
      for (const method of ['PUT', 'POST'] as const) {
        const answer = await ann.send({
          method,
          url: '/questions/1/vote',
          headers: { host, ...headers },
          payload: { choice }
        })
        assert.deepEqual([answer.statusCode, answer.json().choice], [200, [choice]], what)
      }
    }
  })

  test('a chain of trusted proxies may forward several hosts, and the port', async t => {
    const sent: Array<[origin: string, headers: Record<string, string>, statusCode: number]> = [
      ['http://polls.lan', { 'x-forwarded-host': 'polls.lan, proxy2.lan' }, 401],
      ['https://polls.lan:8443', { 'x-forwarded-host': 'polls.lan', 'x-forwarded-port': '8443' }, 401],
      ['https://polls.lan:8444', { 'x-forwarded-host': 'polls.lan', 'x-forwarded-port': '8443' }, 403],
      ['http://evil.example', { 'x-forwarded-host': 'polls.lan, proxy2.lan' }, 403]
    ]
    const status = async (trustedProxies: string[], origin: string, headers: Record<string, string>) => {
      const app = await build(t, embedded, { server: { trustedProxies } })
      const payload = { account: 'x@example.org', password: PASSWORD }
      const all = { host: 'app:9000', origin, ...headers }
      return (await visitor(app).send({ method: 'POST', url: '/login', headers: all, payload })).statusCode
    }
    for (const [origin, headers, statusCode] of sent) {
      assert.equal(await status(['127.0.0.1'], origin, headers), statusCode, origin)
      assert.equal(await status([], origin, headers), 403, `${origin} of a proxy that is not trusted`)
    }
  })

  test('a refused form is logged at warn with what was compared, once a minute', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.config(t)), log: { level: 'warn' } }, { lines })
    const headers = { host: 'localhost:9000', origin: 'https://evil.example' }
    for (let n = 0; n < 3; n++)
      await visitor(app).send({ method: 'POST', url: '/login', headers, payload: {} })
    const refused = lines
      .map(line => JSON.parse(line))
      .filter(({ msg }) => msg.startsWith('a form was refused'))
    assert.deepEqual(
      refused.map(({ compared }) => compared),
      [{ origin: 'https://evil.example', host: 'localhost:9000', publicUrl: null }]
    )
  })

  test('no CORS header allows another origin to read', async t => {
    const app = await build(t, embedded)
    for (const { url, allow } of await table(app)) {
      const headers = {
        accept: 'application/json',
        origin: 'https://evil.example',
        'access-control-request-method': 'PUT'
      }
      for (const method of ['OPTIONS', ...(allow.includes('GET') ? ['GET'] : [])] as Array<
        'OPTIONS' | 'GET'
      >) {
        const answer = await visitor(app).send({ method, url, headers })
        const cors = Object.keys(answer.headers).filter(name => name.startsWith('access-control'))
        assert.deepEqual(cors, [], url)
      }
    }
  })

  test('every kind of answer has the security headers', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const ann = await member(app)
    const answers = [
      await ann.page('/'),
      await ann.page('/nowhere'),
      await ann.get('/%ff'),
      await ann.page('/%ff'),
      await ann.get('/questions/1'),
      await ann.get(app.asset('css/vote.css')),
      await ann.get('/static/'),
      await ann.get('/health/live'),
      await ann.get('/health/ready'),
      await ann.send({ method: 'OPTIONS', url: '/login' }),
      await ann.send({ method: 'PATCH', url: '/login' }),
      await ann.send({ method: 'POST', url: '/login', headers: { 'sec-fetch-site': 'cross-site' } }),
      await ann.post('/login', { account: 'x' }),
      await ann.post('/register', { name: 'n'.repeat(70_000) }),
      await visitor(app).page('/questions/1/vote'),
      await ann.submit('/logout', {})
    ]
    const statuses = answers.map(answer => answer.statusCode)
    assert.deepEqual(
      statuses,
      [200, 404, 400, 400, 200, 200, 404, 200, 200, 204, 405, 403, 422, 413, 303, 303]
    )
    await app.db.execute('ALTER TABLE question RENAME COLUMN description TO details')
    answers.push(await visitor(app).page('/questions'))
    for (const { headers, raw } of answers) {
      const what = `${raw.req.method} ${raw.req.url}`
      assert.match(
        String(headers['content-security-policy']),
        /^default-src 'none'; script-src 'self'; /,
        what
      )
      assert.doesNotMatch(String(headers['content-security-policy']), /unsafe|\*/)
      assert.equal(headers['x-content-type-options'], 'nosniff', what)
      assert.equal(headers['x-frame-options'], 'DENY', what)
      assert.equal(headers['referrer-policy'], 'same-origin', what)
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what)
      assert.equal(headers['x-powered-by'], undefined)
      assert.equal(headers.server, undefined)
    }
  })

  test('answers that depend on the viewer are not cacheable and send Vary; pages have no inline script or style', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const { url, allow } of await table(app)) {
      // The picture of a poll is the same for all viewers.
      if (!allow.includes('GET') || url.endsWith('/preview.png')) continue
      for (const answer of [await ann.page(url), await ann.get(url)]) {
        assert.equal(answer.headers['cache-control'], 'no-store', url)
        assert.match(String(answer.headers.vary), /Accept.*Cookie/, url)
        assert.doesNotMatch(answer.body, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i, url)
      }
    }
  })
})
