/** Every kind of error, as a page and as JSON, without internal details. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test, type TestContext } from 'node:test'
import { inside, isEnvelope, isPage } from './support/answers.ts'
import { build, member, start, visitor } from './support/app.ts'
import { embedded, type Engine, mariadb, onEngines, shared } from './support/engines.ts'
import { gate } from './support/gate.ts'
import { writes } from './support/table.ts'

const silent = { log: { level: 'silent' } }
describe('errors', () => {
  test('no two errors have the same code or name', () => {
    const table = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8')
    const rows = [...table.matchAll(/^\| (\d{5}) \| `(\w+)` /gm)]
    assert.ok(rows.length > 60)
    for (const column of [1, 2]) {
      const values = rows.map(row => row[column])
      assert.deepEqual(
        values.filter((value, n) => values.indexOf(value) !== n),
        []
      )
    }
  })

  test('an unknown URL is 404, as a page and as JSON', async t => {
    const app = await build(t, embedded)
    const ann = visitor(app)
    for (const url of [
      '/nowhere',
      '/questions/77',
      '/questions/1/vot',
      '/question/1',
      '//hello',
      '/.git/HEAD'
    ]) {
      isPage(await ann.page(url), 404, /There is no such (page|poll)/)
      const json = await ann.get(url)
      isEnvelope(json, 404, json.json().error_code === 20010 ? 20010 : 20008)
    }
    isEnvelope(await ann.post('/nowhere', { a: 1 }), 404, 20008)
  })

  test('a page that needs a sign-in leads to it and back, for HEAD as for GET', async t => {
    const app = await build(t, embedded)
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await app.inject({ method, url: '/account?x=1', headers: { accept: 'text/html' } })
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/login?next=%2Faccount%3Fx%3D1'])
    }
  })

  test('a malformed URL is 400 with a link back', async t => {
    const app = await build(t, embedded)
    for (const url of ['/%ff', '/questions/%ff', `/questions/${'a'.repeat(101)}`, '/questions/1/vote%']) {
      isEnvelope(await visitor(app).get(url), 400, 20019)
      const page = await visitor(app).page(url)
      assert.equal(page.statusCode, 400)
      assert.match(String(page.headers['content-type']), /^text\/html/)
      assert.match(page.body, /<h1>The request cannot be understood<\/h1>.*<a href="\/">/)
      assert.equal(page.headers['cache-control'], 'no-store')
    }
  })

  const paths = (
    '/ /questions /questions/new /questions/1 /questions/1/results /questions/1/present /questions/1/manage ' +
    '/questions/1/vote /questions/1/qr /questions/1. /questions/1/ballots /login /register /account ' +
    '/account/tokens /account/sessions /admin /admin/users /docs /openapi.json /hello /health/live ' +
    '/robots.txt /static/css/poll.css /reset/x /nowhere'
  ).split(' ')
  const queries = [
    'q=%E4&next=%E4&after=%E4&format=%E4&screen=%E4',
    '%E4=1',
    'q=M%FCnchen&next=%',
    'q=\xe4',
    'q=%C3%28'
  ]
  test('a query in Latin-1 or with a broken escape is read as it stands, or 400', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const path of paths)
      for (const query of queries)
        for (const one of [ann, visitor(app)])
          for (const { statusCode } of [
            await one.get(`${path}?${query}`),
            await one.page(`${path}?${query}`)
          ])
            assert.ok(statusCode < 500, `${path}?${query}: ${statusCode}`)
    const { body } = await ann.page('/questions?q=M%FCnchen')
    assert.match(body, /<input type="search" name="q" value="M%FCnchen"/)
    isEnvelope(await ann.get('/questions/1/results?format=%E4'), 400, 20019)
  })

  const search = async (t: TestContext, engine: Engine) => {
    const app = await build(t, engine)
    const administrator = await member(app)
    for (const path of ['/questions', '/admin/users'])
      for (const query of queries)
        for (const { statusCode } of [
          await administrator.get(`${path}?${query}`),
          await administrator.page(`${path}?${query}`)
        ])
          assert.ok(statusCode < 500, `${path}?${query}: ${statusCode}`)
    const { body } = await administrator.page('/questions?q=M%FCnchen')
    assert.match(body, /<input type="search" name="q" value="M%FCnchen"/)
  }
  onEngines('a database server, too, searches for a text in Latin-1 or with a broken escape', search, shared)

  test('a body that is too large is 413', async t => {
    const app = await build(t, embedded)
    const large = { name: 'n'.repeat(70_000) }
    isEnvelope(await visitor(app).post('/register', large), 413, 20020)
    isPage(await visitor(app).submit('/register', large), 413, /too large/)
  })

  const odd = [
    ['text/plain', '{"choice":1}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/xml', '<choice>1</choice>'],
    ['application/json5', '{choice:1}'],
    ['text/plain; application/json', '{"choice":1}']
  ] as const

  test('a body that is neither form nor JSON is 415, at every route that accepts a body', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const { method, url } of await writes(app)) {
      for (const [type, payload] of odd) {
        if (url === '/admin/logo' && type.startsWith('multipart/')) continue // it takes a file
        isEnvelope(await ann.send({ method, url, payload, headers: { 'content-type': type } }), 415, 20021)
      }
    }
    const headers = { 'content-type': 'text/plain', accept: 'text/html' }
    isPage(
      await ann.send({ method: 'POST', url: '/login', payload: 'x', headers }),
      415,
      /Send a form or JSON/
    )
    assert.equal((await app.db.select('SELECT voter FROM vote WHERE voter = ?', [`u:${ann.id}`])).length, 0)
  })

  test('a malformed body is 400, an invalid one is 422 with its fields', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const json = { 'content-type': 'application/json' }
    const send = (payload: string) =>
      ann.send({ method: 'PUT', url: '/questions/1/vote', payload, headers: json })
    isEnvelope(await send('{"choice":'), 400, 20019)
    isEnvelope(await send('{"__proto__":{"choice":1}}'), 400, 20019)
    for (const payload of ['null', '1', '"choice"', '[1]', '{}', '{"choice":null}']) {
      const answer = await send(payload)
      isEnvelope(answer, 422, 20005)
      assert.equal(typeof Object.values(answer.json().fields)[0], 'string')
    }
    assert.deepEqual(
      (await send('{"choice":1,"choice":2}')).json().choice,
      [2],
      'of a field twice the last counts'
    )
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const twice = {
      method: 'POST',
      url: '/questions/1/vote',
      payload: 'choice=1&choice=2',
      headers: form
    } as const
    isEnvelope(await ann.send(twice), 422, 20005)
    const inForm = {
      method: 'POST',
      url: '/questions/1/vote',
      payload: '{"choice":1}',
      headers: form
    } as const
    isEnvelope(await ann.send(inForm), 422, 20005)
  })

  const deep = (levels: number) => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`
  const large: Array<[what: string, type: string, payload: string, statuses: number[]]> = [
    ['20,000 levels', 'application/json', deep(20_000), [400, 403]],
    ['100,000 levels', 'application/json', deep(100_000), [400, 403, 413]],
    [
      '10,000 levels of objects',
      'application/json',
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      [400, 403, 413]
    ],
    [
      '30,000 fields',
      'application/x-www-form-urlencoded',
      '&a'.repeat(30_000),
      [303, 403, 404, 422, 200, 409]
    ],
    [
      '5,000 choices',
      'application/x-www-form-urlencoded',
      '&choice=1'.repeat(5_000),
      [303, 403, 404, 422, 200, 409]
    ],
    [
      'a list of 5,000',
      'application/json',
      `{"choice":[${'1,'.repeat(5_000)}1],"choice_text":[${'"a",'.repeat(5_000)}"a"]}`,
      [303, 403, 404, 422, 200, 409]
    ]
  ]

  test('every route rejects deep, wide and long bodies, as JSON and as a page', async t => {
    const app = await build(t, embedded)
    await member(app) // the administrator, who may delete polls
    const ann = await member(app)
    for (const { method, url } of await writes(app)) {
      if (url === '/logout' || url === '/account/sessions') continue // signs out
      for (const [what, type, payload, statuses] of large) {
        for (const accept of ['application/json', 'text/html']) {
          const { statusCode } = await ann.send({
            method,
            url,
            payload,
            headers: { 'content-type': type, accept }
          })
          assert.ok(statuses.includes(statusCode), `${method} ${url} ${what} as ${accept}: ${statusCode}`)
        }
      }
    }
  })

  test('a missing body is validated like an empty form', async t => {
    const app = await build(t, embedded)
    await member(app) // the administrator, who may delete polls
    const ann = await member(app)
    for (const { method, url } of await writes(app)) {
      if (url === '/logout' || url === '/account/sessions') continue // signs out
      const { statusCode } = await ann.send({ method, url })
      assert.ok(statusCode < 500, `${method} ${url} ${statusCode}`)
    }
    isEnvelope(await ann.send({ method: 'PUT', url: '/questions/1/vote' }), 422, 20005)
    isEnvelope(
      await ann.send({ method: 'POST', url: '/questions/1/vote', headers: { 'content-length': '0' } }),
      422,
      20005
    )
    isEnvelope(await ann.send({ method: 'POST', url: '/register' }), 422, 20005)
    const page = await ann.send({ method: 'POST', url: '/login', headers: { accept: 'text/html' } })
    assert.match(page.body, /Enter your password/)
  })

  onEngines('an unexpected database error is 500 and reveals no details', async (t, engine) => {
    const app = await build(t, engine, silent)
    const ann = await member(app)
    await app.db.execute('ALTER TABLE question RENAME COLUMN description TO details')
    for (const url of ['/questions', '/questions/2', '/question/2/choice']) {
      isEnvelope(await ann.get(url), 500, 20023)
    }
    isPage(await ann.page('/questions/2'), 500, /Something went wrong on our side/)
    await app.db.execute('ALTER TABLE choice RENAME COLUMN votes TO tally')
    isEnvelope(await ann.put('/questions/2/vote', { choice: 4 }), 500, 20023)
  })

  test('an unreachable database is 503 with Retry-After, and requests succeed again when it is back', async t => {
    const tree = await mariadb.filled(t)
    const door = await gate(t, String(tree.database!.socketPath))
    const app = await start(t, {
      ...tree,
      ...silent,
      database: { ...tree.database, socketPath: door.socketPath }
    })
    const ann = await member(app)
    door.shut()
    const away = await ann.get('/questions')
    isEnvelope(away, 503, 20018)
    assert.equal(away.headers['retry-after'], '2')
    isPage(await ann.page('/questions'), 503, /No vote is lost, and no new vote can be counted/)
    const vote = await ann.put('/questions/1/vote', { choice: 1 })
    assert.equal(vote.statusCode, 503)
    assert.doesNotMatch(vote.body, inside)
    assert.equal((await ann.get('/health/ready')).json().database, false)
    assert.equal((await ann.get('/health/live')).statusCode, 200)
    door.open()
    assert.equal((await ann.put('/questions/1/vote', { choice: 1 })).statusCode, 200)
    assert.equal((await ann.get('/health/ready')).statusCode, 200)
  })
})
