/** /register: valid and invalid registrations. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { DatabaseFull } from '../../../app/db/errors.ts'
import { ConfirmationGone } from '../../../app/errors.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'

const ownWords = 'This is only your name, your address or the name of this site, which is easy to guess'
const ann = { name: 'Ann', email: 'ann@example.org', password: PASSWORD }
const accounts = (app: FastifyInstance) =>
  app.db.select<{ name: string; email: string; phone: string | null; password: string; is_admin: number }>(
    'SELECT name, email, phone, password, is_admin FROM user WHERE id > 3 ORDER BY id'
  )

describe('/register', () => {
  onEngines(
    'the login page of a new installation is set-up and says that the first account becomes the administrator',
    async (t, engine) => {
      const app = await build(t, engine)
      const guest = visitor(app)
      const setUp = (await guest.page('/login')).body
      assert.match(setUp, /Set up this site.*becomes the administrator/s)
      assert.match(setUp, /name="account".*name="password"/s, 'and signs in who has an account')
      assert.match((await guest.page('/login?next=%2Faccount')).body, /no account on this site yet/)
      assert.match((await guest.page('/register')).body, /becomes the administrator/)
      await member(app)
      for (const url of ['/login', '/register']) {
        assert.doesNotMatch((await guest.page(url)).body, /becomes the administrator/)
      }
      const named = await build(t, engine, { accounts: { administrator: ann.email } })
      assert.doesNotMatch(
        (await visitor(named).page('/register')).body,
        /administrator/,
        'the named one does'
      )
    }
  )

  onEngines(
    'the first administrator also names the site, later accounts change nothing',
    async (t, engine) => {
      const app = await build(t, engine)
      const site = {
        site_name: 'Team votes',
        registration: 'open',
        time_zone: 'Asia/Kolkata',
        home_region: 'in'
      }
      const page = await visitor(app).page('/login')
      for (const name of Object.keys(site)) assert.match(page.body, new RegExp(`name="${name}"`))
      assert.match(page.body, /data-guessed="time_zone home_region"/, 'what script takes from the browser')
      const german = await build(t, engine, { accounts: { homeRegion: 'DE' } })
      assert.match((await visitor(german).page('/login')).body, /data-guessed="time_zone"/)
      for (const [field, wrong] of [
        ['site_name', ''],
        ['registration', 'all'],
        ['time_zone', 'Moon/Sea'],
        ['home_region', 'XX']
      ] as const) {
        const refused = await visitor(app).submit('/register', { ...ann, ...site, [field]: wrong })
        assert.equal(refused.statusCode, 422)
        assert.match(refused.body, new RegExp(`href="#${field}"`))
        assert.match(refused.body, field === 'time_zone' ? /value="Moon\/Sea"/ : /value="Asia\/Kolkata"/)
      }
      const first = visitor(app)
      const { headers } = await first.submit('/register', { ...ann, ...site })
      assert.equal(headers.location, '/?done=set-up#done')
      const done = /id="done"[^>]*>.*The site is set up.*href="\/questions\/new">Ask the first question/
      assert.match((await first.page('/?done=set-up')).body, done)
      const { name, time_zone, home_region } = app.settings.current
      assert.deepEqual([name, time_zone, home_region], ['Team votes', 'Asia/Kolkata', 'IN'])
      assert.doesNotMatch((await visitor(app).page('/register')).body, /site_name/)
      const bob = { ...ann, email: 'bob@example.org', site_name: 'Mine' }
      const second = visitor(app)
      assert.equal((await second.submit('/register', bob)).headers.location, '/')
      assert.doesNotMatch((await second.page('/?done=set-up')).body, /id="done"/)
      assert.equal(app.settings.current.name, 'Team votes')
      const log = await app.db.select<{ detail: string }>(
        "SELECT detail FROM admin_log WHERE act = 'settings'"
      )
      assert.deepEqual(log.map(({ detail }) => detail).length, 1)
    }
  )

  onEngines('an account is created once, and a taken e-mail or phone number is named', async (t, engine) => {
    const app = await build(t, engine, { accounts: { homeRegion: 'DE' } })
    const first = await visitor(app).post('/register', { ...ann, phone: '+49 171 1234567' })
    assert.deepEqual([first.statusCode, first.json()], [201, { error_code: 0, error_msg: 'ok' }])
    assert.equal(first.cookies[0]?.name, 'sessionid', 'and is signed in')
    const taken = 'The email or phone has been registered'
    const other = { ...ann, email: 'bob@example.org' }
    for (const [fields, field] of [
      [ann, 'email'],
      [{ ...ann, email: ' ANN@Example.ORG ' }, 'email'],
      [{ ...other, phone: '+49 171 1234567' }, 'phone'],
      [{ ...other, phone: '0171 1234567' }, 'phone'],
      [{ ...other, phone: '0171/123-45-67' }, 'phone'],
      [{ ...other, phone: '０１７１１２３４５６７' }, 'phone']
    ] as const) {
      const answer = await visitor(app).post('/register', fields)
      const expected = {
        error_code: 20001,
        error: 'account_taken',
        error_msg: taken,
        fields: { [field]: taken }
      }
      assert.deepEqual([answer.statusCode, answer.json(), answer.cookies], [409, expected, []])
    }
    const [stored, ...more] = await accounts(app)
    assert.deepEqual(more, [])
    assert.partialDeepStrictEqual({ ...stored }, { email: 'ann@example.org', phone: '+491711234567' })
    assert.match(stored!.password, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  onEngines(
    'e-mails that differ in case or composition are equal, those that differ in accents are not',
    async (t, engine) => {
      const app = await build(t, engine)
      const register = async (email: string) =>
        (await visitor(app).post('/register', { ...ann, email })).statusCode
      assert.equal(await register('José@Example.org'), 201)
      assert.equal(await register('jose\u0301@example.org'), 409)
      assert.equal(await register('jose@example.org'), 201)
      assert.deepEqual(
        (await accounts(app)).map(({ email }) => email),
        ['josé@example.org', 'jose@example.org']
      )
    }
  )

  test('eleven digits are read as a Chinese mobile number, as in the tutorial', async t => {
    const app = await build(t, embedded)
    assert.equal((await visitor(app).post('/register', { ...ann, phone: '13812345678' })).statusCode, 201)
    assert.equal((await accounts(app))[0]!.phone, '+8613812345678')
    const eve = { ...ann, email: 'eve@example.org', phone: 'Eve <138\t8765 4321>,' }
    assert.equal((await visitor(app).post('/register', eve)).statusCode, 201)
    assert.equal((await accounts(app))[1]!.phone, '+8613887654321')
    const bad = await visitor(app).post('/register', { ...ann, phone: '123' })
    assert.deepEqual([bad.statusCode, bad.json().fields], [422, { phone: 'This is not a phone number' }])
  })

  const wrong: Array<[string, object, string, string]> = [
    ['no name', { name: ' ' }, 'name', 'Enter your name'],
    ['an invisible name', { name: '\u200b\u2800' }, 'name', 'Enter your name'],
    ['41 characters', { name: 'n'.repeat(41) }, 'name', 'At most 40 characters'],
    [
      'a control character',
      { name: 'a\u0007b' },
      'name',
      'This contains a character that cannot be displayed: U+0007'
    ],
    ['no e-mail', { email: '' }, 'email', 'Enter an e-mail address, like name@example.org'],
    ['two @', { email: 'a@b@c' }, 'email', 'Enter an e-mail address, like name@example.org'],
    [
      'two addresses',
      { email: 'ann@example.org, bob@example.org' },
      'email',
      'Enter an e-mail address, like name@example.org'
    ],
    [
      'a name before a no-break space',
      { email: 'Ann\u00a0ann@example.org' },
      'email',
      'Enter an e-mail address, like name@example.org'
    ],
    ['two dots', { email: 'ann@example..org' }, 'email', 'Enter an e-mail address, like name@example.org'],
    ['a list as e-mail', { email: ['a@b.c', 'd@e.f'] }, 'email', 'Enter your e-mail address'],
    ['a long e-mail', { email: `${'a'.repeat(251)}@b.c` }, 'email', 'At most 254 characters'],
    ['7 characters', { password: '1234567' }, 'password', 'At least 8 characters'],
    ['7 emoji', { password: '🌻'.repeat(7) }, 'password', 'At least 8 characters'],
    ['a common password', { password: '1q2w3e4r5t' }, 'password', 'This is one of the most common passwords'],
    ['one in capitals', { password: 'SunShine' }, 'password', 'This is one of the most common passwords'],
    ['their name', { password: 'Ann-2026!' }, 'password', ownWords],
    ['their address', { password: 'ann@example.org' }, 'password', ownWords],
    ['their number', { phone: '+491711234567', password: '01711234567' }, 'password', ownWords],
    ['the name of the program', { password: 'Vote!2026' }, 'password', ownWords],
    ['129 characters', { password: 'p'.repeat(129) }, 'password', 'At most 128 characters'],
    ['60,000 characters', { password: 'p'.repeat(60_000) }, 'password', 'At most 128 characters']
  ]

  test('invalid fields are reported beside each field, as JSON and on the page, and nothing is stored', async t => {
    const app = await build(t, embedded)
    for (const [what, fields, field, message] of wrong) {
      const answer = await visitor(app).send({
        method: 'POST',
        url: '/register',
        payload: { ...ann, ...fields }
      })
      assert.deepEqual([answer.statusCode, answer.json().error_code], [422, 20005], what)
      assert.deepEqual(answer.json().fields, { [field]: message }, what)
    }
    const guest = visitor(app)
    const page = await guest.submit('/register', {
      name: '"Ann" <b>',
      email: 'no-address',
      phone: '5',
      password: 'hunter2',
      next: '/questions/1'
    })
    assert.equal(page.statusCode, 422)
    assert.match(page.body, /<input id="name"[^>]*value="&quot;Ann&quot; &lt;b&gt;"/)
    assert.match(
      page.body,
      /<input id="email"[^>]*value="no-address"[^>]*aria-invalid="true"[^>]*aria-describedby="email-help"/s
    )
    assert.match(
      page.body,
      /<small id="email-help" class="wrong">Enter an e-mail address, like name@example.org<\/small>/
    )
    assert.match(page.body, /<a href="#password">At least 8 characters<\/a>/)
    assert.match(page.body, /name="next" value="\/questions\/1"/)
    assert.doesNotMatch(page.body, /hunter2/)
    const huge = await guest.post('/register', { ...ann, password: 'p'.repeat(1_000_000) })
    assert.deepEqual([huge.statusCode, huge.json().error_code], [413, 20020])
    assert.deepEqual(await accounts(app), [])
  })

  test('the name of the site is rejected as a password', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://polls.little-town.example' } })
    const refused = await visitor(app).post('/register', { ...ann, password: 'Little Town 1' })
    assert.deepEqual(refused.json().fields, { password: ownWords })
    const other = await visitor(app).post('/register', { ...ann, password: 'Little Town mayor' })
    assert.equal(other.statusCode, 201)
  })

  onEngines('a password of up to 128 characters is used unchanged', async (t, engine) => {
    const app = await build(t, engine)
    for (const [n, password] of [
      ' a secret ',
      '🌻'.repeat(128),
      'p'.repeat(73),
      '密码密码密码密码'
    ].entries()) {
      const email = `p${n}@example.org`
      assert.equal((await visitor(app).post('/register', { ...ann, email, password })).statusCode, 201)
      const login = async (typed: string) =>
        (await visitor(app).post('/login', { account: email, password: typed })).statusCode
      assert.equal(await login(password), 200)
      if (password !== password.trim()) assert.equal(await login(password.trim()), 401)
      assert.equal(await login(`${[...password].slice(0, -1).join('')}x`), 401, 'its last character counts')
    }
  })

  onEngines(
    'the form redirects to the previous page, and reports a taken e-mail on the page',
    async (t, engine) => {
      const app = await build(t, engine)
      const guest = visitor(app)
      assert.match(
        (await guest.page('/register?next=/questions/2')).body,
        /name="next" value="\/questions\/2"/
      )
      const answer = await guest.submit('/register', { ...ann, phone: '', next: '/questions/2' })
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/questions/2'])
      assert.match((await guest.page('/')).body, /<bdi>Ann<\/bdi>/)
      const again = await visitor(app).submit('/register', ann)
      assert.equal(again.statusCode, 409)
      assert.match(
        again.body,
        /<small id="email-help" class="wrong">The email or phone has been registered<\/small>/
      )
    }
  )

  onEngines('50 concurrent registrations of one e-mail create one account', async (t, engine) => {
    const app = await build(t, engine)
    const all = Array.from({ length: 50 }, () => visitor(app).post('/register', ann))
    const codes = (await Promise.all(all)).map(answer => answer.statusCode)
    assert.deepEqual(
      [codes.filter(code => code === 201).length, codes.filter(code => code === 409).length],
      [1, 49]
    )
    assert.equal((await accounts(app)).length, 1)
  })

  onEngines('exactly one of the concurrent first users becomes the administrator', async (t, engine) => {
    const app = await build(t, engine)
    await Promise.all(
      [1, 2, 3, 4].map(n => visitor(app).post('/register', { ...ann, email: `${n}@example.org` }))
    )
    await member(app)
    const rows = await accounts(app)
    assert.equal(rows.length, 5)
    assert.equal(rows.filter(row => row.is_admin).length, 1)
    assert.equal(rows[4]!.is_admin, 0)
  })

  onEngines('a first account whose creation fails half-way is not there', async (t, engine) => {
    const app = await build(t, engine)
    const newUser = { name: 'Ann', email: ann.email, phone: null, hash: 'unused' }
    const connect = () => Promise.reject(new ConfirmationGone())
    await assert.rejects(app.users.create(newUser, { connect }), ConfirmationGone)
    assert.deepEqual(await accounts(app), [])
    await visitor(app).post('/register', ann)
    assert.deepEqual(
      (await accounts(app)).map(row => row.is_admin),
      [1]
    )
  })

  test('a refused set-up stays on its page, with the mistakes in its order', async t => {
    const app = await build(t, embedded)
    const fields = { ...ann, name: '', time_zone: 'Moon/Sea', site_name: '' }
    const { statusCode, body } = await visitor(app).submit('/register', fields)
    assert.equal(statusCode, 422)
    assert.match(body, /<h1>Set up this site<\/h1>.*value="Moon\/Sea".*name="account"/s)
    const mistakes = [...body.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    assert.deepEqual(mistakes, ['name', 'site_name', 'time_zone'])
    assert.equal(body.split('id="mistakes"').length, 2, 'the form for an account that exists has none')
    await member(app)
    const later = await visitor(app).submit('/register', fields)
    assert.match(later.body, /<h1>Register<\/h1>/)
  })

  onEngines('an e-mail address and a phone number that are both taken are both named', async (t, engine) => {
    const app = await build(t, engine)
    const bob = { name: 'Bob', email: 'bob@example.org', phone: '+44 20 7946 0958', password: PASSWORD }
    for (const user of [ann, bob]) assert.equal((await visitor(app).post('/register', user)).statusCode, 201)
    for (const [sent, taken] of [
      [{ email: ann.email, phone: bob.phone }, ['email', 'phone']],
      [{ email: 'eve@example.org', phone: bob.phone }, ['phone']],
      [{ email: ann.email, phone: '+44 20 7946 0959' }, ['email']]
    ] as const) {
      const answer = await visitor(app).post('/register', { ...ann, ...sent })
      isEnvelope(answer, 409, 20001)
      assert.deepEqual(Object.keys(answer.json().fields), taken)
    }
    const eve = await member(app)
    const own = { name: 'Eve', email: ann.email, phone: bob.phone, current: PASSWORD }
    assert.deepEqual(Object.keys((await eve.post('/account', own)).json().fields), ['email', 'phone'])
  })

  onEngines(
    'set-up stores what it asks for, also beside settings that contradict each other',
    async (t, engine) => {
      const app = await build(t, engine, { site: { retentionDays: 365, maxRetentionDays: 90 } })
      const answer = await visitor(app).submit('/register', { ...ann, site_name: 'Team votes' })
      assert.equal(answer.statusCode, 303)
      assert.equal(app.settings.current.name, 'Team votes')
    }
  )

  onEngines('with a configured administrator no other account becomes one', async (t, engine) => {
    const app = await build(t, engine, { accounts: { administrator: 'Boss@Example.org' } })
    for (const email of ['first@example.org', 'boss@example.org', 'last@example.org']) {
      await visitor(app).post('/register', { ...ann, email })
    }
    assert.deepEqual(
      (await accounts(app)).map(row => row.is_admin),
      [0, 1, 0]
    )
  })

  for (const [registration, code] of [
    ['closed', 20100],
    ['invite', 20120]
  ] as const) {
    test(`until the configured administrator registers, its address alone may do so in the mode ${registration}`, async t => {
      const boss = 'boss@example.org'
      const app = await build(t, embedded, { accounts: { administrator: boss }, site: { registration } })
      assert.equal((await visitor(app).page('/register')).statusCode, 200)
      isEnvelope(await visitor(app).post('/register', ann), 403, code)
      assert.equal((await visitor(app).post('/register', { ...ann, email: boss })).statusCode, 201)
      assert.deepEqual(
        (await accounts(app)).map(row => row.is_admin),
        [1]
      )
      assert.equal((await visitor(app).page('/register')).statusCode, 403)
    })
  }

  onEngines(
    'the configured e-mail creates no second administrator after the first one gave it up',
    async (t, engine) => {
      const app = await build(t, engine, { accounts: { administrator: 'boss@example.org' } })
      const boss = visitor(app)
      await boss.post('/register', { ...ann, email: 'boss@example.org' })
      await boss.post('/account', { name: 'Boss', email: 'elsewhere@example.org', current: PASSWORD })
      await visitor(app).post('/register', { ...ann, email: 'boss@example.org' })
      assert.deepEqual(
        (await accounts(app)).map(row => row.is_admin),
        [1, 0]
      )
    }
  )

  onEngines('an account that cannot be stored gets 503 with code 20002 and no session', async (t, engine) => {
    const app = await build(t, engine, { log: { level: 'silent' } })
    await member(app)
    await app.db.execute('ALTER TABLE user RENAME COLUMN phone TO telephone')
    const answer = await visitor(app).post('/register', ann)
    const expected = {
      error_code: 20002,
      error: 'registration_failed',
      error_msg: 'The registration could not be stored. Please try again'
    }
    assert.deepEqual([answer.statusCode, answer.json(), answer.cookies], [503, expected, []])
  })
  test('an account for which the disk has no space gets 503 with storage_full', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    t.mock.method(app.db, 'transaction', () => Promise.reject(new DatabaseFull('database or disk is full')))
    const answer = await visitor(app).post('/register', ann)
    assert.deepEqual([answer.statusCode, answer.json().error], [503, 'storage_full'])
  })
})
