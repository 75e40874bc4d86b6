/** /rooms, /rooms/:room and /rooms/:room/active: what an organiser does with a room. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'
import { fromDatabase } from '../../../app/values/time.ts'
import { type RoomAnswer, roomOf, sendJson } from '../../support/rooms.ts'

function showsForm({ statusCode, body }: { statusCode: number; body: string }, sentence: RegExp) {
  assert.equal(statusCode, 422)
  assert.match(body, sentence)
}

describe('routes/rooms/rooms', () => {
  onEngines('a room keeps its polls in order, and shows the one that is asked for', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, code, polls, show } = await roomOf(app, ann)
    assert.match(code, /^[1-9]\d{5}$/)
    const read = async () => (await ann.get(`/rooms/${id}`)).json<RoomAnswer>()
    const room = await read()
    assert.deepEqual(
      [room.questions.map(poll => poll.id), room.active, room.open, room.link?.endsWith(`/${code}`)],
      [polls.map(poll => poll.id), polls[0]!.id, true, true]
    )
    const order = [polls[2]!.id, polls[1]!.id]
    const changed = await sendJson(ann, `/rooms/${id}`, { title: 'Rivers', questions: order })
    assert.deepEqual([changed.statusCode, changed.json().title], [200, 'Rivers'])
    const after = await read()
    assert.deepEqual(
      [after.questions.map(poll => poll.id), after.active],
      [order, null],
      'a poll that is out is not shown'
    )
    assert.equal((await show(polls[1]!.id)).statusCode, 200)
    assert.equal((await read()).active, polls[1]!.id)
    isEnvelope(await show(polls[0]!.id), 422, 20005)
    assert.deepEqual((await ann.get('/rooms')).json(), { rooms: [await read()] })
  })

  onEngines('an account has at most 100 rooms; a list and the download have all', async (t, engine) => {
    const app = await build(t, engine, { limits: { polls: { most: 1e6 } } })
    const ann = await member(app)
    const { id } = await ask(app, { user_id: ann.id })
    const create = (title: string) => sendJson(ann, '/rooms', { title, questions: [id] })
    const { id: oldest } = (await create('x')).json()
    const rows = Array.from({ length: 98 }, () => [ann.id, 'x'])
    await app.db.execute('INSERT INTO room (user_id, title) VALUES ?', [rows])
    const answers = await Promise.all(['a', 'b', 'c'].map(create))
    assert.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1)
    isEnvelope(await create('d'), 409, 20192)
    const form = await ann.submit('/rooms', { title: 'Rivers', questions: String(id) })
    assert.equal(form.statusCode, 409)
    assert.match(form.body, /as many rooms as an account can have.*value="Rivers"/s)
    await app.db.execute('INSERT INTO room (user_id, title) VALUES ?', [[[ann.id, 'before the limit']]])
    for (const at of ['/rooms', '/account/data']) {
      const { rooms } = (await ann.get(at)).json<{ rooms: RoomAnswer[] }>()
      assert.deepEqual([rooms.length, rooms.at(-1)!.id], [101, oldest], at)
    }
  })

  onEngines('a request that is sent twice makes one room', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const polls = [await ask(app, { user_id: ann.id }), await ask(app, { user_id: ann.id })]
    const [one, two] = polls.map(({ id }) => id)
    const create = async (title: string, questions: unknown) => {
      const made = await sendJson(ann, '/rooms', { title, questions })
      assert.equal(made.statusCode, 201, made.body)
      return made.json<RoomAnswer>().id
    }
    const twice = await Promise.all([create('Class', [one, two]), create('Class', [one, two])])
    const [id] = twice
    assert.deepEqual(twice, [id, id])
    const form = await ann.submit('/rooms', { title: 'Class', questions: [one, two] })
    assert.equal(form.headers.location, `/rooms/${id}?done=created#done`)
    const others = [await create('class', [one, two]), await create('Class', [two, one])]
    assert.equal(new Set([id, ...others]).size, 3, 'another title, another order')
    await sendJson(ann, `/rooms/${id}`, { act: 'close' })
    const again = await create('Class', [one, two])
    assert.notEqual(again, id, 'the room is closed')
    await app.db.execute("UPDATE room SET create_time = '2026-01-01 00:00:00'")
    assert.notEqual(await create('Class', [one, two]), again, 'later')
  })

  test('a closed room has no code; an open one keeps it', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, code } = await roomOf(app, ann)
    const act = async (what: string) =>
      (await sendJson(ann, `/rooms/${id}`, { act: what })).json<RoomAnswer>()
    assert.equal((await act('open')).code, code)
    const closed = await act('close')
    assert.deepEqual([closed.code, closed.open, closed.link], [null, false, null])
    isEnvelope(await ann.get(`/${code}`), 404, 20110)
    const opened = await act('open')
    assert.match(opened.code!, /^\d{6}$/)
    assert.equal((await ann.get(`/${opened.code!}`)).statusCode, 200)
  })

  onEngines('the key of the table decides who gets a code', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { code } = await roomOf(app, ann)
    const row = [ann.id, 'Other', code]
    await assert.rejects(
      app.db.execute('INSERT INTO room (user_id, title, code) VALUES ?', [[row]]),
      /duplicate/
    )
    const closed = [ann.id, 'Closed', null]
    await app.db.execute('INSERT INTO room (user_id, title, code) VALUES ?', [[closed, closed]])
  })

  onEngines('pages create a room, move its polls and delete it', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const [one, two] = [
      await ask(app, { user_id: ann.id, question_text: 'One?' }),
      await ask(app, { user_id: ann.id, question_text: 'Two?' })
    ]
    const page = await ann.page('/rooms')
    assert.ok(page.body.indexOf('One?') < page.body.indexOf('Two?'), 'the order in which they were made')
    const made = await ann.submit('/rooms', { title: 'Class', questions: [one.id, two.id] })
    assert.equal(made.statusCode, 303)
    const { location } = made.headers
    const at = location!.split('?')[0]!
    assert.equal(location, `${at}?done=created#done`)
    assert.match((await ann.page(location)).body, /id="done"[^>]*>.*The room is open\. Show its screen/)
    const order = async () => (await ann.get(at)).json<RoomAnswer>().questions.map(({ id }) => id)
    const typed = { title: 'Class 7b' }
    assert.equal((await ann.submit(at, { ...typed, move: `down:${one.id}`, add: '' })).statusCode, 303)
    assert.deepEqual(await order(), [two.id, one.id])
    assert.equal((await ann.get(at)).json<RoomAnswer>().title, 'Class 7b', 'what was typed is stored too')
    await ann.submit(at, { ...typed, move: `out:${one.id}` })
    assert.deepEqual(await order(), [two.id])
    showsForm(await ann.submit(at, { ...typed, move: `out:${two.id}` }), /Choose at least one/)
    const chosen = new RegExp(`<option value="${one.id}" dir="auto" selected>One`)
    for (const again of [{ show_theme: 'dark' }, { show_locale: 'en-GB' }, { title: '' }])
      assert.match((await ann.submit(at, { ...typed, add: one.id, ...again })).body, chosen)
    assert.deepEqual(await order(), [two.id])
    await ann.submit(at, { ...typed, add: one.id })
    assert.deepEqual(await order(), [two.id, one.id])
    await ann.submit(`${at}/active`, { question: one.id })
    assert.match((await ann.page(at)).body, /Poll 2 of 2/)
    showsForm(await ann.submit('/rooms', { title: '', questions: one.id }), /Enter a title/)
    for (const [act, done, words] of [
      ['close', 'closed', /The room is closed/],
      ['open', 'opened', /The room is open\./]
    ] as const) {
      assert.equal((await ann.submit(at, { act })).headers.location, `${at}?done=${done}#done`)
      assert.match((await ann.page(`${at}?done=${done}`)).body, words)
    }
    assert.equal((await ann.submit(at, { act: 'delete' })).headers.location, '/rooms?done=deleted#done')
    assert.match((await ann.page('/rooms?done=deleted')).body, /The room is deleted/)
    isEnvelope(await ann.get(at), 404, 20111)
    assert.equal((await ann.get(`/questions/${one.slug}`)).statusCode, 200, 'its polls stay')
  })

  onEngines('any poll of the account can be chosen for a room', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, eve] = [await member(app), await member(app)]
    const { id } = await roomOf(app, ann, ['Shown?'])
    const texts = Array.from({ length: 21 }, (_, n) => `Number ${n + 1}?`)
    for (const question_text of texts) await ask(app, { user_id: ann.id, question_text })
    await ask(app, { user_id: eve.id, question_text: 'Other?' })
    const offered = async (url: string, tag: string) => {
      const { body } = await ann.page(url)
      return Array.from(body.matchAll(new RegExp(`<${tag}>((Number|Other)[^<]*)`, 'g')), ([, text]) => text)
    }
    assert.deepEqual(await offered('/rooms', 'bdi'), texts)
    assert.deepEqual(await offered(`/rooms/${id}`, 'option[^>]*'), texts.toReversed())
  })

  onEngines('the screen has the poll, its code and the number of votes', async (t, engine) => {
    const app = await build(t, engine, { server: { publicUrl: 'http://vote.example.org' } })
    const [ann, eve] = [await member(app), await member(app)]
    const { id, code, polls } = await roomOf(app, ann, ['Secret?', 'Other?'], { results: 'after_close' })
    await app.ballots.cast({ question: polls[0]!.id, voter: 'u:9', choices: [polls[0]!.choices[0]!] })
    const screen = async () => (await ann.page(`/rooms/${id}/present`)).body
    const body = await screen()
    assert.match(body, /<bdi>vote\.example\.org<\/bdi>/)
    assert.match(body, new RegExp(`${code.slice(0, 3)} ${code.slice(3)}`))
    assert.match(body, new RegExp(`aria-label="QR code of http://vote\\.example\\.org/${code}"`))
    assert.match(body, /<p class="count">Votes <strong data-live="count">1<\/strong>/)
    assert.doesNotMatch(body, /data-number|data-version|leads with/, 'what is hidden is not sent')
    await sendJson(ann, `/rooms/${id}`, { act: 'hide-count' })
    assert.doesNotMatch(await screen(), /data-live="count"/)
    const json = (await ann.get(`/rooms/${id}/present`)).json()
    assert.deepEqual([json.room.code, json.question.voters], [code, null])
    isEnvelope(await eve.get(`/rooms/${id}/present`), 404, 20111)
    await ann.submit(`/rooms/${id}/active`, { question: polls[1]!.id, back: 'present' })
    assert.match(await screen(), /<h1 dir="auto">Other\?<\/h1>/)
    const again = await sendJson(ann, `/rooms/${id}/active`, { question: polls[0]!.id, back: 'present' })
    assert.deepEqual([again.statusCode, again.json().active], [200, polls[0]!.id])
  })

  onEngines('closing and reopening from the remote control lead back to the room', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, polls } = await roomOf(app, ann)
    const [room, { slug }] = [`/rooms/${id}`, polls[0]!]
    const isOpen = async () => (await ann.get(`/questions/${slug}`)).json<{ open: boolean }>().open
    for (const [act, becomes] of [
      ['close', false],
      ['reopen', true]
    ] as const) {
      const at = `/questions/${slug}/${act}`
      const remote = await ann.page(room)
      assert.ok(remote.body.includes(`href="${at}?room=${id}"`))
      assert.match(remote.body, act === 'close' ? /class="badge good">open</ : /class="badge ">closed <time/)
      const page = await ann.page(`${at}?room=${id}`)
      assert.ok(page.body.includes(`href="${room}"`), 'the link back')
      const fields = fieldsOf(page.body, at)
      if (act === 'reopen') {
        const again = await ann.submit(at, { ...fields, close_time: 'x' })
        assert.deepEqual([again.statusCode, fieldsOf(again.body, at).room], [422, String(id)])
      }
      const done = await ann.submit(at, fields)
      assert.deepEqual([done.statusCode, done.headers.location, await isOpen()], [303, room, becomes])
    }
    const elsewhere = await ann.page(`/questions/${slug}/close`)
    assert.ok(elsewhere.body.includes(`href="/questions/${slug}/manage"`))
    assert.ok(!elsewhere.body.includes('name="room"'))
  })

  test('the remote control leads back to the button that was pressed', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, polls } = await roomOf(app, ann)
    const room = `/rooms/${id}`
    const press = async (question: number) =>
      (await ann.submit(`${room}/active`, { question })).headers.location
    const disabled = async () =>
      [...(await ann.page(room)).body.matchAll(/id="(previous|next)" disabled/g)].map(([, key]) => key)
    assert.equal(await press(polls[0]!.id), `${room}#next`)
    assert.deepEqual(await disabled(), ['previous'])
    assert.equal(await press(polls.at(-1)!.id), `${room}#next`)
    assert.deepEqual(await disabled(), ['next'])
    assert.equal(await press(polls.at(-2)!.id), `${room}#previous`)
    const moved = await ann.submit(room, { title: 'Room', move: `down:${polls[0]!.id}` })
    assert.equal(moved.headers.location, `${room}#down-${polls[0]!.id}`)
    const saved = await ann.submit(room, { title: 'Rivers' })
    assert.equal(saved.headers.location, `${room}?done=saved#done`)
    assert.match((await ann.page(`${room}?done=saved`)).body, /id="done"[^>]*>.*Your changes are saved/)
  })

  onEngines('a timer is the closing time; 0 gives the earlier one back', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, slug } = await ask(app, { user_id: ann.id })
    const set = (timer: unknown) => sendJson(ann, `/questions/${slug}/present`, { timer })
    const left = async () => {
      const { close_time } = (await ann.get(`/questions/${slug}`)).json<{ close_time: string | null }>()
      return close_time === null ? null : fromDatabase(close_time) - Date.now()
    }
    assert.equal((await set(60)).statusCode, 200)
    const leftMs = (await left())!
    assert.ok(leftMs > 30_000 && leftMs <= 61_000, String(leftMs))
    await set(0)
    assert.equal(await left(), null)
    await change(app, id, { close_time: '2099-12-31 12:00:00' })
    const planned = await left()
    assert.ok(planned! > 3_600_000)
    await set(0)
    assert.ok((await left())! > 3_600_000, 'no timer runs')
    for (const timer of [60, 120]) {
      await set(timer)
      assert.ok((await left())! < 130_000)
    }
    await set(0)
    assert.ok((await left())! > 3_600_000, 'the planned time holds again')
    await set(60)
    await app.db.execute("UPDATE question SET timer_before = '2020-01-01 00:00:00' WHERE id = ?", [id])
    await set(0)
    assert.equal(await left(), null, 'a time that has passed does not close the poll')
    for (const timer of [-1, 3_601, 1.5, 'x', null, [60], {}]) isEnvelope(await set(timer), 422, 20005)
    await ann.post(`/questions/${slug}/close`)
    await set(60)
    assert.equal((await ann.get(`/questions/${slug}`)).json().open, false, 'a closed poll stays closed')
  })

  test('wrong input gets 422 with its field', async t => {
    const app = await build(t, embedded)
    const [ann, eve] = [await member(app), await member(app)]
    const { id } = await ask(app, { user_id: ann.id })
    const foreign = await ask(app, { user_id: eve.id })
    const wrong: Array<[unknown, string[]]> = [
      [{ questions: [id] }, ['title']],
      [{ title: ' ', questions: [id] }, ['title']],
      [{ title: 7, questions: [id] }, ['title']],
      [{ title: 'x'.repeat(101), questions: [id] }, ['title']],
      [{ title: 'x' }, ['questions']],
      [{ title: 'x', questions: [] }, ['questions']],
      [{ title: 'x', questions: [id, id] }, ['questions']],
      [{ title: 'x', questions: [foreign.id] }, ['questions']],
      [{ title: 'x', questions: [id, 9_999_999] }, ['questions']],
      [{ title: 'x', questions: Array.from({ length: 51 }, (_, n) => n + 1) }, ['questions']],
      [null, ['body']]
    ]
    for (const [payload, fields] of wrong) {
      const answer = await sendJson(ann, '/rooms', payload)
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), fields, JSON.stringify(payload))
    }
    for (const questions of ['01', 'x', [{}]])
      isEnvelope(await sendJson(ann, '/rooms', { title: 'x', questions }), 422, 20005)
    const { id: room } = await roomOf(app, ann)
    for (const payload of [{ question: 'x' }, { question: null }, {}, [], 7, null])
      isEnvelope(await sendJson(ann, `/rooms/${room}/active`, payload), 422, 20005)
    isEnvelope(await sendJson(ann, `/rooms/${room}`, { act: 'explode' }), 422, 20005)
  })

  onEngines(
    'others reach no room; a deleted poll leaves it, a deleted account leaves none',
    async (t, engine) => {
      const app = await build(t, engine)
      await member(app) // the first one is the administrator
      const [ann, eve] = [await member(app), await member(app)]
      const { id, code, polls } = await roomOf(app, ann)
      isEnvelope(await eve.get(`/rooms/${id}`), 404, 20111)
      isEnvelope(await sendJson(eve, `/rooms/${id}`, { act: 'close' }), 404, 20111)
      isEnvelope(await sendJson(eve, `/rooms/${id}/active`, { question: polls[1]!.id }), 404, 20111)
      isEnvelope(await eve.delete(`/rooms/${id}`), 404, 20111)
      assert.deepEqual((await eve.get('/rooms')).json(), { rooms: [] })
      assert.equal((await ann.post(`/questions/${polls[0]!.slug}/delete`)).statusCode, 200)
      const left = (await ann.get(`/rooms/${id}`)).json<RoomAnswer>()
      assert.deepEqual([left.active, left.questions.length], [null, 2])
      assert.equal((await ann.get(`/${code}`)).json().question, null)
      assert.equal((await ann.post('/account/delete', { current: PASSWORD, votes: 'keep' })).statusCode, 200)
      assert.deepEqual(await app.db.select('SELECT id FROM room'), [])
      assert.deepEqual(await app.db.select('SELECT room_id FROM room_question'), [])
    }
  )
})
