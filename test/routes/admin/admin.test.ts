/** /admin: what administrators can and cannot do with accounts and polls. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { backfill } from '../../../app/db/migrations/backfill.ts'
import type { FastifyInstance } from 'fastify'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope, isPage } from '../../support/answers.ts'
import { build, member, PASSWORD, start, visitor } from '../../support/app.ts'
import { embedded, type Engine, onEngines } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'
import { table } from '../../support/table.ts'

const silent = { log: { level: 'silent' } }
const login = async (app: FastifyInstance, account: string, password = PASSWORD) =>
  visitor(app).post('/login', { account, password })

describe('/admin', () => {
  test('other users get the error that only administrators may open these pages', async t => {
    const app = await build(t, embedded)
    const [, ann] = [await member(app), await member(app)]
    const users = () => app.db.select('SELECT * FROM user')
    const before = await users()
    for (const { url, allow } of await table(app)) {
      if (!url.startsWith('/admin')) continue
      if (allow.includes('GET')) {
        isEnvelope(await ann.get(url), 403, 20035)
        isPage(await ann.page(url), 403, /Only administrators/)
        isEnvelope(await visitor(app).get(url), 401, 20006)
      }
      if (!allow.includes('POST')) continue
      for (const act of ['disable', 'enable', 'reset']) {
        isEnvelope(await ann.post(url, { act }), 403, 20035)
        isEnvelope(await visitor(app).post(url, { act }), 401, 20006)
      }
    }
    assert.deepEqual(await users(), before)
  })

  onEngines(
    'the search finds the literal text in name, e-mail or phone, and its pages have no gap',
    async (t, engine) => {
      const app = await build(t, engine, { accounts: { homeRegion: 'DE' } })
      const admin = await member(app)
      const people = [
        { name: '100% Zoë', email: 'zoe@a_b.example' },
        { name: 'Axb', email: 'x@axb.example', phone: '0171 1234567' },
        { name: '王芳', email: 'wang@example.org', phone: '+86 138 1234 5678' }
      ]
      for (const one of people) await visitor(app).post('/register', { ...one, password: PASSWORD })
      const found = async (q: string) => {
        const { users } = (await admin.get(`/admin/users?${new URLSearchParams({ q })}`)).json()
        return users.map((user: { name: string }) => user.name)
      }
      for (const [q, names] of [
        ['100%', ['100% Zoë']],
        ['A_B', ['100% Zoë']],
        ['%', ['100% Zoë']],
        ['王', ['王芳']],
        ['0171 123', ['Axb']],
        ['+49 171', ['Axb']],
        ['+49 (0)171 123', ['Axb']],
        ['\u202a+49 171\u2010123\u202c', ['Axb']],
        ['٠١٧١ ١٢٣', ['Axb']],
        ['\u2068王芳\u2069', ['王芳']],
        ['100%\tZoë', ['100% Zoë']],
        ['zoe 100%', ['100% Zoë']],
        ['138 1234', ['王芳']],
        ['WANG@', ['王芳']],
        ['<wang@example.org>', ['王芳']],
        ['Wang <wang@example.org>', ['王芳']],
        ['mailto:wang@example.org', ['王芳']],
        ['wang@example.org,', ['王芳']],
        ['+86 138 1234 5678,', ['王芳']],
        ['Axb <0171 1234567>', ['Axb']],
        ['\\', []],
        ['!', []],
        ['sample.invalid', []],
        ["' OR 1=1 --", []]
      ] as const) {
        assert.deepEqual(await found(q), names, q)
      }
      assert.match(
        (await admin.page('/admin/users?q=nobody-at-all')).body,
        /No account has “<bdi>nobody-at-all<\/bdi>”/
      )

      const rows = Array.from({ length: 45 }, (_, n) => [`Many ${n}`, `many${n}@example.org`, 'unused'])
      await app.db.execute('INSERT INTO user (name, email, password) VALUES ?', [rows])
      await backfill(app.db, 'unfilled')
      const seen: number[] = []
      let next: string | null = ''
      while (next !== null) {
        const after: string = next ? `&after=${next}` : ''
        const page = (await admin.get(`/admin/users?q=many${after}`)).json()
        seen.push(...page.users.map((user: { id: number }) => user.id))
        next = page.next
      }
      assert.equal(new Set(seen).size, 45)
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => b - a)
      )
      assert.match(
        (await admin.page('/admin/users?q=many')).body,
        /href="\/admin\/users\?q=many&amp;after=\d+" rel="next"/
      )
    }
  )

  onEngines(
    'a disabled account is signed out at once, and sign-in does not reveal that it exists',
    async (t, engine) => {
      const app = await build(t, engine, silent)
      const [admin, ann] = [await member(app), await member(app)]
      const at = `/admin/users/${ann.id}`
      const cookie = ann.cookies.get('sessionid')!
      assert.match((await admin.page(at)).body, /Disable account<\/button>/)
      const disabled = (await admin.post(at, { act: 'disable' })).json()
      assert.partialDeepStrictEqual(disabled, { error_code: 0, user: { id: ann.id } })
      assert.match(disabled.user.disabled_time, /^\d{4}-/)
      assert.equal(
        (await admin.post(at, { act: 'disable' })).json().user.disabled_time,
        disabled.user.disabled_time
      )
      isEnvelope(await ann.get('/account'), 401, 20006)
      isEnvelope(await ann.put('/questions/1/vote', { choice: 1 }), 401, 20006)
      const answers = [
        await login(app, ann.email),
        await login(app, 'nobody@example.org'),
        await login(app, ann.email, 'x')
      ]
      const shown = answers.map(({ statusCode, headers, body }) => ({
        statusCode,
        body,
        headers: { ...headers, date: '' }
      }))
      assert.deepEqual(shown[0], shown[1])
      assert.deepEqual(shown[0], shown[2])
      isEnvelope(answers[0]!, 401, 20004)
      isEnvelope(
        await visitor(app).post('/register', { name: 'X', email: ann.email, password: PASSWORD }),
        409,
        20001
      )
      isEnvelope(await admin.post(at, { act: 'reset' }), 409, 20041)
      assert.match(
        (await admin.submit(at, { act: 'reset' })).body,
        /This account is disabled: enable it first/
      )

      const page = await admin.submit(at, { act: 'enable' })
      assert.deepEqual([page.statusCode, page.headers.location], [303, `${at}?done=enable#done`])
      assert.equal((await admin.post(at, { act: 'enable' })).statusCode, 200, 'again is fine')
      ann.cookies.set('sessionid', cookie)
      isEnvelope(await ann.get('/account'), 401, 20006)
      assert.equal((await login(app, ann.email)).statusCode, 200)
    }
  )

  onEngines('the last administrator stays, also if two disable each other at once', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [boss, ann] = [await member(app), await member(app)]
    isEnvelope(await boss.post(`/admin/users/${boss.id}`, { act: 'disable' }), 409, 20037)
    await app.administration.makeAdmin(ann.id)
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.allSettled([
        app.administration.disable(boss.id),
        app.administration.disable(ann.id)
      ])
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
      const sql = 'SELECT id FROM user WHERE is_admin = 1 AND disabled_time IS NULL'
      assert.equal((await app.db.select(sql)).length, 1)
      for (const { id } of [boss, ann]) await app.administration.enable(id)
    }
  })

  onEngines(
    'links that an administrator has made end when the administrator is disabled or deletes the account',
    async (t, engine) => {
      const app = await build(t, engine, silent)
      const [boss, eve, ann] = [await member(app), await member(app), await member(app)]
      await boss.post(`/admin/users/${eve.id}`, { act: 'make_admin' })
      const resetBy = async (admin: typeof boss, user: number) => {
        const answer = await admin.post(`/admin/users/${user}`, { act: 'reset' })
        return new URL(answer.json<{ link: string }>().link).pathname
      }
      const inviteBy = async (admin: typeof boss) =>
        new URL((await admin.post('/admin/invitations')).json<{ link: string }>().link).pathname
      const [ofBoss, ofAnn] = [await resetBy(eve, boss.id), await resetBy(boss, ann.id)]
      const [used, open, other] = [await inviteBy(eve), await inviteBy(eve), await inviteBy(boss)]
      const person = { name: 'Cy', email: 'cy@example.org', password: PASSWORD }
      assert.equal((await visitor(app).post(used, person)).statusCode, 201)

      assert.equal((await boss.post(`/admin/users/${eve.id}`, { act: 'disable' })).statusCode, 200)
      isEnvelope(await visitor(app).get(ofBoss), 410, 20038)
      isEnvelope(await visitor(app).get(open), 404, 20121)
      assert.equal((await visitor(app).get(ofAnn)).statusCode, 200, 'of another administrator')
      assert.equal((await visitor(app).page(other)).statusCode, 200)
      const { log } = (await boss.get('/admin/log')).json<{ log: Array<{ act: string }> }>()
      assert.deepEqual(
        log.slice(0, 2).map(({ act }) => act),
        ['disable', 'uninvite']
      )

      const zoe = await member(app)
      await boss.post(`/admin/users/${zoe.id}`, { act: 'make_admin' })
      const [left, ofZoe] = [await inviteBy(zoe), await resetBy(zoe, boss.id)]
      assert.equal((await zoe.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 200)
      isEnvelope(await visitor(app).get(left), 404, 20121)
      isEnvelope(await visitor(app).get(ofZoe), 410, 20038)
    }
  )

  onEngines(
    'a reset link is shown once, uses the public URL, and exists for registered accounts only',
    async (t, engine) => {
      const app = await build(t, engine, { ...silent, server: { publicUrl: 'https://vote.example.org/' } })
      const [admin, ann] = [await member(app), await member(app)]
      const at = `/admin/users/${ann.id}`
      const page = await admin.submit(at, { act: 'reset' })
      assert.equal(page.statusCode, 200)
      const [, link] = /value="https:\/\/vote\.example\.org(\/reset\/[\w-]{22})" readonly/.exec(page.body)!
      assert.equal(page.headers['cache-control'], 'no-store')
      assert.doesNotMatch(page.body, /"(show_)?locale"/, 'a change of the language would lose it')
      assert.doesNotMatch((await admin.page(at)).body, /\/reset\//)
      assert.equal((await visitor(app).get(link!)).statusCode, 200)
      const json = (await admin.post(at, { act: 'reset' })).json()
      assert.deepEqual(Object.keys(json), ['error_code', 'error_msg', 'link', 'expires_time', 'user'])
      for (const user of [1, 999]) {
        isEnvelope(await admin.post(`/admin/users/${user}`, { act: 'reset' }), 404, 20040)
        isEnvelope(await admin.post(`/admin/users/${user}`, { act: 'disable' }), 404, 20040)
        isEnvelope(await admin.get(`/admin/users/${user}`), 404, 20040)
      }
      for (const user of ['0', 'x', '01', '1e3'])
        isEnvelope(await admin.get(`/admin/users/${user}`), 404, 20008)
      for (const act of ['', 'find', 'makeAdmin', '__proto__', 'constructor']) {
        isEnvelope(await admin.post(at, { act }), 422, 20005)
      }
    }
  )

  onEngines('an administrator can close and delete polls without seeing a number', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, ann, bob] = [await member(app), await member(app), await member(app)]
    const settings = { user_id: ann.id, results: 'owner', listed: 0, audience: 'members' } as const
    const { slug, choices } = await ask(app, settings)
    for (const who of [ann, bob]) await who.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const at = (act: string) => `/questions/${slug}/${act}`
    assert.match(
      (await admin.page(`/questions/${slug}`)).body,
      /As administrator:.*Close voting<.*Delete poll</s
    )
    assert.doesNotMatch((await bob.page(`/questions/${slug}`)).body, /As administrator/)
    for (const act of ['manage', 'edit', 'reopen']) isEnvelope(await admin.get(at(act)), 403, 20025)
    isEnvelope(await admin.post(at('reopen')), 403, 20025)
    isEnvelope(await bob.post(at('close')), 403, 20025)

    assert.match((await admin.page(at('close'))).body, /Its organiser can reopen it/)
    const closed = (await admin.post(at('close'))).json()
    assert.deepEqual([closed.open, closed.voters, closed.choices[0].votes], [false, null, null])
    assert.equal(
      (await admin.submit(at('close'), {})).headers.location,
      `/questions/${slug}?done=closed#done`
    )
    const page = await admin.page(at('delete'))
    assert.match(
      page.body,
      /and its votes\. It cannot be undone; its link will say that an administrator removed it/
    )
    assert.doesNotMatch(page.body, /2 votes/)
    assert.match((await ann.page(at('delete'))).body, /its 2 votes\..*that you removed it/s)
    assert.equal((await admin.submit(at('delete'), {})).headers.location, '/?done=deleted#done')
    for (const who of [ann, bob, admin])
      isPage(await who.page(`/questions/${slug}`), 410, /removed by an administrator on/)
    assert.deepEqual(await audit(app.db), [])
  })

  async function withLog(t: Parameters<typeof start>[0], engine: Engine) {
    const lines: string[] = []
    return { lines, app: await start(t, { ...(await engine.filled(t)), log: { level: 'warn' } }, { lines }) }
  }

  test('every action is logged in one line, with ids only', async t => {
    const { app, lines } = await withLog(t, embedded)
    const [admin, ann] = [await member(app), await member(app)]
    const poll = await ask(app, { user_id: ann.id })
    const own = await ask(app, { user_id: admin.id })
    for (const act of ['reset', 'disable', 'enable']) await admin.post(`/admin/users/${ann.id}`, { act })
    await admin.post(`/admin/users/${admin.id}`, { act: 'disable' })
    for (const { slug } of [poll, own]) {
      await admin.post(`/questions/${slug}/close`)
      await admin.post(`/questions/${slug}/delete`)
    }
    const said = lines
      .map(line => JSON.parse(line))
      .map(({ admin, user, question, act }) => ({ admin, user, question, act }))
    const by = { admin: admin.id, user: undefined, question: undefined }
    assert.deepEqual(said, [
      { ...by, user: ann.id, act: 'reset' },
      { ...by, user: ann.id, act: 'disable' },
      { ...by, user: ann.id, act: 'enable' },
      { ...by, question: poll.id, act: 'close' },
      { ...by, question: poll.id, act: 'delete' }
    ])
    assert.ok(!lines.join('').includes('@'))
  })

  test('only answers to administrators contain e-mail or phone of other users', async t => {
    const app = await build(t, embedded, { accounts: { homeRegion: 'DE' } })
    const [admin, ann, bob] = [await member(app), await member(app), await member(app)]
    await bob.post('/account', { name: 'Bob', email: bob.email, phone: '0171 1234567', current: PASSWORD })
    await ask(app, { user_id: bob.id })
    for (const { url, allow } of await table(app)) {
      if (!allow.includes('GET')) continue
      for (const who of [ann, visitor(app), ...(url.startsWith('/admin') ? [] : [admin])]) {
        for (const { body } of [await who.get(url), await who.page(url)]) {
          for (const text of [bob.email, '1711234567', '$argon2id$', `u:${bob.id}`])
            assert.ok(!body.includes(text), url)
        }
      }
    }
    assert.ok((await admin.page('/admin/users')).body.includes(bob.email))
  })
})
