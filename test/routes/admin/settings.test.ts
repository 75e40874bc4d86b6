/** /admin/settings: what administrators set takes effect on every replica, on the next page. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { buildApp } from '../../../app/app.ts'
import { loadConfig } from '../../../app/config/load.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, start, visitor } from '../../support/app.ts'
import { embedded, onEngines, scratch, secret, shared } from '../../support/engines.ts'
import { eventuallyMatch, eventuallyTrue } from '../../support/eventually.ts'
import { ask } from '../../support/polls.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mailbox } from '../../support/mailbox.ts'
import { fieldsOf } from '../../support/forms.ts'

const silent = { log: { level: 'silent' } }
const at = '/admin/settings'

describe('/admin/settings', () => {
  test('the hint of the domains says whether an address is confirmed', async t => {
    const { settings: mail } = await mailbox(t)
    const server = { publicUrl: 'https://polls.example' }
    const hintWith = async (config: object) => {
      const admin = await member(await build(t, embedded, { ...silent, ...config }))
      return (await admin.page(at)).body
    }
    assert.match(await hintWith({}), /The address is not checked/)
    assert.match(await hintWith({ mail, server }), /A link that is sent to the address confirms it/)
    const off = { signIn: { confirmEmail: false } }
    assert.match(await hintWith({ mail, server, ...off }), /The address is not checked/)
  })

  onEngines('every page shows what was set, and the log names it', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, guest] = [await member(app), visitor(app)]
    const { slug } = await ask(app, { close_time: '2099-07-01 12:00:00' })
    const before = (await guest.page(`/questions/${slug}`)).body
    assert.match(before, / · vote<\/title>.*12:00 UTC/s)
    const { settings, fixed } = (await admin.get(at)).json()
    assert.deepEqual([settings.name, settings.accent, settings.time_zone, fixed], ['vote', null, 'UTC', []])

    const wanted = {
      name: ' Größe <b>& 投票 ',
      accent: '#0B6E4F',
      time_zone: 'Europe/Berlin',
      home_region: 'de',
      imprint: 'We\n<i>https://example.org/us</i>',
      privacy: 'Nothing.'
    }
    const changed = await admin.send({ method: 'POST', url: at, payload: wanted })
    assert.partialDeepStrictEqual(changed.json(), {
      error_code: 0,
      settings: { name: 'Größe <b>& 投票', accent: '#0b6e4f', home_region: 'DE', registration: 'open' }
    })
    const { body } = await guest.page(`/questions/${slug}`)
    assert.match(body, / · Größe &lt;b&gt;&amp; 投票<\/title>/)
    assert.match(body, /href="\/site\.css\?v=0b6e4f"/)
    assert.match(body, /14:00 CEST/)
    assert.match(body, /href="\/imprint".*href="\/privacy"/s)
    const style = await guest.get('/site.css?v=0b6e4f')
    assert.equal(style.body, ':root { --accent: #0b6e4f; }\n')
    assert.match(String(style.headers['content-type']), /^text\/css/)
    assert.match(String(style.headers['cache-control']), /immutable/)
    const other = await guest.get('/site.css?v=ffffff')
    assert.equal(other.headers['cache-control'], 'no-cache', 'a page of a replica with other settings')
    assert.match((await guest.page('/imprint')).body, /&lt;i&gt;<a href="https:\/\/example\.org\/us"/)
    assert.deepEqual((await guest.get('/privacy')).json(), { title: 'Privacy', text: 'Nothing.' })
    const phone = '0171 1234567'
    await visitor(app).post('/register', { name: 'Bo', email: 'bo@example.org', password: PASSWORD, phone })
    assert.equal(
      (await visitor(app).post('/login', { account: '+491711234567', password: PASSWORD })).statusCode,
      200
    )

    const line = (await admin.get('/admin/log')).json().log[0]
    assert.deepEqual(
      [line.act, line.detail],
      ['settings', 'name, accent, time_zone, home_region, imprint, privacy']
    )
    assert.match(
      (await admin.page('/admin/log')).body,
      /Name of the site, Accent colour, Time zone, Country of phone numbers, Imprint and Privacy</
    )
    await admin.send({ method: 'POST', url: at, payload: wanted })
    assert.equal((await admin.get('/admin/log')).json().log.length, 1, 'nothing has changed')
    await admin.submit(at, { name: 'vote', accent: '', imprint: '' })
    isEnvelope(await guest.get('/site.css'), 404, 20008)
    isEnvelope(await guest.get('/imprint'), 404, 20008)
    assert.doesNotMatch((await guest.page('/login')).body, /site\.css|\/imprint/)
  })

  test('a form with the longest texts of the site is saved', async t => {
    const app = await build(t, embedded, silent)
    const admin = await member(app)
    const text = '😀'.repeat(10_000)
    assert.equal((await admin.submit(at, { imprint: text, privacy: text })).statusCode, 303)
    assert.equal((await visitor(app).get('/privacy')).json().text, text)
  })

  test('a refused form keeps the longest texts of the site whole', async t => {
    const app = await build(t, embedded, silent)
    const admin = await member(app)
    const domains = Array.from({ length: 50 }, (_, n) => `${`${'x'.repeat(60)}.`.repeat(3)}x${n}.org`)
    const texts = {
      imprint: '😀'.repeat(10_000),
      privacy: 'x\n'.repeat(5_000),
      registration_domains: domains.join('\n')
    }
    const refused = await admin.submit(at, { accent: '#ffff00', ...texts })
    assert.equal(refused.statusCode, 422)
    assert.partialDeepStrictEqual(fieldsOf(refused.body, at), texts)
    const longer = await admin.submit(at, { imprint: `${'😀'.repeat(10_001)}x` })
    const cut = fieldsOf(longer.body, at)
    assert.equal((await admin.submit(at, cut)).statusCode, 422, 'too long stays too long')
  })

  onEngines(
    'a setting that cannot be is refused with its field, and nothing is stored',
    async (t, engine) => {
      const app = await build(t, engine, silent)
      const [admin, ann] = [await member(app), await member(app)]
      for (const [field, values] of Object.entries({
        name: ['', ' ', 'x'.repeat(41), 'a\u0000', '\u200b', 7, null, ['x']],
        accent: ['red', '#fff', '#ffff00', '#000000', '#0b6e4f;}', 'url(x)', 5, ['#0b6e4f']],
        registration: ['', 'half', true, null],
        registration_domains: [
          'a b@c',
          'exa mple .org',
          '-x.org',
          7,
          [7],
          'http://x.org',
          'x/y',
          'a_b',
          Array(51)
            .fill(0)
            .map((_, n) => `x${n}.org`)
        ],
        language: ['', 'tlh', 'EN-GB', 5, null],
        time_zone: ['', 'Hunter2/Town', 'Europe/../Berlin', 5, null],
        home_region: ['', 'XX', 'Germany', 49, null],
        imprint: ['x'.repeat(10_001), 'a\u0007', 5, null],
        privacy: [['x'], { a: 1 }]
      })) {
        for (const value of values) {
          const answer = await admin.send({
            method: 'POST',
            url: at,
            payload: { [field]: value, name2: 'x' }
          })
          isEnvelope(answer, 422, 20005)
          assert.deepEqual(Object.keys(answer.json().fields), [field], `${field}: ${JSON.stringify(value)}`)
        }
      }
      for (const payload of ['null', '[]', '7']) {
        const headers = { 'content-type': 'application/json' }
        isEnvelope(await admin.send({ method: 'POST', url: at, payload, headers }), 422, 20005)
      }
      const stored = await app.db.select<{ name: string }>('SELECT name FROM setting')
      assert.deepEqual(
        stored.map(({ name }) => name),
        ['first_account']
      )
      const page = await admin.submit(at, { name: 'Mine', accent: '#ffff00' })
      assert.equal(page.statusCode, 422)
      assert.match(page.body, /Too light.*value="#ffff00"/s)
      isEnvelope(await ann.post(at, { name: 'Mine' }), 403, 20035)
    }
  )

  onEngines('the default language is for browsers that name none of ours', async (t, engine) => {
    const app = await build(t, engine, { ...silent, site: { language: 'zh-Hans' } })
    const [admin, guest] = [await member(app, 'en'), visitor(app)]
    const languageOf = async (accepted: string | undefined, url = '/questions/1') => {
      const headers = { accept: 'text/html', ...(accepted !== undefined && { 'accept-language': accepted }) }
      return /<html lang="([^"]+)"/.exec((await guest.send({ url, headers })).body)?.[1]
    }
    assert.equal(await languageOf(undefined), 'zh-Hans')
    await admin.post(at, { language: 'en-GB' })
    for (const url of ['/questions/1', '/login', '/nowhere', '/%ff'])
      for (const accepted of [undefined, '', '*', 'tlh, x;q=0.5', 'ja;q=0.9'])
        assert.equal(await languageOf(accepted, url), 'en-GB', accepted)
    assert.equal(await languageOf('zh'), 'zh-Hans')
    await admin.post(at, { language: 'zh-Hans' })
    for (const url of ['/questions/1', '/login', '/nowhere', '/%ff'])
      for (const accepted of [undefined, '', '*', 'tlh, x;q=0.5', 'ja;q=0.9'])
        assert.equal(await languageOf(accepted, url), 'zh-Hans', accepted)
    assert.equal(await languageOf('tlh, en;q=0.1'), 'en-GB')
    await assert.rejects(
      start(t, { ...(await engine.filled(t)), ...silent, site: { language: 'tlh' } }),
      /site\.language: expected one of .*en-GB/
    )
  })

  test('while registration is closed only the first administrator registers', async t => {
    const app = await build(t, embedded, { ...silent, site: { registration: 'closed' } })
    const admin = await member(app)
    const person = { name: 'Eve', email: 'eve@example.org', password: PASSWORD }
    isEnvelope(await visitor(app).post('/register', person), 403, 20100)
    const page = await visitor(app).page('/register')
    assert.deepEqual([page.statusCode, /Registration is closed/.test(page.body)], [403, true])
    assert.doesNotMatch((await visitor(app).page('/login')).body, /href="\/register/)
    await admin.post(at, { registration: 'open' })
    assert.equal((await visitor(app).post('/register', person)).statusCode, 201)
  })

  onEngines(
    'the other replicas take a change over when they hear of it',
    async (t, engine) => {
      const tree = { ...(await engine.filled(t)), ...silent }
      t.mock.timers.enable({ apis: ['setInterval'] }) // nothing is read again without a message
      const [one, other] = [await start(t, tree), await start(t, tree)]
      const admin = await member(one)
      await eventuallyTrue(() => other.changeEvents.isConnected(), 'no messages arrive')
      const { slug } = await ask(one)
      await visitor(other).page(`/questions/${slug}`)
      await admin.post(at, { name: 'Everywhere', accent: '#0b6e4f' })
      const shown = async () => (await visitor(other).page(`/questions/${slug}`)).body
      await eventuallyMatch(shown, /Everywhere<\/title>/)
      assert.match(await shown(), /site\.css\?v=0b6e4f/)
    },
    shared
  )

  test('what the environment sets is shown, and cannot be changed', async t => {
    const file = join(scratch(t), 'vote.yaml')
    writeFileSync(
      file,
      `database: {engine: sqlite, file: ${join(scratch(t), 'vote.db')}}\nlog: {level: silent}\n`
    )
    const config = loadConfig(
      file,
      {},
      {
        VOTE_SESSION_SECRET: secret,
        VOTE_SITE_NAME: 'Fixed',
        VOTE_SITE_IMPRINT: 'Ann Example\nMain Street 1\n', // as a block of YAML ends
        VOTE_SERVER_TIME_ZONE: 'Asia/Tokyo'
      }
    )
    const app = await buildApp(config)
    t.after(() => app.close())
    const admin = await member(app)
    const { settings, fixed } = (await admin.get(at)).json()
    assert.deepEqual(
      [settings.name, settings.time_zone, fixed],
      ['Fixed', 'Asia/Tokyo', ['name', 'imprint', 'time_zone']]
    )
    isEnvelope(await admin.post(at, { name: 'Mine' }), 409, 20101)
    assert.equal((await admin.post(at, { name: 'Fixed', registration: 'closed' })).statusCode, 200)
    assert.match((await admin.page(at)).body, /<output>Fixed<\/output><small>Set in the environment/)
    const form = fieldsOf((await admin.page(at)).body, at)
    const saved = await admin.submit(at, { ...form, accent: '#0b6e4f' })
    assert.equal(saved.statusCode, 303, saved.body)
    await app.db.execute("INSERT INTO setting (name, value) VALUES ('name', '\"Old\"')")
    await app.settings.reload()
    assert.equal(app.settings.current.name, 'Fixed')
  })

  test('the settings of a stored database are there after a restart', async t => {
    const tree = { ...(await embedded.filled(t)), ...silent }
    const first = await start(t, tree)
    await (await member(first)).post(at, { name: 'Kept', time_zone: 'Asia/Shanghai' })
    await first.close()
    const again = await start(t, tree)
    assert.match((await visitor(again).page('/login')).body, /data-zone="Asia\/Shanghai".*· Kept<\/title>/s)
  })
})
