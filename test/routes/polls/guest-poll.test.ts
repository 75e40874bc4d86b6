/**
 * Polls without an account end to end: creation, the manage link, what it may do, and its claim by
 * an account.
 */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, start, visitor } from '../../support/app.ts'
import { contents } from '../../support/contents.ts'
import { embedded, type Engine, onEngines } from '../../support/engines.ts'
import { askAsGuest, guestPolls, managerOf, managing } from '../../support/guests.ts'

const poll = { question_text: 'Lunch?', choice_text: ['Soup', 'Salad'] }
const withGuests = (t: TestContext, engine: Engine, more: object = {}) =>
  build(t, engine, { ...guestPolls, ...more })

/** The value of the nonce in the form of a page. */
const nonceIn = (page: string) => /name="nonce" value="([^"]+)"/.exec(page)![1]!
/** The manage link on the page that follows the creation. */
const linkIn = (page: string) => /<textarea id="link"[^>]*>([^<]+)</.exec(page)![1]!

describe('routes/polls/guest-poll', () => {
  test('the switch is off at first: nothing is asked, offered or created', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const before = await contents(app.db)
    isEnvelope(await guest.send({ method: 'POST', url: '/questions', payload: poll }), 401, 20006)
    assert.equal((await guest.page('/questions/new')).headers.location, '/login?next=%2Fquestions%2Fnew')
    const form = await guest.submit('/questions', { ...poll, nonce: 'x'.repeat(22) })
    assert.equal(form.statusCode, 401)
    assert.match(form.body, /name="carried"/, 'the form goes through sign-in')
    assert.doesNotMatch((await guest.page('/login')).body, /href="\/questions\/new"/)
    assert.equal(await contents(app.db), before)
  })

  onEngines('a form with a closing time by its name, sent again later, makes one poll', async (t, engine) => {
    const app = await withGuests(t, engine)
    const guest = visitor(app)
    const nonce = nonceIn((await guest.page('/questions/new')).body)
    const hour = { ...poll, question_text: 'Until when?', close_time: 'hour', nonce }
    const first = await guest.submit('/questions', hour)
    const earlier =
      engine.name === 'embedded' ? "datetime(close_time, '-1 second')" : 'close_time - INTERVAL 1 SECOND'
    const shifted = await app.db.execute(
      `UPDATE question SET close_time = ${earlier} WHERE question_text = 'Until when?'`
    )
    assert.equal(shifted.affectedRows, 1)
    const again = await guest.submit('/questions', hour)
    assert.equal(again.statusCode, 201, again.body)
    assert.equal(linkIn(again.body), linkIn(first.body))
    assert.equal((await guest.submit('/questions', { ...hour, question_text: 'Another?' })).statusCode, 409)
  })

  onEngines('a guest creates, manages and deletes a poll by forms', async (t, engine) => {
    const app = await withGuests(t, engine)
    const guest = visitor(app)
    const form = await guest.page('/questions/new')
    assert.equal(form.statusCode, 200)
    assert.match(form.body, /you manage the poll with a secret link/)
    assert.doesNotMatch(form.body, /name="listed"/)
    const made = await guest.submit('/questions', { ...poll, nonce: nonceIn(form.body) })
    assert.equal(made.statusCode, 201, made.body)
    assert.match(made.body, /shown this once and cannot be shown again/)
    assert.equal(made.headers['cache-control'], 'no-store')
    const link = new URL(linkIn(made.body))
    assert.match(link.search, /^\?t=[0-9a-f]{32}$/)
    const manage = link.pathname
    const slug = manage.split('/')[2]!

    const page = await guest.page(manage)
    assert.equal(page.statusCode, 200)
    assert.doesNotMatch(page.body, new RegExp(link.search.slice(3)), 'no later page has the token')
    assert.match(page.body, /Keep this poll in my account/)
    assert.doesNotMatch(page.body, /\/webhooks/)

    const other = visitor(app)
    assert.equal((await other.page(manage)).headers.location, `/login?next=${encodeURIComponent(manage)}`)
    const opened = await other.page(manage + link.search)
    assert.deepEqual([opened.statusCode, opened.headers.location], [303, manage])
    assert.equal(opened.headers['referrer-policy'], 'no-referrer')
    assert.equal(opened.cookies[0]!.path, `/questions/${slug}`)
    assert.equal((await other.page(manage)).statusCode, 200)

    const voter = visitor(app)
    const asked = (await voter.get(`/questions/${slug}`)).json()
    await voter.page(`/questions/${slug}`)
    const vote = await voter.submit(`/questions/${slug}/vote`, { choice: asked.choices[0].id })
    assert.equal(vote.statusCode, 303, vote.body)

    const amended = await other.submit(`/questions/${slug}/amend`, {
      question_text: 'What for lunch?',
      revision: 1
    })
    assert.equal(amended.statusCode, 303, amended.body)
    assert.equal((await guest.submit(`/questions/${slug}/close`, {})).statusCode, 303)
    assert.equal((await guest.get(`/questions/${slug}`)).json().open, false)
    assert.equal((await other.submit(`/questions/${slug}/reopen`, { close_time: '' })).statusCode, 303)
    assert.match((await other.page(`/questions/${slug}/ballots?format=csv`)).body, /Soup/)
    const gone = await other.submit(`/questions/${slug}/delete`, {})
    assert.deepEqual([gone.statusCode, gone.headers.location], [303, '/questions?done=deleted#done'])
    assert.match((await other.page('/questions?done=deleted')).body, /The poll is deleted/)
    isEnvelope(await managerOf(app, link.search.slice(3))('GET', manage), 410, 20011)
  })

  onEngines('a program does with its token what an owner does', async (t, engine) => {
    const app = await withGuests(t, engine)
    const { slug, choices, token, link } = await askAsGuest(app, { results: 'owner' })
    const at = `/questions/${slug}`
    assert.equal(link.endsWith(`${at}/manage?t=${token}`), true)
    const send = managerOf(app, token)
    const done: Array<[method: 'GET' | 'POST', path: string, payload?: object]> = [
      ['GET', '/manage'],
      ['POST', '', { ...poll, question_text: 'Dinner?', results: 'owner' }],
      ['GET', '/quiz'],
      ['GET', '/ballots'],
      ['GET', '/embedding'],
      ['POST', '/embedding', { where: 'anywhere' }],
      ['POST', '/present', { results: 'show', count: 'show', timer: 600 }],
      ['POST', '/outcome', { text: 'Soup it is' }],
      ['POST', '/outcome', { withdraw: true }],
      ['POST', '/close'],
      ['POST', '/reopen', { close_time: null }],
      ['POST', '/amend', { description: 'At noon' }],
      ['GET', '/results']
    ]
    for (const [method, path, payload] of done) {
      const answer = await send(method, at + path, payload)
      assert.equal(answer.statusCode, 200, `${method} ${path} ${answer.body}`)
    }
    assert.ok(choices.length > 0)
    assert.equal((await send('GET', `${at}/results`)).json().voters, 0, 'an owner sees the numbers')
    assert.equal((await visitor(app).get(`${at}/results`)).json().voters, null)
    const copy = await send('POST', `${at}/duplicate`)
    assert.equal(copy.statusCode, 201, copy.body)
    assert.notEqual(copy.json().manage_token, token)
    assert.equal((await send('POST', `${at}/delete`)).statusCode, 200)
    isEnvelope(await send('POST', `/questions/${copy.json().slug}/close`), 403, 20025)
  })

  test('wrong and foreign tokens manage nothing', async t => {
    const app = await withGuests(t, embedded)
    const one = await askAsGuest(app)
    const other = await askAsGuest(app)
    await member(app) // the first account is the administrator's
    const ann = await member(app)
    const own = await ann.send({ method: 'POST', url: '/questions', payload: poll })
    const before = await contents(app.db)
    for (const token of [
      '0'.repeat(32),
      one.token.slice(0, 31),
      '',
      `${one.token}'`,
      one.token.toUpperCase()
    ])
      isEnvelope(await managerOf(app, token)('POST', `/questions/${one.slug}/close`), 403, 20195)
    isEnvelope(await managerOf(app, other.token)('POST', `/questions/${one.slug}/close`), 403, 20025)
    isEnvelope(await managerOf(app, other.token)('POST', `/questions/${own.json().slug}/close`), 403, 20025)
    isEnvelope(await ann.send({ method: 'POST', url: `/questions/${one.slug}/close` }), 403, 20025)
    isEnvelope(await visitor(app).post(`/questions/${one.slug}/close`), 401, 20006)
    const wrong = await visitor(app).page(`/questions/${one.slug}/manage?t=${other.token}`)
    assert.equal(wrong.statusCode, 403)
    assert.match(wrong.body, /This manage link is not valid/)
    assert.equal(wrong.headers['set-cookie'], undefined)
    assert.equal(wrong.headers['referrer-policy'], 'no-referrer')
    assert.equal(await contents(app.db), before)
  })

  test('opening the link changes nothing, however often: neither do scanners', async t => {
    const app = await withGuests(t, embedded)
    const { link, slug } = await askAsGuest(app)
    const { pathname, search } = new URL(link)
    const before = await contents(app.db)
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      const answer = await app.inject({ method, url: pathname + search })
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, pathname])
    }
    assert.equal(
      (await app.inject({ url: `${pathname + search}.` })).statusCode,
      303,
      'with a full stop behind'
    )
    const guest = await managing(app, link)
    assert.equal((await guest.page(`/questions/${slug}/claim`)).statusCode, 200)
    assert.equal(await contents(app.db), before)
  })

  onEngines(
    'the switch holds at once on both replicas; links stay good after it is off',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const [one, two] = [await start(t, tree), await start(t, tree)]
      const admin = await member(one)
      const set = (guest_polls: boolean) =>
        admin.send({ method: 'POST', url: '/admin/settings', payload: { guest_polls } })
      assert.equal((await admin.get('/admin/settings')).json().settings.guest_polls, false)
      assert.equal((await set(true)).json().settings.guest_polls, true)
      const { slug, token, link } = await askAsGuest(one)
      const reads = await managerOf(two, token)('GET', `/questions/${slug}/manage`)
      assert.equal(reads.statusCode, 200, reads.body)
      await managing(two, link)
      assert.equal((await set(false)).json().settings.guest_polls, false)
      isEnvelope(await one.inject({ method: 'POST', url: '/questions', payload: poll }), 401, 20006)
      const closed = await managerOf(two, token)('POST', `/questions/${slug}/close`)
      assert.equal(closed.statusCode, 200, closed.body)
      const guest = await managing(one, link)
      assert.doesNotMatch((await guest.page(`/questions/${slug}/manage`)).body, /\/duplicate"/)
      isEnvelope(await managerOf(one, token)('POST', `/questions/${slug}/duplicate`), 401, 20006)
      assert.equal((await guest.page(`/questions/${slug}`)).statusCode, 200)
    }
  )

  test('the settings have the switch as a form, and refuse what is no answer', async t => {
    const app = await build(t, embedded)
    const admin = await member(app)
    assert.match((await admin.page('/admin/settings')).body, /name="guest_polls" value="0" checked/)
    assert.equal((await admin.submit('/admin/settings', { guest_polls: '1' })).statusCode, 303)
    assert.match((await admin.page('/admin/settings')).body, /name="guest_polls" value="1" checked/)
    assert.match((await visitor(app).page('/login')).body, /href="\/questions\/new"/)
    for (const guest_polls of ['yes', 7, null, []]) {
      const answer = await admin.send({ method: 'POST', url: '/admin/settings', payload: { guest_polls } })
      assert.deepEqual(Object.keys(answer.json().fields), ['guest_polls'], String(guest_polls))
    }
  })

  onEngines('a repeat is the same poll and the same link; another poll is refused', async (t, engine) => {
    const app = await withGuests(t, engine)
    const headers = { 'idempotency-key': 'a-random-key-of-a-guest' }
    const send = (payload: object, key = headers) =>
      app.inject({ method: 'POST', url: '/questions', headers: key, payload })
    const [first, second] = await Promise.all([send(poll), send(poll)])
    assert.deepEqual([first.statusCode, second.statusCode], [201, 201])
    assert.equal(first.json().manage_link, second.json().manage_link)
    isEnvelope(await send({ ...poll, question_text: 'Other?' }), 409, 20027)
    for (const key of ['12345678', 'short-random-key', 'x'.repeat(21)]) {
      const refused = await send(poll, { 'idempotency-key': key })
      isEnvelope(refused, 422, 20005)
      assert.deepEqual(Object.keys(refused.json().fields), ['idempotency-key'])
    }
  })

  test('polls of guests are never listed', async t => {
    const app = await withGuests(t, embedded)
    const refused = await app.inject({
      method: 'POST',
      url: '/questions',
      payload: { ...poll, listed: true }
    })
    isEnvelope(refused, 422, 20005)
    assert.deepEqual(Object.keys(refused.json().fields), ['listed'])
    const { slug, token } = await askAsGuest(app)
    const edited = await managerOf(app, token)('POST', `/questions/${slug}`, { ...poll, listed: true })
    assert.deepEqual(Object.keys(edited.json().fields), ['listed'])
    const { link } = await askAsGuest(app)
    const guest = await managing(app, link)
    const edit = await guest.page(new URL(link).pathname.replace(/manage$/, 'edit'))
    assert.doesNotMatch(edit.body, /name="listed"/)
  })

  onEngines('guests of an address create a hundred polls an hour', async (t, engine) => {
    const app = await build(t, engine, { ...guestPolls, limits: {} })
    const remoteAddress = '203.0.113.7'
    const send = () => app.inject({ method: 'POST', url: '/questions', payload: poll, remoteAddress })
    for (let n = 0; n < 100; n++) assert.equal((await send()).statusCode, 201)
    const answer = await send()
    isEnvelope(answer, 429, 20049)
    assert.ok(Number(answer.headers['retry-after']) > 0)
    assert.equal(
      (await (await member(app)).send({ method: 'POST', url: '/questions', payload: poll })).statusCode,
      201
    )
  })

  onEngines('a session that has ended is no guest: its program is told', async (t, engine) => {
    const app = await withGuests(t, engine)
    const ann = await member(app)
    await app.db.execute('UPDATE user SET session_epoch = session_epoch + 1 WHERE id = ?', [ann.id])
    isEnvelope(await ann.send({ method: 'POST', url: '/questions', payload: poll }), 401, 20006)
    const bob = await member(app)
    const page = (await bob.page('/questions/new')).body
    const owner = /name="owner" value="([^"]+)"/.exec(page)![1]
    bob.cookies.delete('sessionid')
    const form = await bob.submit('/questions', { ...poll, owner, nonce: nonceIn(page) })
    assert.equal(form.statusCode, 401)
    assert.match(form.body, /name="carried"/, 'the form of an account waits for its sign-in')
  })

  test('administrators see, close and delete polls of guests', async t => {
    const app = await withGuests(t, embedded)
    const admin = await member(app)
    const { id, slug, token } = await askAsGuest(app)
    const { questions } = (await admin.get('/admin/polls')).json()
    assert.equal(questions.find((one: { slug: string }) => one.slug === slug).owner, null)
    assert.match((await admin.page('/admin/polls')).body, /A guest/)
    await visitor(app).post(`/questions/${slug}/report`, { reason: 'Advertising' })
    const [reported] = (await admin.get('/admin/reports')).json().polls
    assert.deepEqual([reported.question_id, reported.owner], [id, null])
    const queue = await admin.page('/admin/reports')
    assert.match(queue.body, /A guest/)
    assert.doesNotMatch(queue.body, /value="disable"/)
    isEnvelope(await admin.post('/admin/reports', { act: 'disable', question: id }), 409, 20196)
    assert.equal((await admin.post('/admin/reports', { act: 'close', question: id })).statusCode, 200)
    isEnvelope(await admin.send({ method: 'POST', url: `/questions/${slug}/amend`, payload: {} }), 403, 20025)
    assert.equal((await admin.post(`/questions/${slug}/delete`)).statusCode, 200)
    isEnvelope(await managerOf(app, token)('GET', `/questions/${slug}/manage`), 410, 20011)
  })

  onEngines('rooms, webhooks and own lists know accounts only', async (t, engine) => {
    const app = await withGuests(t, engine)
    const { id, slug, link, token } = await askAsGuest(app)
    const ann = await member(app)
    const { pathname, search } = new URL(link)
    await ann.page(pathname + search)
    const managed = await ann.page(pathname)
    assert.equal(managed.statusCode, 200, 'signed in, with the link')
    assert.doesNotMatch(managed.body, /action="\/templates"/)
    const room = await ann.send({
      method: 'POST',
      url: '/rooms',
      payload: { title: 'Hall', questions: [id] }
    })
    assert.ok(room.statusCode >= 400, room.body)
    const hook = { url: 'https://hooks.example.org/', events: ['poll.closed'] }
    isEnvelope(
      await ann.send({ method: 'POST', url: `/questions/${slug}/webhooks`, payload: hook }),
      403,
      20025
    )
    isEnvelope(await managerOf(app, token)('GET', `/questions/${slug}/webhooks`), 401, 20006)
    const headers = { authorization: `Manage ${token}` }
    const template = { method: 'POST', url: '/templates', payload: { question: slug }, headers } as const
    isEnvelope(await ann.send(template), 403, 20025)
    assert.deepEqual((await ann.get('/questions?mine=1')).json().questions, [])
    const copy = await ann.send({ method: 'POST', url: `/questions/${slug}/duplicate` })
    assert.equal(copy.statusCode, 201, copy.body)
    assert.equal(copy.json().manage_token, undefined, 'a duplicate is of the account')
    assert.equal((await ann.get('/questions?mine=1')).json().questions.length, 1)
  })

  test('pages of a manager are no pages of guests', async t => {
    const app = await withGuests(t, embedded)
    const { slug, link, choices } = await askAsGuest(app, { results: 'owner' })
    const guest = await managing(app, link)
    const url = `/questions/${slug}`
    const cast = visitor(app)
    await cast.page(url)
    await cast.submit(`${url}/vote`, { choice: choices[0] })
    for (let n = 0; n < 2; n++) {
      const own = await guest.page(url)
      assert.match(own.body, /\/manage"/)
      assert.equal(own.headers['cache-control'], 'no-store')
      const others = await visitor(app).page(url)
      assert.doesNotMatch(others.body, /\/manage"/)
      const json = await visitor(app).get(`${url}/results`)
      assert.equal(json.json().voters, null)
      assert.equal((await guest.get(`${url}/results`)).json().voters, 1)
    }
  })
})
