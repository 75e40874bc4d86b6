/** Sessions in difficult cases: slow requests, new secrets, guests, no Redis. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Signer } from '@fastify/cookie'
import { build, member, PASSWORD, start, visitor } from '../support/app.ts'
import { embedded, mariadb, onEngines, secret } from '../support/engines.ts'
import { ask } from '../support/polls.ts'
import { storeOf } from '../support/sessions.ts'
import { begin } from '../support/slow.ts'

const vote = '/questions/1/vote'
const minutes = 60_000
const idOf = (cookie: string) => cookie.slice(0, cookie.indexOf('.'))

describe('plugins/session-faults', () => {
  onEngines('a slow request does not restore a session that was ended during it', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const cookie = ann.cookies.get('sessionid')!
    const id = idOf(cookie)
    await storeOf(app).age(id, 5 * minutes) // so that the slow request prolongs it
    const slow = await begin(app, ann, vote, { choice: 1 })
    assert.equal((await ann.post('/logout')).statusCode, 200)
    const answer = await slow.finish()
    assert.equal(answer.statusCode, 200, 'it was allowed when it came')
    assert.equal(answer.headers['set-cookie'], undefined)
    ann.cookies.set('sessionid', cookie)
    assert.equal((await ann.get(vote)).statusCode, 401)
    assert.equal(await storeOf(app).sessions.get(id), null)
  })

  onEngines('a slow request does not overwrite a session that another request stored', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { sessions, age } = storeOf(app)
    const id = idOf(ann.cookies.get('sessionid')!)
    const { data } = (await sessions.get(id))!
    await age(id, 5 * minutes)
    const slow = await Promise.all([1, 2, 3].map(choice => begin(app, ann, vote, { choice })))
    const newer = { ...data, since: data.since! + 1 }
    await sessions.set(id, newer)
    await age(id, 5 * minutes)
    for (const one of slow) assert.equal((await one.finish()).statusCode, 200)
    assert.deepEqual((await sessions.get(id))?.data, newer)
  })

  onEngines('a new secret ends no session, and the cookie is signed again', async (t, engine) => {
    const tree = await engine.filled(t)
    const ann = await member(await start(t, tree))
    const old = ann.cookies.get('sessionid')!
    const next = 'Pw4rT8yU2iO6aS0dF3gH7jK1lZ5xC9vB'
    const both = await start(t, { ...tree, session: { secret: next, previousSecret: secret } })
    const later = visitor(both)
    for (let turn = 0; turn < 3; turn++) {
      later.cookies.set('sessionid', old)
      assert.equal((await later.get(vote)).statusCode, 200)
      const renewed = later.cookies.get('sessionid')!
      assert.notEqual(renewed, old)
      assert.equal(idOf(renewed), idOf(old))
      assert.equal((await later.get(vote)).headers['set-cookie'], undefined)
    }
    const after = visitor(await start(t, { ...tree, session: { secret: next } }))
    after.cookies.set('sessionid', later.cookies.get('sessionid')!)
    assert.equal((await after.get(vote)).statusCode, 200)
    after.cookies.set('sessionid', old)
    assert.equal((await after.get(vote)).statusCode, 401)
  })

  onEngines(
    'a new secret in two steps: replicas of each accept sessions of the others',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const next = 'Pw4rT8yU2iO6aS0dF3gH7jK1lZ5xC9vB'
      const before = await start(t, tree)
      const first = await start(t, { ...tree, session: { secret, previousSecret: next } })
      const second = await start(t, { ...tree, session: { secret: next, previousSecret: secret } })
      for (const [one, other] of [
        [before, first],
        [first, before],
        [first, second],
        [second, first]
      ] as const) {
        const there = visitor(other)
        there.cookies.set('sessionid', (await member(one)).cookies.get('sessionid')!)
        assert.equal((await there.get(vote)).statusCode, 200)
      }
    }
  )

  onEngines('guests create no session', async (t, engine) => {
    const app = await build(t, engine)
    const { keys } = storeOf(app)
    const before = await keys()
    const guest = visitor(app)
    const forged = new Signer(['f'.repeat(32)]).sign('forged')
    for (const cookie of [undefined, 'garbage', forged, new Signer([secret]).sign('never-begun')]) {
      const send = () => {
        guest.cookies.clear()
        if (cookie) guest.cookies.set('sessionid', cookie)
        return guest
      }
      for (const url of [
        '/',
        '/login',
        '/register',
        '/questions',
        '/questions/1',
        '/nowhere',
        '/health/ready'
      ]) {
        const { cookies } = await send().page(url)
        assert.ok(cookies.every(({ value }) => value === '')) // an unknown one may be cleared
      }
      await send().post('/login', { account: 'nobody@example.org', password: PASSWORD })
      await send().post('/register', { name: '', email: '', password: '' })
      await send().put(vote, { choice: 1 })
      await send().post('/logout')
    }
    assert.deepEqual(
      (await keys()).filter(key => !before.includes(key)),
      []
    )
  })

  onEngines('an unreadable session makes the client a guest, who can sign in again', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    await storeOf(app).spoil(idOf(ann.cookies.get('sessionid')!), '{"userId":')
    assert.equal((await ann.get(vote)).statusCode, 401)
    assert.equal((await ann.get('/questions')).statusCode, 200)
    assert.equal((await ann.post('/login', { account: ann.email, password: PASSWORD })).statusCode, 200)
    assert.equal((await ann.get(vote)).statusCode, 200)
  })

  test('static files and health checks read no session', async t => {
    const lines: string[] = []
    const app = await start(t, { ...(await embedded.filled(t)), log: { level: 'debug' } }, { lines })
    const ann = await member(app)
    lines.length = 0
    const css = await ann.get(app.asset('css/vote.css'))
    assert.equal((await ann.get('/health/live')).statusCode, 200)
    assert.deepEqual([css.statusCode, css.headers['set-cookie']], [200, undefined])
    assert.equal((await ann.get('/health/ready')).statusCode, 200)
    const statements = lines.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'statement')
    assert.deepEqual(
      statements.map(({ sql }) => sql),
      ['SELECT 1 AS one']
    )
  })

  test('while Redis is unreachable all clients read as guests, and members see a notice', async t => {
    const tree = await mariadb.filled(t)
    const ann = await member(await start(t, tree))
    const lines: string[] = []
    const app = await start(t, { ...tree, redis: { socketPath: '/nowhere.sock' } }, { lines })
    const guest = visitor(app)
    assert.equal((await guest.get(app.asset('css/vote.css'))).statusCode, 200)
    assert.equal((await guest.get('/health/live')).statusCode, 200)
    const ready = await guest.get('/health/ready')
    assert.equal(ready.statusCode, 503)
    assert.partialDeepStrictEqual(ready.json(), { ready: false, database: true, redis: false })
    assert.equal((await guest.page('/questions')).statusCode, 200)
    const login = await guest.post('/login', { account: ann.email, password: PASSWORD })
    assert.deepEqual([login.statusCode, login.json().error_code], [503, 20022])
    assert.deepEqual(login.cookies, [])
    const account = { name: 'Bob', email: 'no.session@example.org', password: PASSWORD }
    for (const answer of [await guest.post('/register', account), await guest.post('/register', account)])
      assert.deepEqual([answer.statusCode, answer.json().error_code], [503, 20022])
    const made = await app.db.select('SELECT id FROM user WHERE email = ?', [account.email])
    assert.deepEqual(made, [], 'nothing was stored, as the answer says')

    const back = visitor(app)
    back.cookies.set('sessionid', ann.cookies.get('sessionid')!)
    assert.equal((await back.get(app.asset('css/vote.css'))).statusCode, 200)
    assert.equal((await back.get('/health/live')).statusCode, 200)
    assert.match((await back.page('/questions')).body, /Sign-in is not available/)
    assert.match((await back.page('/login')).body, /Sign-in is not available/)
    const { slug } = await ask(app, { audience: 'members', listed: 0 })
    const reads = ['', '/vote', '/results', '/events', '/choice', '/timeline', '/history']
    for (const answer of [
      await back.put(vote, { choice: 1 }),
      await back.get(vote),
      await back.post('/logout'),
      await back.get('/questions?mine=1'),
      ...(await Promise.all(reads.map(path => back.get(`/questions/${slug}${path}`))))
    ]) {
      assert.deepEqual([answer.statusCode, answer.json().error_code], [503, 20022])
      assert.equal(answer.headers['retry-after'], '2')
    }
    assert.equal((await back.page(`/questions/${slug}`)).statusCode, 503)
    const stranger = await guest.get(`/questions/${slug}`)
    assert.deepEqual([stranger.statusCode, stranger.json().error_code], [401, 20006])
    assert.ok(back.cookies.has('sessionid'), 'the cookie is kept for when it is back')
    assert.equal(lines.filter(line => line.includes('Redis does not answer')).length, 1)
  })
})
