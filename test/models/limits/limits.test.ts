/** Rate limits over HTTP, with their default values. All other tests run with raised limits. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { limits as settings } from '../../../app/config/limits.ts'
import { TooManyPasswords } from '../../../app/errors.ts'
import { MemoryCounter } from '../../../app/models/limits/counters.ts'
import { Limits } from '../../../app/models/limits/limits.ts'
import { isEnvelope } from '../../support/answers.ts'
import { member, members, PASSWORD, start, visitor } from '../../support/app.ts'
import { embedded, type Engine, onEngines, shared } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

/** Default limits, except those given, with a unique secret, because the tests share one Redis. */
async function strict(t: TestContext, engine: Engine, limits: object = {}, server: object = {}) {
  const { limits: _raised, ...tree } = await engine.filled(t)
  const secret = randomBytes(32).toString('base64url')
  return { ...tree, session: { secret }, limits: { ...limits }, server: { ...server } }
}

/** Lets this time pass for the counters of wrong passwords. */
async function age(t: TestContext, { redis }: FastifyInstance, milliseconds: number) {
  if (!redis) {
    const now = Date.now() + milliseconds
    t.mock.timers.reset()
    return t.mock.timers.enable({ apis: ['Date'], now })
  }
  for (const key of await redis.keys('limit:wrongPasswords:*'))
    await redis.pexpire(key, (await redis.pttl(key)) - milliseconds)
}

