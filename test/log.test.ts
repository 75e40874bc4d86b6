/** The log never contains passwords, cookies, tokens or session ids, also at level trace. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { loggerOptions } from '../app/log.ts'
import { member, PASSWORD, start, visitor } from './support/app.ts'
import { embedded, onEngines, secret } from './support/engines.ts'

describe('log', () => {
  onEngines('no credential is logged, also when requests fail', async (t, engine) => {
    const lines: string[] = []
    const app = await start(t, { ...(await engine.config(t)), log: { level: 'trace' } }, { lines })
    const ann = await member(app)
    const cookie = ann.cookies.get('sessionid')!
    const json = { 'content-type': 'application/json' }
    await ann.post('/login', { account: ann.email, password: `${PASSWORD} hunter2` })
    await ann.post('/register', { name: 'Ann', email: ann.email, password: `${PASSWORD} hunter2` })
    await ann.submit('/register', { name: '', email: 'hunter2', password: 'hunter2' })
    await ann.send({ method: 'POST', url: '/login', payload: '{"password":"hunter2"', headers: json })
    await ann.get('/questions?token=hunter2&q=hunter2')
    await ann.get('/nowhere/hunter2')
    await ann.get('/%ff/hunter2')
    await ann.page('/login?next=/reset/hunter2')
    await ann.put('/questions/1/vote', { choice: 1 })
    await app.db.execute('ALTER TABLE vote RENAME COLUMN receipt TO stub')
    assert.equal((await ann.put('/questions/2/vote', { choice: 4 })).statusCode, 500)
    await app.db.execute('ALTER TABLE user RENAME COLUMN phone TO telephone')
    const failed = { name: 'hunter2', email: 'x@example.org', password: `${PASSWORD} hunter2` }
    assert.equal((await visitor(app).post('/register', failed)).statusCode, 503)
    await ann.post('/logout')

    const log = lines.join('')
    assert.ok(lines.length > 50, 'it did talk')
    for (const text of [
      'hunter2',
      PASSWORD,
      cookie,
      cookie.split('.')[0]!,
      secret,
      '$argon2id$',
      ann.email
    ]) {
      assert.ok(!log.includes(text), `${text} in ${lines.find(line => line.includes(text))}`)
    }
    assert.doesNotMatch(log, new RegExp(`u:${ann.id}\\b`), 'nor who voted')
  })

  test('level debug logs each statement with milliseconds and rows, without arguments', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.config(t)), log: { level: 'debug' } }, { lines })
    lines.length = 0
    await visitor(app).get('/questions?q=hunter2')
    const statements = lines.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'statement')
    const { sql, milliseconds, rows } = statements.at(-1)!
    assert.match(sql, /^SELECT q\.id[^]* INSTR\(q\.search_text, \?\) > 0 ORDER BY q\.id DESC LIMIT \?$/)
    assert.equal(typeof milliseconds, 'number')
    assert.equal(rows, 0)
    const request = lines.map(line => JSON.parse(line)).find(({ req }) => req)
    assert.deepEqual(Object.keys(request.req), ['id', 'method', 'route'])
  })

  test('by default successful requests are not logged', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.config(t)), log: { level: 'info' } }, { lines })
    const ann = await member(app)
    lines.length = 0
    await ann.put('/questions/1/vote', { choice: 1 })
    await ann.page('/questions')
    await visitor(app).post('/register', { name: '' })
    assert.deepEqual(lines, [])
  })

  onEngines('sign-ins and refusals are logged with time, account, route and reason', async (t, engine) => {
    const lines: string[] = []
    const limits = { ...(await engine.config(t)).limits, wrongPasswords: { most: 1 } }
    // Counters in Redis depend on secret and account id, and other tests have the same ids.
    const session = { secret: randomBytes(24).toString('base64url') }
    const app = await start(
      t,
      { ...(await engine.config(t)), limits, session, log: { level: 'info' } },
      { lines }
    )
    await member(app) // the administrator
    const ann = await member(app)
    const guess = { account: ann.email, password: 'not the right one' }
    lines.length = 0
    await ann.post('/login', { account: ann.email, password: PASSWORD })
    await visitor(app).post('/login', guess)
    await visitor(app).post('/login', guess)
    await visitor(app).get('/account')
    await ann.post('/questions/1/close')
    await ann.send({ method: 'POST', url: '/logout', headers: { 'sec-fetch-site': 'cross-site' } })
    const told = lines.map(line => JSON.parse(line)).filter(({ level }) => level === 30)
    assert.deepEqual(
      told.map(({ code, user, req }) => [code, user, `${req.method} ${req.route}`]),
      [
        [undefined, ann.id, 'POST /login'],
        ['20004', undefined, 'POST /login'],
        ['20048', undefined, 'POST /login'],
        ['20006', undefined, 'GET /account'],
        ['20025', ann.id, 'POST /questions/:question/close'],
        ['20007', undefined, 'POST /logout']
      ]
    )
    for (const { time, msg } of told) assert.ok(Math.abs(time - Date.now()) < 60_000 && msg.length > 5)
  })

  test('an untrusted proxy is logged once, without its address', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.config(t)), log: { level: 'warn' } }, { lines })
    for (const address of ['203.0.113.9', '198.51.100.7']) {
      const sent = { url: '/login', headers: { 'x-forwarded-for': address }, remoteAddress: '192.0.2.77' }
      assert.equal((await app.inject(sent)).statusCode, 200)
    }
    assert.match(lines.join(''), /^[^\n]*a proxy is not in server\.trustedProxies[^\n]*\n$/)
    assert.doesNotMatch(lines.join(''), /203\.0\.113|198\.51\.100|192\.0\.2/)
  })

  test('beside a trusted proxy, only another one is logged', async t => {
    const lines: string[] = []
    const server = { trustedProxies: ['127.0.0.1'] }
    const app = await start(t, { ...(await embedded.config(t)), server, log: { level: 'warn' } }, { lines })
    const ask = (remoteAddress: string, forwarded = remoteAddress) =>
      app.inject({ url: '/login', headers: { 'x-forwarded-for': forwarded }, remoteAddress })
    await ask('127.0.0.1')
    await ask('127.0.0.1', '')
    assert.deepEqual(lines, [])
    await ask('192.0.2.77')
    assert.match(lines.join(''), /^[^\n]*a proxy is not in server\.trustedProxies[^\n]*\n$/)
  })

  test('a refused command of Redis is logged without its arguments', () => {
    const lines: string[] = []
    const log = pino(loggerOptions({ level: 'info', pretty: false }), {
      write: line => void lines.push(line)
    })
    const command = { name: 'hello', args: ['3', 'AUTH', 'vote', 'geheim'] }
    log.error({ err: Object.assign(new Error('WRONGPASS'), { command }) }, 'Redis refused')
    assert.match(lines.join(''), /WRONGPASS/)
    assert.doesNotMatch(lines.join(''), /geheim/)
  })

  test('no input can inject a line into the log', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.config(t)), log: { level: 'trace' } }, { lines })
    const forged = 'a\r\n{"level":50,"msg":"forged"}\u001b[31m'
    await visitor(app).post('/register', { name: forged, email: forged, password: forged })
    await visitor(app).get(`/nowhere/${encodeURIComponent(forged)}?q=${encodeURIComponent(forged)}`)
    await visitor(app).send({
      url: '/hello',
      headers: { 'user-agent': 'a{"level":50,"msg":"forged"}\u001b[31m' }
    })
    assert.ok(lines.length > 3)
    for (const line of lines) {
      assert.doesNotMatch(line.trimEnd(), /\p{Cc}/u)
      assert.notEqual(JSON.parse(line).msg, 'forged')
    }
  })
})
