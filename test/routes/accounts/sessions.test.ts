/** /account/sessions: the list of sessions, and ending them. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { randomInt } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { FastifyInstance } from 'fastify'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { onEngines, shared } from '../../support/engines.ts'
import { storeOf } from '../../support/sessions.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

async function signIn(app: FastifyInstance, account: string, agent: string) {
  const device = visitor(app)
  const headers = { 'user-agent': agent }
  const answer = await device.send({
    method: 'POST',
    url: '/login',
    headers,
    payload: { account, password: PASSWORD }
  })
  assert.equal(answer.statusCode, 200)
  return device
}

/** User ids that no other test has, because the tests share a Redis. */
async function apart(app: FastifyInstance) {
  const row = [1_000_000 + randomInt(1_000_000_000), 'Nobody', 'nobody@sample.invalid', '']
  await app.db.execute('INSERT INTO user (id, name, email, password) VALUES ?', [[row]])
}

type Listed = { handle: string; begun: string; used: string; agent: string; current: boolean }
const list = async (who: ReturnType<typeof visitor>) =>
  (await who.get('/account/sessions')).json().sessions as Listed[]
const idOf = (who: ReturnType<typeof visitor>) => who.cookies.get('sessionid')!.split('.')[0]!

describe('/account/sessions', () => {
  onEngines('the list describes every session of the user and contains no session id', async (t, engine) => {
    const app = await build(t, engine)
    await apart(app)
    const [ann, bob] = [await member(app), await member(app)]
    const [laptop, phone] = [await signIn(app, ann.email, firefox), await signIn(app, ann.email, safari)]
    await laptop.post('/logout')
    const desk = await signIn(app, ann.email, firefox)
    const sessions = await list(desk)
    assert.deepEqual(sessions.map(({ agent, current }) => `${agent} ${current}`).toSorted(), [
      'Another program false',
      'Firefox on Linux true',
      'Safari on iPhone false'
    ])
    for (const { begun, used } of sessions)
      assert.match(`${begun} ${used}`, /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ?){2}$/)
    const page = await desk.page('/account/sessions')
    assert.match(page.body, /Firefox on Linux <span class="badge good">this one<\/span>/)
    for (const who of [ann, phone, desk, bob]) {
      assert.ok(!page.body.includes(idOf(who)) && !JSON.stringify(sessions).includes(idOf(who)))
    }
    const { age } = storeOf(app)
    await age(idOf(phone), -1)
    assert.equal((await list(desk)).length, 2, 'an outdated one is no session')
    assert.equal((await list(bob)).length, 1)
  })

  onEngines('a user can end one session or all others, but no session of another user', async (t, engine) => {
    const app = await build(t, engine)
    await apart(app)
    const [ann, bob] = [await member(app), await member(app)]
    const phone = await signIn(app, ann.email, safari)
    const tablet = await signIn(app, ann.email, firefox)
    const ofPhone = (await list(ann)).find(({ agent }) => agent.startsWith('Safari'))!.handle
    assert.equal((await bob.post('/account/sessions', { session: ofPhone })).statusCode, 200)
    assert.equal((await phone.get('/account')).statusCode, 200, 'it is not Bob’s to end')
    for (const session of ['', 'x', `${ofPhone}x`, '../../etc']) {
      isEnvelope(await ann.post('/account/sessions', { session }), 422, 20005)
    }
    const ended = await ann.submit('/account/sessions', { session: ofPhone })
    assert.deepEqual([ended.statusCode, ended.headers.location], [303, '/account/sessions?done=ended#done'])
    assert.match((await ann.page('/account/sessions?done=ended')).body, /id="done"[^]*sign-in is ended/)
    isEnvelope(await phone.get('/account'), 401, 20006)
    assert.equal((await ann.post('/account/sessions', { session: ofPhone })).statusCode, 200, 'again is fine')
    assert.equal((await tablet.get('/account')).statusCode, 200)

    const old = ann.cookies.get('sessionid')!
    assert.equal((await ann.submit('/account/sessions', {})).statusCode, 303)
    assert.notEqual(ann.cookies.get('sessionid'), old)
    assert.deepEqual(
      (await list(ann)).map(({ current }) => current),
      [true]
    )
    isEnvelope(await tablet.get('/account'), 401, 20006)
    tablet.cookies.set('sessionid', old)
    isEnvelope(await tablet.get('/account'), 401, 20006)
    assert.equal((await bob.get('/account')).statusCode, 200)
  })

  onEngines('a session that ends all others leaves the links that set a password', async (t, engine) => {
    const app = await build(t, engine)
    await apart(app)
    const ann = await member(app)
    const { token } = await app.resets.make(ann.id)
    assert.equal((await ann.post('/account/sessions')).statusCode, 200)
    const owner = await visitor(app).post(`/reset/${token}`, { password: `${PASSWORD} again` })
    assert.equal(owner.statusCode, 200, owner.body)
    isEnvelope(await ann.get('/account'), 401, 20006)
  })

  onEngines(
    'a session that ended the others keeps its sign-in time, until the password is given',
    async (t, engine) => {
      const app = await build(t, engine)
      await apart(app)
      const ann = await member(app)
      const { sessions } = storeOf(app)
      const data = async () => (await sessions.get(idOf(ann)))!.data
      const since = Date.now() - 3_600_000
      await sessions.set(idOf(ann), { ...(await data()), since })
      for (let n = 0; n < 2; n++) {
        assert.equal((await ann.post('/account/sessions')).statusCode, 200)
        assert.equal((await data()).since, since)
      }
      const password = `${PASSWORD} again`
      assert.equal((await ann.post('/account/password', { current: PASSWORD, password })).statusCode, 200)
      assert.ok((await data()).since! > since)
    }
  )

  onEngines(
    'a request with a session sends one Redis command; only sign-in writes the list',
    async (t, engine) => {
      const app = await build(t, engine)
      await apart(app)
      const ann = await member(app)
      const sent: string[] = []
      const redis = app.redis as Redis // one server
      const send = redis.sendCommand.bind(redis)
      t.mock.method(redis, 'sendCommand', (...args: Parameters<typeof send>) => {
        sent.push(args[0].name)
        return send(...args)
      })
      await ann.get('/questions/1/vote')
      assert.deepEqual(sent.splice(0), ['mget'])
      await ann.post('/logout')
      assert.ok(!sent.splice(0).includes('zadd'))
      await ann.post('/login', { account: ann.email, password: PASSWORD })
      assert.equal(sent.filter(name => name === 'zadd').length, 1)
    },
    shared
  )
})
