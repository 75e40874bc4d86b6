/** The administrators' pages of the instance: numbers, all polls, reports, the log. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import manifest from '../../../package.json' with { type: 'json' }
import { recordAct } from '../../../app/models/instance/admin-log.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { eventuallyTrue } from '../../support/eventually.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'

const silent = { log: { level: 'silent' } }
const today = () => new Date().toISOString().slice(0, 10)

const acts = async (app: FastifyInstance) =>
  (await app.db.select<{ act: string }>('SELECT act FROM admin_log ORDER BY id')).map(({ act }) => act)

describe('/admin', () => {
  onEngines('the home has numbers, versions, and the health of the stores', async (t, engine) => {
    const app = await build(t, engine)
    const admin = await member(app)
    const day = today()
    const [link, hidden] = [await ask(app), await ask(app, { results: 'owner' })]
    for (const { slug, choices } of [link, hidden])
      await admin.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const home = (await admin.get('/admin')).json()
    assert.partialDeepStrictEqual(home, {
      numbers: { polls: 5, accounts: 1, streams: 0, reported: 0 },
      version: manifest.version,
      health: { database: true, redis: engine === embedded ? null : true },
      mail: null
    })
    assert.ok(home.schema >= 13)
    assert.equal(home.numbers.votes.length, 30)
    const votes: Array<{ day: string; votes: number }> = home.numbers.votes
    assert.ok([day, today()].includes(votes.at(-1)!.day)) // midnight may pass
    assert.equal(
      votes.reduce((sum, one) => sum + one.votes, 0),
      2,
      'samples are older'
    )
    assert.match(home.upgraded, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    assert.deepEqual([home.compared, home.backup], [null, null], 'a new database')
    assert.match((await admin.page('/admin')).body, /none by the command/)
    await app.db.transaction(tx => recordAct(tx, { admin: null, act: 'backup' }))
    await app.db.execute("INSERT INTO admin_log (act, detail) VALUES ('upgrade', '1204')")
    const later = (await admin.get('/admin')).json()
    assert.equal(later.compared, 1204)
    assert.match(later.backup, /^\d{4}-/)
    const { body } = await admin.page('/admin')
    assert.match(body, /1,204 polls compared, no result changed/)
    assert.doesNotMatch(body, /none by the command/)
    assert.match((await admin.page('/admin/log')).body, /Database upgraded<[^]*1,204 polls compared/)
    assert.match(body, /2 votes in 30 days/)
    assert.match(body, /<rect [^>]*height="100"/)
  })

  onEngines(
    'all polls are listed with owner and state, unlisted ones too, without a hidden number',
    async (t, engine) => {
      const app = await build(t, engine)
      const [admin, ann] = [await member(app), await member(app)]
      const polls: Array<Awaited<ReturnType<typeof ask>>> = []
      for (let n = 0; n < 25; n++)
        polls.push(
          await ask(app, { user_id: ann.id, listed: 0, results: 'owner', question_text: `Nº ${n}?` })
        )
      const { slug, choices, id } = polls.at(-1)!
      await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })
      await change(app, id, { closed_time: '2026-01-01 00:00:00' })
      const first = (await admin.get('/admin/polls')).json()
      assert.partialDeepStrictEqual(first.questions[0], {
        slug,
        open: false,
        voters: null,
        listed: false,
        owner: { id: ann.id, name: 'Ann' }
      })
      const second = (await admin.get(`/admin/polls?after=${first.next}`)).json()
      assert.deepEqual([first.questions.length, second.questions.length, second.next], [20, 8, null])
      const found = (await admin.get('/admin/polls?q=nº 7')).json().questions
      assert.deepEqual(
        found.map((one: { slug: string }) => one.slug),
        [polls[7]!.slug]
      )
      assert.match((await admin.page('/admin/polls')).body, /after=\d+" rel="next"/)
      isEnvelope(await ann.get('/admin/polls'), 403, 20035)
    }
  )

  onEngines(
    'each act of an administrator is one line of the log, and none if nothing changed',
    async (t, engine) => {
      const app = await build(t, engine, silent)
      const [admin, ann] = [await member(app), await member(app)]
      const at = `/admin/users/${ann.id}`
      for (const act of [
        'disable',
        'disable',
        'enable',
        'enable',
        'reset',
        'end_sessions',
        'make_admin',
        'make_admin'
      ])
        assert.equal((await admin.post(at, { act })).statusCode, 200, act)
      isEnvelope(await ann.get('/account'), 401, 20006)
      const { slug } = await ask(app, { user_id: ann.id })
      for (const act of ['close', 'close', 'delete']) await admin.post(`/questions/${slug}/${act}`)
      const own = await ask(app, { user_id: admin.id })
      await admin.post(`/questions/${own.slug}/close`)
      const expected = ['disable', 'enable', 'reset', 'end_sessions', 'make_admin', 'close', 'delete']
      assert.deepEqual(await acts(app), expected)
      const readLog = async () => (await admin.get('/admin/log')).json().log
      await eventuallyTrue(
        async () => (await readLog())[0].question.question_text === '',
        'the poll is erased'
      )
      const log = await readLog()
      assert.partialDeepStrictEqual(log[0], {
        act: 'delete',
        admin: { id: admin.id, name: 'Ann' },
        user: null,
        question: { slug, question_text: '' }
      })
      assert.partialDeepStrictEqual(log.at(-1), { act: 'disable', user: { id: ann.id }, question: null })
      assert.match((await admin.page('/admin/log')).body, /Account disabled.*Ann/)
      isEnvelope(await admin.post(at, { act: 'none' }), 422, 20005)
      assert.deepEqual(await acts(app), expected, 'a refused act leaves no line')
    }
  )

  onEngines('the log has pages without a gap, and no name of a deleted account', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, ann] = [await member(app), await member(app)]
    await app.db.execute('INSERT INTO admin_log (admin_id, act, user_id) VALUES ?', [
      Array.from({ length: 45 }, () => [admin.id, 'reset', ann.id])
    ])
    await ann.post('/account/delete', { current: 'correct horse battery staple', votes: 'keep' })
    const ids: number[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { log: Array<{ id: number; user: { name: string } }>; next: string | null } = (
        await admin.get(`/admin/log?after=${next}`)
      ).json()
      assert.ok(page.log.every(({ user }) => user.name === ''))
      ids.push(...page.log.map(({ id }) => id))
      next = page.next
    }
    assert.equal(new Set(ids).size, 45)
    assert.match((await admin.page('/admin/log')).body, new RegExp(`deleted account ${ann.id}`))
  })

  test('the embedded database itself refuses to change or delete a line', async t => {
    const app = await build(t, embedded, silent)
    const [, ann] = [await member(app), await member(app)]
    await app.administration.endSessions(ann.id)
    await assert.rejects(app.db.execute("UPDATE admin_log SET act = 'enable'"))
    await assert.rejects(app.db.execute('DELETE FROM admin_log'))
    assert.deepEqual(await acts(app), ['end_sessions'])
  })

  onEngines('a reported poll waits in the queue until an administrator decides', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, ann, guest] = [await member(app), await member(app), visitor(app)]
    const polls: Array<Awaited<ReturnType<typeof ask>>> = []
    for (let n = 0; n < 4; n++) polls.push(await ask(app, { user_id: ann.id, listed: 0 }))
    for (const { slug } of polls)
      assert.equal(
        (await guest.post(`/questions/${slug}/report`, { reason: ` Spam\n😀 <b>${slug}</b> ` })).statusCode,
        200
      )
    await ann.post(`/questions/${polls[0]!.slug}/report`, { reason: 'Insults' })
    const queue = async () => (await admin.get('/admin/reports')).json().polls
    assert.partialDeepStrictEqual((await queue())[0], {
      question_id: polls[0]!.id,
      open: true,
      owner: { id: ann.id, is_disabled: false },
      reports: [{ reason: 'Insults' }, { reason: `Spam\n😀 <b>${polls[0]!.slug}</b>` }]
    })
    assert.equal((await admin.get('/admin')).json().numbers.reported, 4)
    const page = await admin.page('/admin/reports')
    assert.match(page.body, /&lt;b&gt;/)
    assert.match((await admin.page('/admin')).body, /4 polls were reported/)

    const decide = (n: number, act: string) => admin.post('/admin/reports', { question: polls[n]!.id, act })
    for (const [n, act] of ['approve', 'close', 'delete', 'disable'].entries())
      assert.equal((await decide(n, act)).statusCode, 200, act)
    const left = await queue()
    assert.deepEqual(
      left.map((one: { question_id: number }) => one.question_id),
      [polls[3]!.id, polls[1]!.id],
      'what is closed or whose owner is disabled may still be deleted'
    )
    assert.equal(left[0].owner.is_disabled, true)
    assert.equal(left[1].open, false)
    assert.equal((await guest.get(`/questions/${polls[2]!.slug}`)).statusCode, 410)
    isEnvelope(await ann.get('/account'), 401, 20006)
    assert.deepEqual(await acts(app), ['approve', 'close', 'delete', 'disable'])
    isEnvelope(await decide(0, 'approve'), 404, 20010)
    isEnvelope(await decide(2, 'delete'), 410, 20011)
    isEnvelope(await admin.post('/admin/reports', { question: '01', act: 'close' }), 422, 20005)
    const asText = { question: String(polls[1]!.id), act: 'approve' }
    const inJson = await admin.send({ method: 'POST', url: '/admin/reports', payload: asText })
    isEnvelope(inJson, 422, 20005)
    isEnvelope(await admin.post('/admin/reports', { question: 999, act: 'disable' }), 404, 20010)
    const own = await ask(app, { user_id: admin.id })
    isEnvelope(await admin.post('/admin/reports', { question: own.id, act: 'disable' }), 409, 20037)
    const { headers } = await admin.submit('/admin/reports', { question: polls[1]!.id, act: 'approve' })
    assert.equal(headers.location, '/admin/reports?done=approve#done')
    assert.match((await admin.page('/admin/reports?done=approve')).body, /The poll is approved/)
  })

  onEngines('an approval leaves the reports that have come since', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, guest] = [await member(app), visitor(app)]
    const { id, slug } = await ask(app)
    const report = (reason: string) => guest.post(`/questions/${slug}/report`, { reason })
    const first = async () => (await admin.get('/admin/reports')).json().polls[0]
    await report('Spam')
    const fields = fieldsOf((await admin.page('/admin/reports')).body, '/admin/reports')
    assert.equal(fields.act, 'approve')
    await report('Insults')
    assert.equal((await admin.submit('/admin/reports', fields)).statusCode, 303)
    const left = await first()
    assert.partialDeepStrictEqual(left, { question_id: id, reports: [{ reason: 'Insults' }] })
    assert.equal(left.reports.length, 1)

    await report('Threats')
    const approval = { question: id, act: 'approve', newest: left.newest }
    isEnvelope(await admin.post('/admin/reports', { ...approval, newest: 'x' }), 422, 20005)
    assert.equal((await admin.post('/admin/reports', approval)).statusCode, 200)
    assert.equal((await first()).reports.length, 1)
    assert.equal((await admin.post('/admin/reports', { question: id, act: 'approve' })).statusCode, 200)
    assert.equal(await first(), undefined)
  })
})

describe('/questions/:question/report', () => {
  onEngines(
    'a report has a reason, is limited per address, and is deleted with its poll',
    async (t, engine) => {
      const app = await build(t, engine, { ...silent, limits: { reports: { most: 3, seconds: 60 } } })
      const [admin, ann, guest] = [await member(app), await member(app), visitor(app)]
      const { slug, id } = await ask(app, { user_id: ann.id })
      const remoteAddress = engine === embedded ? '192.0.2.7' : '192.0.2.8' // Redis keeps the counters of all tests
      const report = (reason: unknown) =>
        guest.send({ method: 'POST', url: `/questions/${slug}/report`, payload: { reason }, remoteAddress })
      for (const reason of ['', '   ', 'x'.repeat(501), 'a\u0000b', 5, null, ['x'], '\u200b', '\ud800'])
        isEnvelope(await report(reason), 422, 20005)
      for (const payload of ['null', '[]', '7', '"x"']) {
        const headers = { 'content-type': 'application/json' }
        const { statusCode } = await guest.send({
          method: 'POST',
          url: `/questions/${slug}/report`,
          payload,
          headers
        })
        assert.equal(statusCode, 422, payload)
      }
      const refused = await guest.submit(`/questions/${slug}/report`, { reason: ' ' })
      assert.deepEqual([refused.statusCode, /Say what is wrong/.test(refused.body)], [422, true])
      for (let n = 0; n < 3; n++) assert.equal((await report('😀'.repeat(500))).statusCode, 200)
      const late = await report('once more')
      isEnvelope(late, 429, 20049)
      assert.ok(Number(late.headers['retry-after']) > 0)
      const members = await ask(app, { audience: 'members', listed: 0 })
      isEnvelope(await guest.post(`/questions/${members.slug}/report`, { reason: 'x' }), 401, 20006)
      isEnvelope(await guest.post('/questions/nowhere-at-all/report', { reason: 'x' }), 404, 20010)

      assert.match((await guest.page(`/questions/${slug}`)).body, /Report this poll/)
      assert.doesNotMatch((await ann.page(`/questions/${slug}`)).body, /Report this poll/)
      await ann.post(`/questions/${slug}/delete`)
      assert.deepEqual(await app.db.select('SELECT id FROM report WHERE question_id = ?', [id]), [])
      assert.deepEqual((await admin.get('/admin/reports')).json().polls, [])
    }
  )

  onEngines('a poll keeps at most fifty reports', async (t, engine) => {
    const app = await build(t, engine)
    const { id } = await ask(app)
    for (let n = 0; n < 52; n++) await app.reports.create(id, `no. ${n}`)
    assert.equal((await app.db.select('SELECT id FROM report')).length, 50)
  })
})

describe('/admin/polls', () => {
  onEngines('the samples are removed by one act, once, and no other poll', async (t, engine) => {
    const app = await build(t, engine, silent)
    const admin = await member(app)
    const { slug } = await ask(app, { user_id: admin.id })
    assert.match((await admin.page('/admin/polls')).body, /Remove the samples/)
    isEnvelope(await admin.post('/admin/polls', { act: 'all' }), 422, 20005)
    const { headers } = await admin.submit('/admin/polls', { act: 'remove_samples' })
    assert.equal(headers.location, '/admin/polls?done=1#done')
    assert.equal((await admin.post('/admin/polls', { act: 'remove_samples' })).statusCode, 200)
    const { questions } = (await admin.get('/admin/polls')).json()
    assert.deepEqual(
      questions.map((one: { slug: string }) => one.slug),
      [slug]
    )
    assert.deepEqual(await acts(app), ['delete', 'delete', 'delete'])
    const { body } = await admin.page('/admin/polls?done=1')
    assert.match(body, /The sample polls are removed/)
    assert.doesNotMatch(body, /Remove the samples/)
  })
})

describe('an act', () => {
  onEngines('is confirmed on the page that follows, as long as it is true', async (t, engine) => {
    const app = await build(t, engine, silent)
    const [admin, ann] = [await member(app), await member(app)]
    const { slug, choices } = await ask(app, { user_id: ann.id })
    const at = (more: string) => `/questions/${slug}${more}`
    const follow = async (url: string, fields: Record<string, unknown> = {}) => {
      const location = String((await ann.submit(at(url), fields)).headers.location)
      return (await ann.page(location.replace(/#.*/, ''))).body
    }
    const note = (text: string) => new RegExp(`id="done" tabindex="-1">.*${text}`)
    await ann.put(at('/vote'), { choice: choices[0] })
    assert.match(await follow('/vote/withdraw'), note('Your vote is withdrawn'))
    await ann.put(at('/vote'), { choice: choices[0] })
    assert.doesNotMatch((await ann.page(at('?done=withdrawn'))).body, /is withdrawn/)
    assert.match(await follow('/close'), note('Voting is closed'))
    assert.match(await follow('/reopen'), note('Voting is open again'))
    assert.doesNotMatch((await ann.page(at('/manage?done=closed'))).body, /id="done"/)
    assert.doesNotMatch((await ann.page(at('?done=nonsense'))).body, /id="done"/)
    const user = `/admin/users/${ann.id}`
    assert.match((await admin.page(`${user}?done=disable`)).body, note('The account is disabled'))
    const taken = await visitor(app).submit('/register', {
      name: 'X',
      email: ann.email,
      password: 'correct horse battery staple',
      next: at('')
    })
    assert.equal(taken.statusCode, 409)
    assert.match(taken.body, new RegExp(`class="note">.*href="/login\\?next=%2Fquestions%2F${slug}"`))
  })
})