const wrong = (account: string, n = 0) => ({ account, password: `wrong password ${n}` })
const forged = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` })

describe('models/limits/limits', () => {
  onEngines(
    'the eleventh wrong password for an account is 429, on every replica and from every address',
    async (t, engine) => {
      const tree = await strict(t, engine)
      const apps = [await start(t, tree)]
      if (engine !== embedded) for (let n = 1; n < 4; n++) apps.push(await start(t, tree))
      const ann = await member(apps[0]!)
      const bob = await member(apps[0]!)
      const guess = (n: number) =>
        visitor(apps[n % apps.length]!).send({
          method: 'POST',
          url: '/login',
          payload: wrong(n % 2 ? ann.email : ` ${ann.email.toUpperCase()}`, n),
          headers: forged(n % 50)
        })
      const statuses: number[] = []
      // All at once, a busy Redis would exceed its time limit, and each replica would count alone.
      for (let first = 0; first < 100; first += 10) {
        const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => guess(first + n)))
        statuses.push(...answers.map(({ statusCode }) => statusCode))
      }
      assert.deepEqual(
        [statuses.filter(code => code === 401).length, statuses.filter(code => code === 429).length],
        [10, 90],
        statuses.join(' ')
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
      assert.match(page.body, new RegExp(`value="${ann.email}"`), 'the typed values are kept')
      const other = await visitor(apps[0]!).post('/login', { account: bob.email, password: PASSWORD })
      assert.equal(other.statusCode, 200, 'other accounts are not limited')
      assert.equal((await ann.get('/')).statusCode, 200, 'nor is a session of the account')
    }
  )

  onEngines('mails of one kind to an address keep none of another back', async (t, engine) => {
    const app = await start(t, await strict(t, engine))
    const email = 'new@school.example'
    const send = () => app.limits.mailTo('reset', email)
    const waits = [await send(), await send(), await send(), await send()]
    assert.deepEqual(
      waits.map(wait => wait > 0),
      [false, false, false, true]
    )
    assert.equal(await app.limits.mailTo('confirmation', email), 0)
    assert.equal(await app.limits.mailTo('address', email), 0)
  })

  onEngines('wrong passwords for an unknown account count in the same way', async (t, engine) => {
    const app = await start(t, await strict(t, engine))
    for (let n = 0; n < 10; n++)
      isEnvelope(await visitor(app).post('/login', wrong('no@example.org')), 401, 20004)
    isEnvelope(await visitor(app).post('/login', wrong('no@example.org')), 429, 20048)
  })

  onEngines('the block ends with its window, and correct passwords do not count', async (t, engine) => {
    const app = await start(t, await strict(t, engine, { wrongPasswords: { most: 2, seconds: 60 } }))
    const ann = await member(app)
    const right = () => visitor(app).post('/login', { account: ann.email, password: PASSWORD })
    const together = await Promise.all([right(), right()])
    assert.deepEqual(
      together.map(answer => answer.statusCode),
      [200, 200]
    )
    for (let n = 0; n < 3; n++) assert.equal((await right()).statusCode, 200)
    for (let n = 0; n < 2; n++) await visitor(app).post('/login', wrong(ann.email))
    isEnvelope(await right(), 429, 20048)
    await age(t, app, 30_000)
    await visitor(app).post('/login', wrong(ann.email)) // further guesses do not extend the window
    isEnvelope(await right(), 429, 20048)
    await age(t, app, 31_000)
    assert.equal((await right()).statusCode, 200)
  })

  onEngines('trying one password on many accounts from one network gets 429', async (t, engine) => {
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
        payload: wrong(`user${n}@example.org`),
        headers: { 'x-forwarded-for': ip }
      })
    for (let n = 0; n < 5; n++) isEnvelope(await from(`2001:db8:1:2::${n}`, n), 401, 20004)
    isEnvelope(await from('2001:db8:1:2:ffff::1', 5), 429, 20048)
    isEnvelope(await from('2001:db8:1:3::1', 5), 401, 20004)
    // A trusted proxy may have a port, as the client may: those behind it do not share a limit.
    for (let n = 0; n < 6; n++)
      isEnvelope(await from(`198.51.100.${n}:4000, 127.0.0.1:500${n}`, n), 401, 20004)
  })

  onEngines('right passwords of a class do not reach the limit of its address', async (t, engine) => {
    const app = await start(t, await strict(t, engine, { wrongPasswordsOfAddress: { most: 3 } }))
    const pupils = []
    for (let n = 0; n < 12; n++) pupils.push(await member(app))
    const answers = await Promise.all(
      pupils.map(({ email }) => visitor(app).post('/login', { account: email, password: PASSWORD }))
    )
    assert.deepEqual(new Set(answers.map(answer => answer.statusCode)), new Set([200]))
  })

  test('an address with too many wrong passwords makes no counters that replace those of others', async () => {
    const config = settings.parse({ wrongPasswordsOfAddress: { most: 5 } })
    const limits = new Limits(new MemoryCounter(20), 'secret', config)
    const wrong = async () => undefined
    for (let n = 0; n < 10; n++) await limits.password('ann', null, wrong)
    for (let n = 0; n < 40; n++) {
      await limits.password(`made up ${n}`, '203.0.113.1', wrong).catch(error => {
        assert.ok(error instanceof TooManyPasswords)
      })
    }
    await assert.rejects(limits.password('ann', null, wrong), TooManyPasswords)
  })

  onEngines('new accounts from one address and new polls by one user are limited', async (t, engine) => {
    const app = await start(t, await strict(t, engine, { registrations: { most: 2 }, polls: { most: 2 } }))
    const ann = visitor(app)
    const fields = { name: 'Cy', email: 'cy@example.org', password: PASSWORD }
    for (const [client, email] of [
      [ann, 'ann@example.org'],
      [visitor(app), 'bob@example.org']
    ] as const)
      assert.equal((await client.post('/register', { ...fields, email })).statusCode, 201)
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
    assert.match(form.body, /Which 3\?/, 'the typed values are kept')
    assert.ok(Number(form.headers['retry-after']) > 600)
  })

  onEngines(
    'votes in one poll from one address count up to the limit; the next is 429 and not counted',
    async (t, engine) => {
      const tree = await strict(t, engine, { votes: { most: 100, seconds: 600 } })
      const app = await start(t, tree)
      const [ann, bob] = await members(app, 2, tree.session.secret)
      const poll = await ask(app)
      const cast = (choice: number) => ann!.put(`/questions/${poll.slug}/vote`, { choice })
      for (let n = 0; n < 100; n++) assert.equal((await cast(poll.choices[n % 2]!)).statusCode, 200)
      const refused = await cast(poll.choices[0]!)
      isEnvelope(refused, 429, 20050)
      assert.match(refused.json().error_msg, /NOT counted/)
      assert.ok(Number(refused.headers['retry-after']) <= 600)
      assert.deepEqual((await ann!.get(`/questions/${poll.slug}/vote`)).json().choice, [poll.choices[1]])
      const page = await bob!.submit(`/questions/${poll.slug}/vote`, { choice: String(poll.choices[0]) })
      assert.equal(page.statusCode, 429)
      assert.match(page.body, new RegExp(`value="${poll.choices[0]}" checked`), 'the chosen option is kept')
      const other = await ask(app)
      assert.equal(
        (await ann!.put(`/questions/${other.slug}/vote`, { choice: other.choices[0] })).statusCode,
        200
      )
    }
  )

  onEngines('a lecture hall of 320 behind one address is not limited', async (t, engine) => {
    const tree = await strict(t, engine)
    const app = await start(t, tree)
    const poll = await ask(app)
    const answers = await Promise.all(
      (await members(app, 320, tree.session.secret)).flatMap(one =>
        poll.choices.map(choice => one.put(`/questions/${poll.slug}/vote`, { choice }))
      )
    )
    assert.ok(answers.every(answer => answer.statusCode === 200))
  })

  onEngines(
    'replicas count their votes together, and Redis stores no address',
    async (t, engine) => {
      const most = 100
      const tree = await strict(t, engine, { votes: { most, seconds: 600 } })
      const apps = [await start(t, tree), await start(t, tree), await start(t, tree), await start(t, tree)]
      const voters = await members(apps[0]!, 160, tree.session.secret)
      const poll = await ask(apps[0]!)
      const before = new Set(await apps[0]!.redis!.keys('limit:*'))
      const answers = await Promise.all(
        voters.map((voter, n) => {
          const elsewhere = visitor(apps[n % 4]!)
          elsewhere.cookies.set('sessionid', voter.cookies.get('sessionid')!)
          return elsewhere.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
        })
      )
      const counted = answers.filter(answer => answer.statusCode === 200).length
      for (const answer of answers) assert.ok([200, 429].includes(answer.statusCode))
      assert.ok(counted >= most && counted <= most + (4 * most) / 50, `${counted} counted`)
      const keys = (await apps[0]!.redis!.keys('limit:*')).filter(key => !before.has(key))
      assert.ok(keys.length > 0)
      for (const key of keys) assert.match(key, /^limit:\w+:[\w-]{22}$/)
    },
    shared
  )
})
