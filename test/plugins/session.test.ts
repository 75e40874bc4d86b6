/** request.session over HTTP: signing in and out, sliding, the cookie. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { Signer } from '@fastify/cookie'
import { build, member, PASSWORD, visitor } from '../support/app.ts'
import { listen } from '../support/browser.ts'
import { eventuallyEqual, eventuallyTrue } from '../support/eventually.ts'
import { embedded, onEngines, secret, type Tree } from '../support/engines.ts'
import { storeOf } from '../support/sessions.ts'
import { cookieOf, watch } from '../support/streams.ts'

const vote = '/questions/1/vote'
const minutes = 60_000
const days = 1_440 * minutes
/** Creates the generator that @fastify/session uses where none is configured. */
const createIdGenerator = createRequire(import.meta.url)(
  '@fastify/session/lib/idGenerator'
) as () => () => string
const idOf = (cookie: string) => cookie.slice(0, cookie.indexOf('.'))

describe('plugins/session', () => {
  onEngines('sign-in creates a new session id and ends the previous session', async (t, engine) => {
    const app = await build(t, engine)
    const { email, cookies } = await member(app)
    const mallory = await member(app)
    const planted = mallory.cookies.get('sessionid')!
    const chosen = new Signer([secret]).sign('chosen-by-somebody-else')
    for (const cookie of [cookies.get('sessionid')!, planted, chosen]) {
      const victim = visitor(app)
      victim.cookies.set('sessionid', cookie)
      assert.equal((await victim.post('/login', { account: email, password: PASSWORD })).statusCode, 200)
      const id = idOf(victim.cookies.get('sessionid')!)
      assert.ok(Buffer.from(id, 'base64url').length >= 16, '128 bits')
      assert.notEqual(id, idOf(cookie))
      assert.equal((await victim.get(vote)).statusCode, 200)
      victim.cookies.set('sessionid', cookie)
      assert.equal((await victim.get(vote)).statusCode, 401, 'the old one is no session any more')
    }
  })

  test('a hundred sessions have different ids, and so have a million draws from their generator', async t => {
    const app = await build(t, embedded)
    const { id: user, email } = await member(app)
    const found = (await app.users.find(user))!
    app.users.authenticate = async () => found // or hashing would take seconds
    const signIn = () => visitor(app).post('/login', { account: email, password: PASSWORD })
    const answers = await Promise.all(Array.from({ length: 100 }, signIn))
    const ids = new Set(answers.map(({ cookies }) => idOf(cookies[0]!.value)))
    for (const id of ids) assert.match(id, /^[\w-]{32}$/, '192 bits')
    assert.equal(ids.size, 100)
    const drawn = new Set(Array.from({ length: 1_000_000 }, createIdGenerator()))
    assert.equal(drawn.size, 1_000_000)
    assert.ok(drawn.isDisjointFrom(ids))
  })

  onEngines('two concurrent sign-ins with one cookie get two sessions', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const shared = ann.cookies.get('sessionid')!
    const signIn = async ({ email, id }: typeof ann, choice: number) => {
      const browser = visitor(app)
      browser.cookies.set('sessionid', shared)
      await browser.post('/login', { account: email, password: PASSWORD })
      await browser.put(vote, { choice })
      return app.db.select('SELECT choice_id FROM vote WHERE question_id = 1 AND voter = ?', [`u:${id}`])
    }
    const [anns, bobs] = await Promise.all([signIn(ann, 1), signIn(bob, 2)])
    assert.deepEqual([{ ...anns[0]! }, { ...bobs[0]! }], [{ choice_id: 1 }, { choice_id: 2 }])
  })

  onEngines('a session is prolonged while it is used, and expires otherwise', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { sessions, age } = storeOf(app)
    const id = idOf(ann.cookies.get('sessionid')!)
    assert.equal((await ann.get(vote)).headers['set-cookie'], undefined, 'fresh: nothing is written')
    for (const left of [10 * minutes, 29 * days, 30 * days - 61 * minutes]) {
      await age(id, left)
      const slid = await ann.get(vote)
      assert.equal(slid.headers['set-cookie'], undefined, 'the cookie lasts as long as any session can')
      assert.ok((await sessions.get(id))!.ttl > 30 * days - minutes)
    }
    await age(id, 30 * days - 59 * minutes)
    await ann.get(vote)
    assert.ok((await sessions.get(id))!.ttl < 30 * days - 58 * minutes, 'one write an hour is enough')
    await age(id, -1)
    assert.equal((await ann.get(vote)).statusCode, 401)
  })

  onEngines('the event stream of an open page prolongs the session', async (t, engine) => {
    const app = await build(t, engine, { live: { recheck: 100 } })
    const url = `${await listen(app)}/questions/1/events`
    const ann = await member(app)
    const { sessions, age } = storeOf(app)
    const id = idOf(ann.cookies.get('sessionid')!)
    await watch(t, url, cookieOf(ann))
    await age(id, 2 * minutes)
    await eventuallyTrue(async () => (await sessions.get(id))!.ttl > 29 * days, 'prolonged')
    await sessions.destroy(id)
    await eventuallyEqual(async () => (await ann.get(vote)).statusCode, 401)
    assert.equal(await sessions.get(id), null, 'a stream does not bring back a session that was ended')
  })

  onEngines('a session ends 90 days after sign-in, also if it is used', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { sessions } = storeOf(app)
    const id = idOf(ann.cookies.get('sessionid')!)
    const { data } = (await sessions.get(id))!
    await sessions.set(id, { ...data, since: Date.now() - 90 * days + minutes })
    assert.equal((await ann.get(vote)).statusCode, 200)
    await sessions.set(id, { ...data, since: Date.now() - 90 * days - minutes })
    assert.equal((await ann.get(vote)).statusCode, 401)
  })

  onEngines('a session of an older epoch or of a deleted account is invalid', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    await app.db.execute('UPDATE user SET session_epoch = 1 WHERE id = ?', [ann.id])
    await app.db.execute('UPDATE user SET delete_flag = 1 WHERE id = ?', [bob.id])
    assert.equal((await ann.get(vote)).statusCode, 401)
    assert.equal((await bob.get(vote)).statusCode, 401)
    assert.equal((await bob.post('/login', { account: bob.email, password: PASSWORD })).statusCode, 401)
  })

  onEngines('a session does not pass to a later account of the same id', async (t, engine) => {
    const app = await build(t, engine)
    await member(app) // the first one is the administrator
    const ann = await member(app)
    // What a restore does: the row is gone, the session is not, and the id is given again.
    const { sessions } = storeOf(app)
    const id = idOf(ann.cookies.get('sessionid')!)
    const { data } = (await sessions.get(id))!
    await app.db.execute('DELETE FROM user WHERE id = ?', [ann.id])
    const bob = await member(app)
    await app.db.execute('UPDATE user SET id = ? WHERE id = ?', [ann.id, bob.id])
    await sessions.set(id, data)
    assert.equal((await ann.get(vote)).statusCode, 401)
    assert.equal((await ann.put(vote, { choice: 1 })).statusCode, 401)
  })

  onEngines('sign-out ends the session on the server and removes the cookie', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const other = visitor(app)
    await other.post('/login', { account: ann.email, password: PASSWORD })
    const cookie = ann.cookies.get('sessionid')!
    const answer = await ann.submit('/logout', {})
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/login'])
    assert.equal(ann.cookies.has('sessionid'), false)
    ann.cookies.set('sessionid', cookie)
    assert.equal((await ann.get(vote)).statusCode, 401)
    assert.equal((await ann.post('/logout')).statusCode, 200, 'again is fine')
    assert.equal((await other.get(vote)).statusCode, 200, 'other devices stay')
  })

  const proxied = { server: { publicUrl: 'https://vote.example.org', trustedProxies: ['127.0.0.1'] } }

  onEngines('the cookie is HttpOnly and Lax, and Secure if the public URL is https', async (t, engine) => {
    const credentials = { name: 'Ann', email: 'ann@example.org', password: PASSWORD }
    const flags = async (more: Tree, headers: Record<string, string>) => {
      const app = await build(t, engine, more)
      const answer = await app.inject({ method: 'POST', url: '/register', payload: credentials, headers })
      assert.equal(answer.statusCode, 201)
      const cookie = String(answer.headers['set-cookie'])
      const again = await app.inject({
        url: vote,
        cookies: { sessionid: answer.cookies[0]!.value },
        headers
      })
      assert.equal(again.statusCode, 200)
      return cookie
    }
    const plain = await flags({}, {})
    assert.match(plain, /^sessionid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    const behindProxy = await flags(proxied, { 'x-forwarded-proto': 'https' })
    assert.match(behindProxy, /^sessionid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/)
    assert.match(await flags(proxied, {}), /Secure/, 'also where the proxy forgets to say so')
  })
})
