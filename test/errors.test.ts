/** Every kind of refusal, as a page and as JSON, and that none of them tells what is inside. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build, member, start, visitor } from './support/app.ts'
import { embedded, mariadb, onEngines } from './support/engines.ts'
import { gate } from './support/gate.ts'
import { table, writes } from './support/table.ts'

const silent = { log: { level: 'silent' } }
/** What belongs to the inside: SQL, paths, stacks, names of drivers. */
const inside =
  /SELECT|INSERT|UPDATE |FROM |node_modules|file:\/\/|\/app\/|\.ts\b|at async|SQLITE|ER_[A-Z]|errno|mysql|sqlite/i

type Answer = Awaited<ReturnType<ReturnType<typeof visitor>['get']>>

function isEnvelope(answer: Answer, status: number, code: number) {
  assert.equal(answer.statusCode, status)
  assert.match(String(answer.headers['content-type']), /^application\/json/)
  assert.equal(answer.json().error_code, code)
  assert.ok(answer.json().error_msg)
  assert.doesNotMatch(answer.body, inside)
}

function isPage(answer: Answer, status: number, text: RegExp) {
  assert.equal(answer.statusCode, status)
  assert.match(String(answer.headers['content-type']), /^text\/html/)
  assert.match(answer.body, text)
  assert.match(answer.body, /<h1[^>]*>[^<]+<\/h1>/)
  assert.match(answer.body, new RegExp(`<small>${status} · request [\\w-]+</small>`))
  assert.match(answer.body, /<a href="\/questions">/, 'a way back')
  assert.doesNotMatch(answer.body.replace(/<link[^>]*>/g, ''), inside)
}

test('the route table is what it is thought to be', async t => {
  const app = await build(t, embedded)
  const verbs = Object.fromEntries((await table(app)).map(({ url, allow }) => [url, allow.join(' ')]))
  assert.deepEqual(verbs, {
    '/': 'GET HEAD OPTIONS',
    '/hello': 'GET HEAD OPTIONS',
    '/register': 'GET POST HEAD OPTIONS',
    '/login': 'GET POST HEAD OPTIONS',
    '/logout': 'POST OPTIONS',
    '/questions': 'GET HEAD OPTIONS',
    '/questions/1': 'GET HEAD OPTIONS',
    '/questions/1/choice': 'GET HEAD OPTIONS',
    '/questions/1/vote': 'GET POST PUT DELETE HEAD OPTIONS',
    '/questions/1/vote/withdraw': 'GET POST HEAD OPTIONS',
    '/question/1/choice': 'GET HEAD OPTIONS'
  })
})

test('every address answers OPTIONS with Allow, HEAD like GET, and any other verb with 405', async t => {
  const app = await build(t, embedded)
  const ann = await member(app)
  const sessions = () => app.db.select('SELECT * FROM session')
  for (const { url, allow } of await table(app)) {
    const before = await sessions()
    const options = await ann.send({ method: 'OPTIONS', url })
    assert.deepEqual(
      [options.statusCode, options.body, options.headers.allow],
      [204, '', allow.join(', ')],
      url
    )
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const) {
      if (allow.includes(method)) continue
      for (const who of [ann, visitor(app)]) {
        const refused = await who.send({
          method,
          url,
          headers: { accept: 'application/json' }
        })
        assert.equal(refused.headers.allow, allow.join(', '), `${method} ${url}`)
        isEnvelope(refused, 405, 20009)
      }
    }
    if (!allow.includes('HEAD')) continue
    const get = await ann.get(url)
    const head = await ann.send({ method: 'HEAD', url, headers: { accept: 'application/json' } })
    assert.deepEqual([head.statusCode, head.body], [get.statusCode, ''], url)
    assert.deepEqual(await sessions(), before)
  }
  isPage(await ann.submit('/hello', {}), 405, /does not take that method/)
})

test('what is not there is 404, as a page and as JSON', async t => {
  const app = await build(t, embedded)
  const ann = visitor(app)
  for (const url of [
    '/nowhere',
    '/questions/77',
    '/questions/1/vot',
    '/question/1',
    '/hello/',
    '//hello',
    '/.git/HEAD'
  ]) {
    isPage(await ann.page(url), 404, /There is no such (page|poll)/)
    const json = await ann.get(url)
    isEnvelope(json, 404, json.json().error_code === 20010 ? 20010 : 20008)
  }
  isEnvelope(await ann.post('/nowhere', { a: 1 }), 404, 20008)
})

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

onEngines(
  'a body that is neither form nor JSON is 415, on every address that takes one',
  async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const { method, url } of await writes(app)) {
      for (const [type, payload] of odd) {
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
  }
)

test('a body that is broken is 400, one that is wrong is 422 with its fields', async t => {
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
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const inForm = { method: 'POST', url: '/questions/1/vote', payload: '{"choice":1}', headers: form } as const
  isEnvelope(await ann.send(inForm), 422, 20005)
})

onEngines('a database that does not fit is 500, and says nothing of itself', async (t, engine) => {
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

test('a database that is away is 503 with Retry-After, and the program serves on when it is back', async t => {
  const tree = await mariadb.config(t)
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
  isPage(await ann.page('/questions'), 503, /No votes are being lost, none are being taken/)
  const vote = await ann.put('/questions/1/vote', { choice: 1 })
  assert.equal(vote.statusCode, 503)
  assert.doesNotMatch(vote.body, inside)
  assert.equal((await ann.get('/health/ready')).json().database, false)
  assert.equal((await ann.get('/health/live')).statusCode, 200)
  door.open()
  assert.equal((await ann.put('/questions/1/vote', { choice: 1 })).statusCode, 200)
  assert.equal((await ann.get('/health/ready')).statusCode, 200)
})
