/** The limits: what they count, that replicas share them, that they end by themselves. The rest of the suite has them raised. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import { Redis } from 'ioredis'
import { type Counter, createMemoryCounter, createRedisCounter } from '../../../app/models/limits/counters.ts'
import { networkOf } from '../../../app/models/limits/limits.ts'
import { isEnvelope } from '../../support/answers.ts'
import { member, members, PASSWORD, start, visitor } from '../../support/app.ts'
import { embedded, type Engine, onEngines, redisSocket, shared } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

/** The default limits, but for those named; keys of its own, because all tests share a Redis. */
async function strict(t: TestContext, engine: Engine, limits: object = {}, server: object = {}) {
  const { limits: _raised, ...tree } = await engine.config(t)
  const secret = randomBytes(32).toString('base64url')
  return { ...tree, session: { secret }, limits: { ...limits }, server: { ...server } }
}

const wrong = (account: string, n = 0) => ({ account, password: `wrong password ${n}` })
const forged = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` })

describe('models/limits/limits', () => {
  onEngines('the eleventh wrong password is 429, whoever asks, wherever and however', async (t, engine) => {
    const tree = await strict(t, engine)
    const apps = [await start(t, tree)]
    if (engine !== embedded) for (let n = 1; n < 4; n++) apps.push(await start(t, tree))
    const ann = await member(apps[0]!)
    const bob = await member(apps[0]!)
    const guesses = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        visitor(apps[n % apps.length]!).send({
          method: 'POST',
          url: '/login',
          payload: wrong(n % 2 ? ann.email : ` ${ann.email.toUpperCase()}`, n),
          headers: forged(n % 50)
        })
      )
    )
    const statuses = guesses.map(answer => answer.statusCode)
    assert.deepEqual(
      [statuses.filter(code => code === 401).length, statuses.filter(code => code === 429).length],
      [10, 90]
    )
    const right = await visitor(apps.at(-1)!).post('/login', { account: ann.email, password: PASSWORD })
    isEnvelope(right, 429, 20048)
    const wait = Number(right.headers['retry-after'])
    assert.ok(wait > 0 && wait <= 600, `wait ${wait} s`)
    assert.equal(right.headers['set-cookie'], undefined)
    const page = await visitor(apps[0]!).submit('/login', wrong(ann.email))
    assert.equal(page.statusCode, 429)
    assert.ok(Number(page.headers['retry-after']) > 0)
    assert.match(page.body, /Too many wrong passwords/)
    assert.match(page.body, new RegExp(`value="${ann.email}"`), 'what was typed stays')
    const other = await visitor(apps[0]!).post('/login', { account: bob.email, password: PASSWORD })
    assert.equal(other.statusCode, 200, 'nobody else waits')
    assert.equal((await ann.get('/')).statusCode, 200, 'nor who is signed in')
  })

  onEngines('an account that is not there is counted alike', async (t, engine) => {
    const app = await start(t, await strict(t, engine))
    for (let n = 0; n < 10; n++)
      isEnvelope(await visitor(app).post('/login', wrong('no@example.org')), 401, 20004)
    isEnvelope(await visitor(app).post('/login', wrong('no@example.org')), 429, 20048)
  })

  onEngines('the wait ends by itself, and right passwords count for nothing', async (t, engine) => {
    const app = await start(t, await strict(t, engine, { wrongPasswords: { most: 2, seconds: 1 } }))
    const ann = await member(app)
    const right = () => visitor(app).post('/login', { account: ann.email, password: PASSWORD })
    const together = await Promise.all([right(), right()])
    assert.deepEqual(
      together.map(answer => answer.statusCode),
      [200, 200]
    )
    for (let n = 0; n < 3; n++) assert.equal((await right()).statusCode, 200)
    for (let n = 0; n < 2; n++) await visitor(app).post('/login', wrong(ann.email))
    let answer = await right()
    isEnvelope(answer, 429, 20048)
    while (answer.statusCode === 429) {
      await visitor(app).post('/login', wrong(ann.email)) // guessing on does not make it longer
      answer = await right()
    }
    assert.equal(answer.statusCode, 200)
  })

  onEngines('one password tried on many accounts from one address ends in 429', async (t, engine) => {
    const tree = await strict(
      t,
      engine,
      { wrongPasswordsOfAddress: { most: 5 } },
      { trustedProxies: ['127.0.0.1'] }
    )
    const app = await start(t, tree)
    const from = (ip: string, n: number) =>
      visitor(app).send({
        method: 'POST',
        url: '/login',
        payload: wrong(`somebody${n}@example.org`),
        headers: { 'x-forwarded-for': ip }
      })
    for (let n = 0; n < 5; n++) isEnvelope(await from(`2001:db8:1:2::${n}`, n), 401, 20004)
    isEnvelope(await from('2001:db8:1:2:ffff::1', 5), 429, 20048)
    isEnvelope(await from('2001:db8:1:3::1', 5), 401, 20004)
  })

  onEngines('accounts from one address and polls of one user are counted', async (t, engine) => {
    const app = await start(t, await strict(t, engine, { registrations: { most: 2 }, polls: { most: 2 } }))
    const ann = await member(app)
    await member(app)
    const fields = { name: 'Cy', email: 'cy@example.org', password: PASSWORD }
    isEnvelope(await visitor(app).post('/register', fields), 429, 20049)
    const page = await visitor(app).submit('/register', fields)
    assert.equal(page.statusCode, 429)
    assert.match(page.body, /value="cy@example.org"/)
    assert.equal((await app.db.select("SELECT id FROM user WHERE email = 'cy@example.org'")).length, 0)

    const poll = (n: number) => ({ question_text: `Which ${n}?`, choice_text: ['a', 'b'] })
    for (let n = 0; n < 2; n++) assert.equal((await ann.post('/questions', poll(n))).statusCode, 201)
    isEnvelope(await ann.post('/questions', poll(3)), 429, 20049)
    const form = await ann.submit('/questions', poll(3))
    assert.equal(form.statusCode, 429)
    assert.match(form.body, /Which 3\?/, 'what was typed stays')
    assert.ok(Number(form.headers['retry-after']) > 600)
  })

  onEngines('votes of one poll and address: 300 a minute, then 429 and no vote', async (t, engine) => {
    const tree = await strict(t, engine)
    const app = await start(t, tree)
    const [ann, bob] = await members(app, 2, tree.session.secret)
    const poll = await ask(app)
    const cast = (choice: number) => ann!.put(`/questions/${poll.slug}/vote`, { choice })
    for (let n = 0; n < 300; n++) assert.equal((await cast(poll.choices[n % 2]!)).statusCode, 200)
    const refused = await cast(poll.choices[0]!)
    isEnvelope(refused, 429, 20050)
    assert.match(refused.json().error_msg, /NOT counted/)
    assert.ok(Number(refused.headers['retry-after']) <= 60)
    assert.deepEqual((await ann!.get(`/questions/${poll.slug}/vote`)).json().choice, [poll.choices[1]])
    const page = await bob!.submit(`/questions/${poll.slug}/vote`, { choice: String(poll.choices[0]) })
    assert.equal(page.statusCode, 429)
    assert.match(page.body, new RegExp(`value="${poll.choices[0]}" checked`), 'what was chosen stays')
    const other = await ask(app)
    assert.equal(
      (await ann!.put(`/questions/${other.slug}/vote`, { choice: other.choices[0] })).statusCode,
      200
    )
  })

  onEngines('a class of 40 behind one address meets no limit', async (t, engine) => {
    const tree = await strict(t, engine)
    const app = await start(t, tree)
    const poll = await ask(app)
    const answers = await Promise.all(
      (await members(app, 40, tree.session.secret)).flatMap(one =>
        poll.choices.map(choice => one.put(`/questions/${poll.slug}/vote`, { choice }))
      )
    )
    assert.ok(answers.every(answer => answer.statusCode === 200))
  })

  onEngines(
    'replicas add their votes up, and no address stands in Redis or in the database',
    async (t, engine) => {
      const tree = await strict(t, engine, { votes: { most: 20, seconds: 600 } })
      const apps = [await start(t, tree), await start(t, tree)]
      const voters = await members(apps[0]!, 40, tree.session.secret)
      const poll = await ask(apps[0]!)
      const before = new Set(await apps[0]!.redis!.keys('limit:*'))
      let counted = 0
      for (const [n, voter] of voters.entries()) {
        const elsewhere = visitor(apps[n % 2]!)
        elsewhere.cookies.set('sessionid', voter.cookies.get('sessionid')!)
        const answer = await elsewhere.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
        assert.ok([200, 429].includes(answer.statusCode))
        if (answer.statusCode === 200) counted++
      }
      assert.ok(counted >= 20 && counted <= 24, `${counted} counted: a tenth more for the second replica`)
      const keys = (await apps[0]!.redis!.keys('limit:*')).filter(key => !before.has(key))
      assert.ok(keys.length > 0)
      for (const key of keys) assert.match(key, /^limit:\w+:[\w-]{22}$/)
    },
    shared
  )

  test('while Redis is away each process counts for itself', async () => {
    const redis = new Redis({
      path: '/nowhere',
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false
    })
    redis.on('error', () => {})
    const counter = createRedisCounter(redis)
    const limit = { most: 2, seconds: 60 }
    assert.deepEqual([await counter.take('k', limit), await counter.take('k', limit)], [0, 0])
    assert.ok((await counter.take('k', limit)) > 59_000)
    redis.disconnect()
  })

  const counters: Array<[string, (t: TestContext) => Counter | Promise<Counter>]> = [
    ['memory', () => createMemoryCounter(100)],
    [
      'Redis',
      async t => {
        const redis = new Redis({ path: await redisSocket() })
        t.after(() => redis.disconnect())
        return createRedisCounter(redis)
      }
    ]
  ]

  for (const [name, make] of counters) {
    test(`a counter takes so many, gives back, and never waits for ever (${name})`, async t => {
      const counter = await make(t)
      const key = `test:${randomBytes(8).toString('hex')}`
      const limit = { most: 3, seconds: 60 }
      const taken = await Promise.all(Array.from({ length: 10 }, () => counter.take(key, limit)))
      assert.equal(taken.filter(left => left === 0).length, 3)
      for (const left of taken) assert.ok(left <= 60_000)
      assert.equal(await counter.take(key, limit, -2), 0)
      assert.equal(await counter.take(key, limit, 2), 0)
      assert.ok((await counter.take(key, limit)) > 0)
    })
  }

  test('what a process keeps is bounded: the oldest go first', async () => {
    const counter = createMemoryCounter(100)
    const limit = { most: 1, seconds: 60 }
    for (let n = 0; n < 150; n++) assert.equal(await counter.take(`key ${n}`, limit), 0)
    assert.ok((await counter.take('key 149', limit)) > 0)
    assert.equal(await counter.take('key 0', limit), 0, 'forgotten')
  })

  test('an IPv6 network is one address, and an IPv4 address one however it is written', () => {
    assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
    assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7')
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
    assert.equal(networkOf('2001:0DB8:1:2::6'), '2001:db8:1:2')
    assert.equal(networkOf('2001:db8::6'), '2001:db8:0:0')
    assert.equal(networkOf('::1'), '0:0:0:0')
    assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0')
  })
})
