/** /manage, /edit, /close, /reopen, /delete: actions of the owner only. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope, isPage } from '../../support/answers.ts'
import { build, member, members, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'
import { sendJson } from '../../support/rooms.ts'

const edited = { question_text: 'Is it now?', choice_text: ['Yes', 'No', 'Perhaps'] }
const acts = ['manage', 'edit', 'close', 'reopen', 'delete']

describe('/manage', () => {
  test('the page and the screen that close an anonymous poll say that it stays closed', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id, privacy: 'anonymous', question_text: 'Who & what?' })
    for (const page of ['close', 'present']) {
      const { body } = await ann.page(`/questions/${slug}/${page}`)
      assert.match(
        body,
        /“<bdi>Who &amp; what\?<\/bdi>” will accept no more votes or changes, and cannot be reopened/
      )
      assert.doesNotMatch(body, /You can reopen it/)
    }
  })

  test('a ranking says which rank is the best, and its organiser how it is counted', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const [count_method, words, isByFirst] of [
      ['irv', 'In rounds: the option', true],
      ['pairs', 'By duels: the option', false]
    ] as const) {
      const settings = { user_id: ann.id, kind: 'ranked', count_method, max_choices: 2 } as const
      const { slug } = await ask(app, settings)
      const { body } = await ann.page(`/questions/${slug}/manage`)
      assert.match(body, /<dd>Rank up to 2 options, 1 is the best<\/dd>/)
      assert.ok(body.includes(`<dt>How rankings are counted</dt><dd>${words}`))
      assert.equal(/class="result[^"]* by-first/.test(body), isByFirst, 'first places decide rounds')
      assert.match(
        (await visitor(app).page(`/questions/${slug}`)).body,
        /Rank up to 2 options, 1 is the best/
      )
    }
    const { slug } = await ask(app, { user_id: ann.id })
    assert.doesNotMatch((await ann.page(`/questions/${slug}/manage`)).body, /How rankings are counted/)
  })

  test('a closed anonymous poll has no form that would reopen it', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id, privacy: 'anonymous' })
    assert.equal((await ann.post(`/questions/${slug}/close`)).statusCode, 200)
    const at = `/questions/${slug}/reopen`
    for (const answer of [await ann.page(at), await ann.submit(at, { close_time: '2099-01-01T00:00' })]) {
      assert.equal(answer.statusCode, 409)
      assert.match(answer.body, /An anonymous poll cannot be opened again/)
      assert.doesNotMatch(answer.body, /accept votes again|name="close_time"|action="[^"]*\/reopen"/)
      assert.match(answer.body, new RegExp(`href="/questions/${slug}/manage"[^>]*>(<span>)?Back`))
    }
    isEnvelope(await ann.post(at), 409, 20125)
  })

  test('polls of other users are 403 and stay unchanged', async t => {
    const app = await build(t, embedded)
    const [ann, eve] = [await member(app), await member(app)]
    const { id, slug } = await ask(app, { user_id: ann.id })
    const row = () => app.db.fetchone('SELECT * FROM question WHERE id = ?', [id])
    const before = await row()
    for (const act of acts) {
      isEnvelope(await eve.get(`/questions/${slug}/${act}`), 403, 20025)
      isPage(await eve.page(`/questions/${slug}/${act}`), 403, /Only the organiser/)
      isEnvelope(await visitor(app).get(`/questions/${slug}/${act}`), 401, 20006)
      if (act === 'manage') continue
      isEnvelope(await eve.post(`/questions/${slug}/${act}`), 403, 20025)
      isEnvelope(await visitor(app).post(`/questions/${slug}/${act}`), 401, 20006)
    }
    isEnvelope(await eve.post(`/questions/${slug}`, edited), 403, 20025)
    isPage(await eve.submit(`/questions/${slug}`, { question_text: '' }), 403, /Only the organiser/)
    assert.deepEqual(await row(), before)
    assert.doesNotMatch((await eve.page(`/questions/${slug}`)).body, /manage/)
    assert.match((await ann.page(`/questions/${slug}`)).body, /\/manage" class="[^"]+">.*Manage poll/)
  })

  test('the link is built from the configuration, never from the Host header', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', accept: 'text/html' }
    const page = await ann.send({ url: `/questions/${slug}/manage`, headers })
    assert.match(
      page.body,
      new RegExp(`<textarea id="link"[^>]* readonly [^>]*>http://localhost:9000/questions/${slug}</textarea>`)
    )
    assert.doesNotMatch(page.body, /evil\.example|<script(?! type="module" src="\/static\/)|\sstyle=/)
    const named = await build(t, embedded, { server: { publicUrl: 'https://vote.example.org/' } })
    const bob = await member(named)
    const made = await ask(named, { user_id: bob.id })
    const { link } = (await bob.get(`/questions/${made.slug}/manage`)).json()
    assert.equal(link, `https://vote.example.org/questions/${made.slug}`)
  })

  onEngines(
    'until the first vote everything can be edited, with the revision of the page',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { slug, choices } = await ask(app, { user_id: ann.id })
      const form = await ann.page(`/questions/${slug}/edit`)
      assert.match(form.body, /name="revision" value="1"/)
      const saved = await ann.submit(`/questions/${slug}`, { ...edited, revision: 1 })
      assert.equal(saved.headers.location, `/questions/${slug}/manage?done=edited#done`)
      const said = await ann.page(`/questions/${slug}/manage?done=edited`)
      assert.match(said.body, /id="done"[^]*Your changes are saved/)
      const json = (await ann.get(`/questions/${slug}`)).json()
      assert.deepEqual([json.question_text, json.revision, json.choices.length], ['Is it now?', 2, 3])
      const late = await ann.submit(`/questions/${slug}`, { ...edited, question_text: 'Older?', revision: 1 })
      assert.equal(late.statusCode, 409)
      assert.match(late.body, /Nothing was stored/)
      assert.match(late.body, /value="Older\?"/)
      isEnvelope(await ann.post(`/questions/${slug}`, { ...edited, revision: 1 }), 409, 20028)
      const more = await ann.submit(`/questions/${slug}/edit`, { ...edited, revision: 2 })
      assert.deepEqual([more.statusCode, more.body.match(/name="choice_text"/g)!.length], [200, 8])
      isEnvelope(await ann.put(`/questions/${slug}/vote`, { choice: choices[0] }), 422, 20005)
      assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: json.choices[0].id })).statusCode, 200)
      isEnvelope(await ann.post(`/questions/${slug}`, { ...edited, revision: 2 }), 409, 20026)
      isEnvelope(await ann.get(`/questions/${slug}/edit`), 409, 20026)
      const { statusCode, headers } = await ann.page(`/questions/${slug}/edit`)
      assert.deepEqual([statusCode, headers.location], [303, `/questions/${slug}/amend`])
      const refused = await ann.submit(`/questions/${slug}`, { ...edited, revision: 2 })
      assert.equal(refused.statusCode, 409)
      assert.ok(refused.body.includes(`href="/questions/${slug}/amend"`), 'the page that can correct it')
      assert.doesNotMatch((await ann.page(`/questions/${slug}/manage`)).body, /Edit poll/)
      assert.equal((await ann.get(`/questions/${slug}`)).json().revision, 2)
    }
  )

  onEngines('a poll whose votes are all withdrawn stays one that has had votes', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const privacy of ['anonymous', 'hidden'] as const) {
      const { slug, choices } = await ask(app, { user_id: ann.id, privacy })
      const at = `/questions/${slug}`
      const guest = visitor(app)
      await guest.page(at)
      assert.equal((await guest.put(`${at}/vote`, { choice: choices[0] })).statusCode, 200)
      assert.equal((await guest.delete(`${at}/vote`)).statusCode, 200)
      isEnvelope(await ann.post(at, { ...edited, privacy: 'public', revision: 1 }), 409, 20026)
      assert.equal((await ann.page(`${at}/edit`)).headers.location, `${at}/amend`)
      assert.doesNotMatch((await ann.page(`${at}/manage`)).body, /Edit poll/)
      const json = (await ann.get(at)).json()
      assert.deepEqual([json.privacy, json.voters, json.choices.length], [privacy, 0, 2])
      assert.equal((await ann.post(`${at}/close`)).statusCode, 200)
      const { edits } = (await ann.get(`${at}/history`)).json()
      assert.deepEqual(
        edits.map(({ act }: { act: string }) => act),
        ['closed']
      )
    }
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('an edit before the first vote keeps what was chosen in an open form', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const before = { question_text: 'Is it?', choice_text: ['Yes', 'No', 'Perhaps'] }
    const note = /id="edited"[^>]*>[^]*The poll was edited after you opened it/
    const race = async (edit: object) => {
      const { slug, choices } = (await ann.post('/questions', before)).json()
      const [at, id] = [`/questions/${slug}`, choices[0].id as number]
      const guest = visitor(app)
      assert.doesNotMatch((await guest.page(at)).body, note)
      assert.equal((await ann.post(at, { ...before, ...edit })).statusCode, 200)
      const form = await guest.submit(`${at}/vote`, { choice: id, revision: 1 })
      assert.equal(form.statusCode, 409)
      assert.match(form.body, note)
      assert.equal((await ann.get(at)).json().voters, 0)
      const isChosen = form.body.includes(`value="${id}" checked`)
      return { isChosen, late: (await guest.put(`${at}/vote`, { choice: id })).statusCode, at }
    }
    const kept = [
      { description: 'Of today.' },
      { choice_text: ['No', 'Perhaps', 'Yes'] },
      { choice_text: ['Yes', 'Nope', 'Perhaps'] },
      { choice_text: ['Never', 'Yes', 'No', 'Perhaps'] }
    ]
    for (const edit of kept) {
      const { isChosen, late, at } = await race(edit)
      assert.deepEqual([isChosen, late], [true, 200], JSON.stringify(edit))
      const { choices } = (await ann.get(at)).json()
      assert.deepEqual(
        choices.map((choice: { choice_text: string; votes: number }) => [choice.choice_text, choice.votes]),
        { ...before, ...edit }.choice_text.map(text => [text, Number(text === 'Yes')])
      )
    }
    const changed = [
      { choice_text: ['Yes!', 'No', 'Perhaps'] },
      { question_text: 'Is it not?' },
      { kind: 'multiple' }
    ]
    for (const edit of changed) {
      const { isChosen, late } = await race(edit)
      assert.deepEqual(
        [isChosen, late],
        [false, 422],
        `its vote would mean another thing: ${JSON.stringify(edit)}`
      )
    }
    assert.deepEqual(await audit(app.db), [])
  })

  test('what an organiser is answered has the own vote', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const send = {
      method: 'POST',
      url: '/questions',
      headers: { 'idempotency-key': 'a-poll-of-mine' }
    } as const
    const create = async () => (await ann.send({ ...send, payload: edited })).json()
    const { slug, choices, vote } = await create()
    assert.deepEqual(vote, [])
    const { id } = choices[1]
    assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: id })).statusCode, 200)
    const at = (act: string) => `/questions/${slug}/${act}`
    const answers = [
      await create(),
      (await ann.get(at('manage'))).json(),
      (await ann.post(at('amend'), { question_text: 'Is it so?' })).json(),
      (await ann.post(at('close'))).json(),
      (await ann.post(at('reopen'))).json()
    ]
    assert.deepEqual(
      answers.map(answer => answer.vote),
      answers.map(() => [id])
    )
    const room = await sendJson(ann, '/rooms', { title: 'Here', questions: [answers[0].id] })
    const inRoom = `/rooms/${room.json().id}`
    await sendJson(ann, `${inRoom}/active`, { question: answers[0].id })
    assert.deepEqual((await ann.get(`${inRoom}/present`)).json().question.vote, [id])
  })

  onEngines('if an edit and the first vote race, one of them is rejected', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    for (let round = 0; round < 20; round++) {
      const { id, slug, choices } = await ask(app, { user_id: ann.id })
      const vote = () => bob.post(`/questions/${slug}/vote`, { choice: choices[0], revision: 1 })
      const edit = () => ann.post(`/questions/${slug}`, { ...edited, revision: 1 })
      const isVoteFirst = round % 2 === 1
      const sent = isVoteFirst ? vote() : edit()
      const then = isVoteFirst ? edit() : vote()
      const [voted, saved] = await Promise.all(isVoteFirst ? [sent, then] : [then, sent])
      const statuses = `${voted.statusCode} ${saved.statusCode}`
      assert.ok(['200 409', '409 200'].includes(statuses), statuses)
      const sql = 'SELECT choice_id FROM vote WHERE question_id = ?'
      const rows = await app.db.select<{ choice_id: number }>(sql, [id])
      const counted = rows.map(({ choice_id }) => choice_id)
      assert.deepEqual(counted, voted.statusCode === 200 ? [choices[0]] : [])
    }
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines(
    'an edit of a closed poll leaves its closing time: only reopening opens it',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const past = '2026-01-01 00:00:00'
      for (const privacy of ['hidden', 'anonymous'] as const) {
        const { id, slug } = await ask(app, { user_id: ann.id, privacy })
        await change(app, id, { close_time: past })
        const url = `/questions/${slug}`
        const edit = (close_time: string | null, more: object = {}) =>
          ann.send({
            method: 'POST',
            url,
            payload: { ...edited, privacy, close_time: close_time && `${close_time}Z`, ...more }
          })
        const reopen = /^Voting is closed: reopen it/
        const isStaying = privacy === 'anonymous' ? /^Voting is closed: an anonymous poll keeps/ : reopen
        for (const close_time of [null, '2099-01-01 00:00:00']) {
          const refused = await edit(close_time)
          isEnvelope(refused, 422, 20005)
          assert.deepEqual(Object.keys(refused.json().fields), ['close_time'])
          assert.match(refused.json().fields.close_time, isStaying)
          const named = await edit(close_time, { privacy: 'hidden' })
          assert.match(named.json().fields.close_time, reopen)
          const amended = await ann.send({ method: 'POST', url: `${url}/amend`, payload: { close_time } })
          assert.match(amended.json().fields.close_time, isStaying)
        }
        const page = await ann.submit(url, { ...edited, privacy, close_time: '2099-01-01T00:00' })
        assert.equal(page.statusCode, 422)
        assert.match(page.body, /name="close_time"[^>]* aria-invalid="true"/)
        const answer = await edit(past)
        assert.equal(answer.statusCode, 200, answer.body)
        const { question_text, open, close_time } = answer.json()
        assert.deepEqual([question_text, open, close_time], [edited.question_text, false, past])
        assert.deepEqual(await app.db.select('SELECT 1 FROM question_key WHERE question_id = ?', [id]), [])
      }
    }
  )

  onEngines('closing and reopening are idempotent, and all viewers see them', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const { id, slug, choices } = await ask(app, { user_id: ann.id })
    const at = (act: string) => `/questions/${slug}/${act}`
    assert.match((await ann.page(at('close'))).body, /<h1>Close voting\?/)
    const closed = (await ann.post(at('close'))).json()
    assert.deepEqual([closed.error_code, closed.open], [0, false])
    assert.equal((await ann.post(at('close'))).json().closed_time, closed.closed_time)
    assert.equal((await ann.submit(at('close'), {})).headers.location, `${at('manage')}?done=closed#done`)
    assert.doesNotMatch((await ann.page(at('manage'))).body, /No closing time/)
    isEnvelope(await bob.put(at('vote'), { choice: choices[0] }), 409, 20012)
    assert.match((await visitor(app).page(`/questions/${slug}`)).body, /Closed on .* UTC/)
    assert.equal((await ann.post(at('reopen'))).json().open, true)
    const { reopened_time } = (await ann.post(at('reopen'))).json()
    assert.match(reopened_time, /^\d{4}-/)
    assert.match((await visitor(app).page(`/questions/${slug}`)).body, /Reopened on .* UTC/)
    assert.equal((await bob.put(at('vote'), { choice: choices[0] })).statusCode, 200)

    await change(app, id, { close_time: '2026-01-01 00:00:00' })
    isEnvelope(await ann.post(at('reopen')), 422, 20005)
    const past = await ann.submit(at('reopen'), { close_time: '2026-01-02T00:00' })
    assert.equal(past.statusCode, 422)
    assert.match(past.body, /This time is in the past.*value="2026-01-02T00:00"/s)
    const asked = await ann.page(at('reopen'))
    assert.match(asked.body, /name="close_time" type="datetime-local" value=""/)
    assert.equal((await ann.submit(at('reopen'), { close_time: '2031-01-02T00:00' })).statusCode, 303)
    const json = (await ann.get(`/questions/${slug}`)).json()
    assert.deepEqual([json.open, json.close_time], [true, '2031-01-02 00:00:00'])
    for (const close_time of ['2031-01-02 00:00', '2031-01-02T00:00:00Z', undefined])
      assert.equal(
        (await ann.send({ method: 'POST', url: at('reopen'), payload: { close_time } })).statusCode,
        200
      )
    for (const close_time of ['2031-01-02 00:01', null]) {
      const late = await ann.send({ method: 'POST', url: at('reopen'), payload: { close_time } })
      isEnvelope(late, 422, 20005)
      assert.deepEqual(Object.keys(late.json().fields), ['close_time'])
    }
    for (const close_time of ['2031-01-02T00:00', 'hour'])
      assert.equal((await ann.submit(at('reopen'), { close_time })).statusCode, 303, 'the form is sent again')
    assert.equal((await ann.get(`/questions/${slug}`)).json().close_time, '2031-01-02 00:00:00')
    await change(app, id, { close_time: '2026-01-01 00:00:00' })
    assert.equal((await ann.submit(at('reopen'), { close_time: '' })).statusCode, 303)
    assert.equal((await ann.get(`/questions/${slug}`)).json().close_time, null)
  })

  onEngines('with 200 concurrent voters no vote is counted after the close', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id })
    const voters = await members(app, 200)
    const cast = (voter: (typeof voters)[number]) =>
      voter.put(`/questions/${slug}/vote`, { choice: choices[0] })
    const early = voters.slice(0, 100).map(cast)
    const closing = ann.post(`/questions/${slug}/close`)
    const late = voters.slice(100).map(cast)
    const { closed_time } = (await closing).json()
    const count = () => app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = ?', [id])
    const standing = (await count())!.voters
    const answers = await Promise.all([...early, ...late])
    const counted = answers.filter(({ statusCode }) => statusCode === 200)
    for (const answer of counted) assert.ok(answer.json().cast_time <= closed_time)
    for (const answer of answers) if (answer.statusCode !== 200) isEnvelope(answer, 409, 20012)
    assert.equal(counted.length, standing)
    assert.equal((await count())!.voters, standing)
    assert.deepEqual(await audit(app.db), [])
  })

  test('an organiser who sees what others do not is told so directly above the result', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const [results, open, closed] of [
      ['always', null, null],
      [
        'after_vote',
        'You see the results; others see them after they vote, and everyone after the poll closes',
        null
      ],
      ['after_close', 'You see the results; others see them after the poll closes', null],
      ['owner', 'Only you see the results', 'Only you see the results']
    ] as const) {
      const { id, slug } = await ask(app, { user_id: ann.id, results })
      const isTold = async (sentence: string | null) => {
        for (const page of ['', '/manage', '/results']) {
          const { body } = await ann.page(`/questions/${slug}${page}`)
          const [, said = null] = /<p class="muted">([^<]*)<\/p>\s*<section id="result"/.exec(body) ?? []
          assert.equal(said, sentence, `${results} ${page}`)
        }
      }
      await isTold(open)
      await change(app, id, { closed_time: '2020-01-01 00:00:00' })
      await isTold(closed)
    }
  })

  test('the settings of a poll have short names, not the labels of its form', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id, quorum: 2, max_ballots: 9 })
    const { body } = await ann.page(`/questions/${slug}/manage`)
    assert.match(body, /<dt>Quorum<\/dt><dd>2<\/dd>/)
    assert.match(body, /<dt>Maximum number of votes<\/dt><dd>9<\/dd>/)
    assert.doesNotMatch(body, /<dt>[^<]*\(optional\)/)
  })

  onEngines('deleting shows the loss, deletes the votes, and the poll is 410 then', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const { id, slug, choices } = await ask(app, { user_id: ann.id })
    await bob.put(`/questions/${slug}/vote`, { choice: choices[0] })
    assert.match((await ann.page(`/questions/${slug}/delete`)).body, /its 1 vote\. It cannot be undone/)
    assert.equal((await ann.get(`/questions/${slug}`)).statusCode, 200, 'GET changes nothing')
    const { location } = (await ann.submit(`/questions/${slug}/delete`, {})).headers
    assert.equal(location, '/?done=deleted#done')
    assert.match((await ann.page('/?done=deleted')).body, /id="done" tabindex="-1">.*The poll is deleted\./)
    assert.doesNotMatch((await ann.page('/?done=x')).body, /The poll is deleted/)
    const gone = /removed by its organiser on \w+, \d+ \w+ \d{4}, \d\d:\d\d UTC/
    for (const who of [ann, bob, visitor(app)]) isPage(await who.page(`/questions/${slug}`), 410, gone)
    for (const act of acts) isEnvelope(await ann.get(`/questions/${slug}/${act}`), 410, 20011)
    isEnvelope(await ann.post(`/questions/${slug}/delete`), 410, 20011)
    isEnvelope(await ann.post(`/questions/${slug}`, edited), 410, 20011)
    isEnvelope(await bob.put(`/questions/${slug}/vote`, { choice: choices[0] }), 410, 20011)
    assert.deepEqual(await app.db.select('SELECT * FROM vote WHERE question_id = ?', [id]), [])
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a removed poll says when in the zone of the site', async (t, engine) => {
    const app = await build(t, engine, { server: { timeZone: 'Europe/Berlin' } })
    const { id, slug } = await ask(app)
    const removed = "UPDATE question SET delete_flag = 1, removed_time = '2026-07-01 22:30:00' WHERE id = ?"
    await app.db.execute(removed, [id])
    const gone = /removed by its organiser on Thu, 2 Jul 2026, 00:30 CEST/
    const guest = visitor(app)
    isPage(await guest.page(`/questions/${slug}`), 410, gone)
    assert.match((await guest.get(`/questions/${slug}`)).json().error_msg, gone)
  })
})
