/** /join and /:code: voters join a room and vote in the poll that it shows. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, type Visitor, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { change } from '../../support/polls.ts'
import { roomOf, sendJson } from '../../support/rooms.ts'

function shows(answer: { statusCode: number; body: string }, status: number, text: RegExp) {
  assert.equal(answer.statusCode, status)
  assert.match(answer.body, text)
}

describe('routes/rooms/join', () => {
  onEngines('a code leads to the poll that is shown, as people type it', async (t, engine) => {
    const app = await build(t, engine)
    const { code, polls } = await roomOf(app, await member(app))
    const guest = visitor(app)
    assert.match((await guest.page('/login')).body, /<form method="post" action="\/join"/)
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
    const wide = [...code].map(digit => String.fromCodePoint(0xff10 + Number(digit))).join('')
    const link = `http://vote.example/${code}`
    const links = [
      link,
      `${link}&gt;`,
      ...['%20', '+'].map(mark => `http://vote.example/${spaced.replace(' ', mark)}`)
    ]
    const marked = [`(${code})`, `“${code}”`, `#${code}`, `Code: ${code}`]
    for (const typed of [code, spaced, ` ${code} `, spaced.replace(' ', '-'), wide, ...links, ...marked]) {
      const { statusCode, headers } = await guest.submit('/join', { code: typed })
      assert.deepEqual([statusCode, headers.location], [303, `/${code}`], typed)
    }
    for (const sent of [code, Number(code)]) {
      const answer = await sendJson(guest, '/join', { code: sent })
      assert.deepEqual([answer.statusCode, answer.json().question.id], [200, polls[0]!.id])
    }
    const long = await sendJson(guest, '/join', { code: `1${'!'.repeat(60_000)}1` })
    isEnvelope(long, 422, 20005)
    const bob = await member(app)
    assert.deepEqual(fieldsOf((await bob.page('/')).body, '/join'), { code: '' })
    assert.equal((await bob.submit('/join', { code: spaced })).headers.location, `/${code}`)
    assert.match((await guest.page(`/${code}`)).body, /<h1 dir="auto">First\?<\/h1>/)
    for (const typed of [code, encodeURIComponent(spaced), spaced.replace(' ', '%C2%A0')])
      assert.equal((await guest.get(`/${typed}`)).json().question.id, polls[0]!.id, typed)
    const others = ['-', '.', '+', '\u2013'].map(mark => spaced.replace(' ', mark))
    for (const typed of [...others, wide, `“${code}`]) {
      const { statusCode, headers } = await guest.page(`/${encodeURIComponent(typed)}`)
      assert.deepEqual([statusCode, headers.location], [302, `/${code}`], typed)
    }
    for (const path of [`/x/${code}`, `/${code}7`, `/${code}/x`])
      assert.equal((await guest.page(path)).statusCode, 404, path)
  })

  test('the page of a full poll says of its seats what the events say, open and closed', async t => {
    const app = await build(t, embedded)
    const { code, polls } = await roomOf(app, await member(app), ['First?'], { max_ballots: 1 })
    const [poll] = polls
    await app.ballots.cast({ question: poll!.id, voter: 'u:7', choices: [poll!.choices[0]!] })
    for (const full of [true, false]) {
      const guest = visitor(app)
      assert.match((await guest.page(`/${code}`)).body, new RegExp(` data-full="${full}"`))
      const headers = { accept: 'text/event-stream' }
      const { body } = await guest.send({ method: 'GET', url: `/join/${code}/events?once=1`, headers })
      assert.match(body, new RegExp(`"full":${full},`))
      await change(app, poll!.id, { closed_time: '2026-01-01 00:00:00' })
    }
  })

  onEngines('guests and members vote with the two actions, and come back to the room', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { code, polls, show } = await roomOf(app, ann)
    for (const who of [visitor(app), await member(app)]) {
      const { body } = await who.page(`/${code}`)
      const action = `/questions/${polls[0]!.slug}/vote`
      const fields = fieldsOf(body, action)
      assert.equal(fields.room, code)
      const refused = await who.submit(action, fields)
      shows(refused, 422, /Choose an option/)
      assert.match(refused.body, new RegExp(`data-events="/join/${code}/events"`), 'still in the room')
      const voted = await who.submit(action, { ...fields, choice: polls[0]!.choices[0] })
      assert.deepEqual(
        [voted.statusCode, voted.headers.location],
        [303, `/${code}?of=${polls[0]!.slug}#counted`]
      )
      assert.match((await who.page(`/${code}`)).body, /id="counted"/)
      const again = await who.page(`${action}?room=${code}`)
      assert.match(again.body, new RegExp(`name="room" value="${code}"`), 'a change comes back too')
    }
    await show(polls[1]!.id)
    const [guest] = [visitor(app)]
    assert.match((await guest.page(`/${code}`)).body, /<h1 dir="auto">Second\?<\/h1>/)
    await show(polls[0]!.id)
    assert.equal((await ann.get(`/${code}`)).json().question.voters, 2, 'what was voted is kept')
    const { headers } = await guest.submit(`/questions/${polls[1]!.slug}/vote`, {
      ...fieldsOf(
        (await guest.page(`/questions/${polls[1]!.slug}`)).body,
        `/questions/${polls[1]!.slug}/vote`
      ),
      choice: polls[1]!.choices[0],
      room: '111111'
    })
    assert.equal(headers.location, `/questions/${polls[1]!.slug}#counted`, 'no such room: the poll itself')
  })

  test('a room that has moved on names the poll of a vote that counts, and of no other', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { code, polls, show } = await roomOf(app, ann)
    const [first, second] = polls
    const guest = visitor(app)
    const action = `/questions/${first!.slug}/vote`
    const fields = fieldsOf((await guest.page(`/${code}`)).body, action)
    await show(second!.id)
    const sent = await guest.submit(action, { ...fields, choice: first!.choices[0] })
    const confirmed = `/${code}?of=${first!.slug}#done`
    assert.deepEqual([sent.statusCode, sent.headers.location], [303, confirmed])
    const counted = /Your vote in “<bdi>First\?<\/bdi>” was counted/
    assert.match((await guest.page(confirmed)).body, counted)
    assert.doesNotMatch((await guest.page(`/${code}`)).body, counted)
    assert.doesNotMatch(
      (await visitor(app).page(confirmed)).body,
      counted,
      'who has not voted is told of no vote'
    )
    assert.doesNotMatch((await guest.page(`/${code}?of=no-such-poll`)).body, /Your vote in/)
    await change(app, second!.id, { audience: 'members' })
    assert.match(
      (await guest.page(confirmed)).body,
      counted,
      'also where the poll that is shown is for others'
    )
    await show(first!.id)
    assert.doesNotMatch((await guest.page(confirmed)).body, counted, 'the poll itself says which vote counts')
    await show(second!.id)

    const withdrawn = await guest.submit(`${action}/withdraw`, { room: code })
    const withdrawal = `/${code}?done=withdrawn&of=${first!.slug}#done`
    assert.deepEqual([withdrawn.statusCode, withdrawn.headers.location], [303, withdrawal])
    assert.match((await guest.page(withdrawal)).body, /Your vote in “<bdi>First\?<\/bdi>” is withdrawn/)
    assert.doesNotMatch((await guest.page(confirmed)).body, counted)
    await change(app, second!.id, { audience: 'link' })
    await guest.submit(action, { ...fields, choice: first!.choices[0] })
    assert.doesNotMatch((await guest.page(withdrawal)).body, /is withdrawn/, 'of no poll')
    await change(app, first!.id, { privacy: 'anonymous', closed_time: '2026-01-01 00:00:00' })
    assert.doesNotMatch(
      (await guest.page(withdrawal)).body,
      /is withdrawn/,
      'which votes count is not known any more'
    )
  })

  test('the result, the history and a report of a poll lead back to the room', async t => {
    const app = await build(t, embedded)
    const { code, polls } = await roomOf(app, await member(app), ['First?'], { privacy: 'public' })
    const { id, slug } = polls[0]!
    await app.db.execute('UPDATE question SET edits = 1 WHERE id = ?', [id])
    const guest = visitor(app)
    const address = `/questions/${slug}`
    const linkBack = `href="/${code}"`
    const hasNoWayOut = (body: string) => {
      assert.match(body, new RegExp(linkBack))
      assert.match(body, new RegExp(`<a class="button quiet" href="/login\\?next=%2F${code}"`))
      const ways = [...body.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href!)
      for (const href of ways.filter(one => one.startsWith(address) && !one.includes('format=')))
        assert.match(href, new RegExp(`[?;]room=${code}`), href)
    }
    const { body } = await guest.page(`/${code}`)
    hasNoWayOut(body)
    for (const [end, after] of [
      ['results', '#people'],
      ['history', ''],
      ['report', '']
    ]) {
      const href = `${address}/${end}?room=${code}`
      assert.ok(body.includes(`href="${href}${after}"`), href)
      hasNoWayOut((await guest.page(href)).body)
    }
    const fields = fieldsOf((await guest.page(`${address}/report?room=${code}`)).body, `${address}/report`)
    const refused = await guest.submit(`${address}/report`, { ...fields, reason: '' })
    shows(refused, 422, new RegExp(linkBack))
    const { headers } = await guest.submit(`${address}/report`, { ...fields, reason: 'Rude' })
    assert.equal(headers.location, `${address}/report?done=1&room=${code}#done`)
    hasNoWayOut((await guest.page(headers.location.split('#')[0]!)).body)
    for (const end of ['results', 'history', 'report'])
      for (const query of ['?room=999999', '']) {
        const { body } = await guest.page(`${address}/${end}${query}`)
        assert.ok(body.includes(`href="${address}"`), end)
        assert.ok(body.includes(`href="/login?next=${encodeURIComponent(address)}"`), end)
      }
  })

  test('a guest that reads the room as JSON can vote in its poll', async t => {
    const app = await build(t, embedded)
    const { code, polls } = await roomOf(app, await member(app))
    const { slug, choices } = polls[0]!
    for (const enter of [
      (guest: Visitor) => guest.get(`/${code}`),
      (guest: Visitor) => sendJson(guest, '/join', { code })
    ]) {
      const guest = visitor(app)
      const { cookies, headers } = await enter(guest)
      assert.deepEqual([cookies[0]?.name, headers['cache-control']], ['browser', 'no-store'])
      assert.equal((await guest.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    }
  })

  onEngines('a room waits without a poll, and with one that is not for this viewer', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, code, polls } = await roomOf(app, ann)
    const guest = visitor(app)
    await change(app, polls[0]!.id, { audience: 'members' })
    const page = await guest.page(`/${code}`)
    shows(page, 200, new RegExp(`for members: <a href="/login\\?next=%2F${code}">sign in</a>`))
    assert.match(page.body, new RegExp(`data-events="/join/${code}/events" data-question="${polls[0]!.id}"`))
    assert.doesNotMatch(page.body, new RegExp(`First\\?|${polls[0]!.slug}`))
    isEnvelope(await guest.get(`/${code}`), 401, 20006)
    shows(await (await member(app)).page(`/${code}`), 200, /First\?/)
    await change(app, polls[0]!.id, { audience: 'list' })
    shows(await guest.page(`/${code}`), 200, /Only people with an invitation can vote in this poll/)
    isEnvelope(await guest.get(`/${code}`), 403, 20150)
    await sendJson(ann, `/rooms/${id}`, { questions: [polls[1]!.id] })
    shows(await guest.page(`/${code}`), 200, /appears here by itself/)
    assert.equal((await guest.get(`/${code}`)).json().question, null)
  })

  onEngines('wrong codes are refused, and limited for an address', async (t, engine) => {
    const secret = randomBytes(32).toString('hex') // keys the counters, which Redis keeps
    const app = await build(t, engine, { limits: { wrongCodes: { most: 3 } }, session: { secret } })
    const { code } = await roomOf(app, await member(app))
    const guest = visitor(app)
    const [wrong, second, third] = ['999999', '999998', '999997', '999996'].filter(one => one !== code)
    for (const sent of ['12345', '1234567', 'abcdef', '', null, ['1'], 12, {}]) {
      const answer = await sendJson(guest, '/join', { code: sent })
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), ['code'], JSON.stringify(sent))
    }
    shows(await guest.submit('/join', { code: '12' }), 422, /Enter the six digits/)
    isEnvelope(await sendJson(guest, '/join', null), 422, 20005)
    isEnvelope(await sendJson(guest, '/join', { code: wrong }), 404, 20110)
    shows(await guest.submit('/join', { code: second }), 404, /There is no open room with this code/)
    for (let n = 0; n < 5; n++) isEnvelope(await guest.get(`/${wrong}`), 404, 20110) // a repeat does not count
    assert.equal((await guest.get(`/${code}`)).statusCode, 200)
    shows(await guest.page(`/${third}`), 404, /There is no open room with this code/)
    for (const url of [`/${wrong}`, `/${code}`, `/join/${code}/events`])
      isEnvelope(await guest.get(url), 429, 20049)
    isEnvelope(await sendJson(guest, '/join', { code }), 429, 20049)
    const elsewhere = await app.inject({
      url: `/${code}`,
      headers: { accept: 'application/json' },
      remoteAddress: '192.0.2.7'
    })
    assert.equal(elsewhere.statusCode, 200)
  })
})
