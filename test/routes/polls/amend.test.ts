/**
 * /questions/:question/amend, /history: corrections of a poll with votes, and who learns of them.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change, ofDates } from '../../support/polls.ts'

type Answer = Parameters<typeof isEnvelope>[0]

interface Line {
  act: string
  choice_id: number | null
  before: string | null
  after: string | null
  revision: number
}

/** Checks that this field alone was refused. */
function refuses(answer: Answer, field: string) {
  isEnvelope(answer, 422, 20005)
  assert.deepEqual(Object.keys(answer.json().fields), [field])
}

const decide = (app: FastifyInstance, question: number, choice: number) =>
  app.db.execute('UPDATE question SET decided_id = ?, decision_time = create_time WHERE id = ?', [
    choice,
    question
  ])

describe('/amend', () => {
  onEngines(
    'by JSON: texts by id, new and retired options, closing time, wider results',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { id, slug, choices } = await ask(app, { user_id: ann.id, results: 'after_close' }, [
        'Sea',
        'Hills',
        'City'
      ])
      await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
      const at = `/questions/${slug}/amend`
      const send = (payload: unknown) => ann.send({ method: 'POST', url: at, payload: payload as object })
      const answer = await send({
        revision: 1,
        question_text: 'Where to in May?',
        choices: [
          { id: choices[0], choice_text: 'Seaside' },
          { id: choices[2], retired: true }
        ],
        choice_text: ['Lake'],
        confirm: true,
        close_time: '2099-01-01 00:00',
        results: 'always'
      })
      assert.equal(answer.statusCode, 200, answer.body)
      const poll = answer.json()
      assert.deepEqual(
        poll.choices.map((one: { choice_text: string; delete_flag: number; votes: number }) => [
          one.choice_text,
          one.delete_flag,
          one.votes
        ]),
        [
          ['Seaside', 0, 1],
          ['Hills', 0, 0],
          ['City', 1, 0],
          ['Lake', 0, 0]
        ]
      )
      assert.deepEqual(
        [poll.question_text, poll.results, poll.close_time, poll.revision, poll.edits],
        ['Where to in May?', 'always', '2099-01-01 00:00:00', 2, 6]
      )

      const guest = visitor(app)
      const { edits, next } = (await guest.get(`/questions/${slug}/history`)).json()
      assert.equal(next, null)
      assert.deepEqual(edits.map((one: Line) => [one.act, one.before, one.after]).toReversed(), [
        ['question_text', 'Is it?', 'Where to in May?'],
        ['choice_text', 'Sea', 'Seaside'],
        ['choice_retired', 'City', null],
        ['choice_added', null, 'Lake'],
        ['close_time', null, '2099-01-01 00:00:00'],
        ['results', 'after_close', 'always']
      ])
      const csv = await guest.get(`/questions/${slug}/history?format=csv`)
      assert.match(csv.body, /,choice_text,\d+,Sea,Seaside\r\n/)
      const byType = await guest.send({ url: `/questions/${slug}/history`, headers: { accept: 'text/csv' } })
      assert.equal(byType.body, csv.body)
      const exported = (await ann.get(`/questions/${slug}/ballots`)).json()
      assert.deepEqual(exported.edits, edits.toReversed())

      isEnvelope(await send({ revision: 1, question_text: 'Late?' }), 409, 20028)
      for (const [payload, field] of [
        [{ kind: 'multiple' }, 'kind'],
        [{ audience: 'members' }, 'audience'],
        [{ min_choices: 2 }, 'min_choices'],
        [{ max_choices: 2 }, 'max_choices'],
        [{ revote: false }, 'revote'],
        [{ listed: true }, 'listed'],
        [{ time_zone: 'UTC' }, 'time_zone'],
        [{ choice_starts: ['2026-12-09'], confirm: true }, 'choice_starts'],
        [{ choice_ends: ['2026-12-09'] }, 'choice_starts'],
        [{ choice_starts: ['2026-12-09'], choice_text: 'River', confirm: true }, 'choice_starts'],
        [{ results: 'owner' }, 'results'],
        [{ choice_text: 'River' }, 'confirm'],
        [{ choices: [{ id: 1, choice_text: 'x' }] }, 'choices'],
        [{ choices: [{ id: choices[2], retired: false }] }, 'choices'],
        [{ choices: 'x' }, 'choices'],
        [{ question_text: '' }, 'question_text'],
        [{ close_time: '2020-01-01 00:00' }, 'close_time']
      ] as const)
        refuses(await send(payload), field)
      const { fields } = (await send({ suggestions: 'on' })).json()
      assert.deepEqual(fields, { suggestions: 'This is changed at /questions/:question/suggestions' })
      assert.equal((await send(null)).statusCode, 200, 'nothing to change')
      assert.equal((await ann.get(`/questions/${slug}`)).json().revision, 2)
      isEnvelope(await (await member(app)).post(at, { question_text: 'Mine?' }), 403, 20025)
      isEnvelope(await visitor(app).post(at, { question_text: 'Mine?' }), 401, 20006)
    }
  )

  test('a form that sends the list of JSON is refused, instead of dropped', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id }, ['Sea', 'Hills', 'City'])
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const at = `/questions/${slug}/amend`
    for (const sent of [String(choices[1]), `[{"id":${choices[1]},"choice_text":"Mountains"}]`, ''])
      refuses(await ann.post(at, { choices: sent }), 'choices')
    const fields = { [`text-${choices[1]}`]: 'Mountains', retire: choices[2] }
    const { choices: corrected } = (await ann.post(at, fields)).json()
    assert.deepEqual(
      corrected.map((one: { choice_text: string; delete_flag: number }) => [
        one.choice_text,
        one.delete_flag
      ]),
      [
        ['Sea', 0],
        ['Mountains', 0],
        ['City', 1]
      ]
    )
  })

  test('all options can be renamed or replaced at once, in any script', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const numbers = Array.from({ length: 50 }, (_, n) => String(n))
    const { id, slug, choices } = await ask(app, { user_id: ann.id }, numbers)
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const longest = (n: number) => '😀'.repeat(199) + String.fromCodePoint(0x4e00 + n)
    const texts = choices.map((choice, n) => [`text-${choice}`, longest(n)] as const)
    const form = {
      ...Object.fromEntries(texts),
      description: '😀'.repeat(2000),
      confirm: '1',
      retire: choices,
      choice_text: numbers.map(n => longest(50 + Number(n)))
    }
    assert.equal((await ann.submit(`/questions/${slug}/amend`, form)).statusCode, 303)
  })

  test('by its form, which comes back as it was typed', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id }, ['Sea', 'Hills', 'City'])
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    assert.match((await ann.page(`/questions/${slug}/manage`)).body, /\/amend"/)
    const at = `/questions/${slug}/amend`
    const form = fieldsOf((await ann.page(at)).body, at)
    const typed = { ...form, [`text-${choices[1]}`]: '', retire: choices[2]!, choice_text: 'Lake\nRiver' }
    const refused = await ann.submit(at, typed)
    assert.equal(refused.statusCode, 422)
    const again = fieldsOf(refused.body, at)
    assert.equal(again[`text-${choices[1]}`], '')
    assert.match(refused.body, /<textarea id="choice_text"[^>]*>Lake\nRiver</)
    const done = await ann.submit(at, { ...typed, [`text-${choices[1]}`]: 'Mountains', confirm: ['0', '1'] })
    assert.equal(done.headers.location, `/questions/${slug}/manage?done=amended#done`, done.body)
    const page = await ann.page(`/questions/${slug}/history`)
    assert.match(page.body, /Hills.*Mountains/s)
    assert.match(page.body, /City<\/bdi>” can no longer be chosen/)
    assert.match((await ann.page(`/questions/${slug}/manage`)).body, /Changed 4 times/)
    await change(app, id, { closed_time: '2026-01-01 00:00:00' })
    refuses(await ann.post(at, { close_time: '2099-01-01T10:00' }), 'close_time')
  })

  onEngines(
    'days and times are added in the order of time, also by the rows of the form',
    async (t, engine) => {
      const app = await build(t, engine)
      const [ann, bob] = [await member(app), await member(app)]
      const { slug, choices } = await ask(app, { user_id: ann.id, ...ofDates(2) }, [
        { starts: '2026-12-04', ends: null },
        { starts: '2026-12-06', ends: null }
      ])
      const [poll, at] = [`/questions/${slug}`, `/questions/${slug}/amend`]
      const vote = { choice: choices, value: [2, 1] }
      assert.equal((await bob.put(`${poll}/vote`, vote)).statusCode, 200)
      const send = (payload: object) => ann.send({ method: 'POST', url: at, payload })
      refuses(await send({ choice_starts: ['2026-12-05'] }), 'confirm')
      refuses(await send({ choice_starts: ['2026-12-06'], confirm: true }), 'choice_starts')
      refuses(await send({ choice_starts: ['2026-12-05 25:00'], confirm: true }), 'choice_starts')
      refuses(
        await send({ choice_starts: ['2026-03-29T02:30'], choice_ends: ['x'], confirm: true }),
        'choice_ends'
      )
      refuses(await send({ choice_text: ['Friday'], confirm: true }), 'choice_text')
      const starts = { choice_starts: ['2026-12-05T17:00Z', '2026-12-03'], choice_ends: [null, '2026-12-04'] }
      const answer = await send({ ...starts, confirm: true })
      assert.equal(answer.statusCode, 200, answer.body)
      const { min_choices, max_choices } = answer.json()
      assert.deepEqual([min_choices, max_choices], [4, 4])

      const form = fieldsOf((await ann.page(at)).body, at)
      const rows = { choice_day: ['2026-12-05', ''], choice_start: ['20:15', ''], choice_end: ['21:00', ''] }
      const refused = await ann.submit(at, { ...form, ...rows })
      assert.equal(refused.statusCode, 422)
      const again = fieldsOf(refused.body, at)
      assert.match(
        refused.body,
        /role="group" aria-labelledby="(option-\d+)">\s*<bdi id="\1">Sun, 6 Dec 2026<\/bdi>\s*<label[^>]*><input[^>]*name="retire"/
      )
      assert.deepEqual(
        [again.choice_day, again.choice_start, again.choice_end].map(all => all?.[0]),
        ['2026-12-05', '20:15', '21:00']
      )
      const done = await ann.submit(at, { ...again, confirm: ['0', '1'] })
      assert.equal(done.statusCode, 303, done.body)
      const { choices: options, vote: own } = (await bob.get(poll)).json()
      assert.deepEqual(
        options.map((one: { starts: string; ends: string | null; choice_text: string }) => [
          one.starts,
          one.ends,
          one.choice_text
        ]),
        [
          ['2026-12-03', '2026-12-04', '2026-12-03 – 2026-12-04'],
          ['2026-12-04', null, '2026-12-04'],
          ['2026-12-05 17:00:00', null, '2026-12-05 18:00 GMT+1'],
          ['2026-12-05 19:15:00', '2026-12-05 20:00:00', '2026-12-05 20:15–21:00 GMT+1'],
          ['2026-12-06', null, '2026-12-06']
        ]
      )
      assert.deepEqual(own, choices, 'the vote is for what it was for')
      const { edits } = (await bob.get(`${poll}/history`)).json()
      assert.deepEqual(edits.map((one: Line) => one.after).toReversed(), [
        '2026-12-03 – 2026-12-04',
        '2026-12-05 18:00 GMT+1',
        '2026-12-05 20:15–21:00 GMT+1'
      ])
      assert.equal((await send({ choices: [{ id: choices[1], retired: true }] })).statusCode, 200)
      for (const page of [poll, `${poll}/history`]) {
        const { body } = await bob.page(page)
        assert.match(body, /“<time class="when" datetime="2026-12-05T17:00:00Z">Sat, 5 Dec 2026/, page)
        assert.match(body, /“<time class="when" datetime="2026-12-06">Sun, 6 Dec 2026<\/time>” can no/, page)
        assert.doesNotMatch(body, /2026-12-0\d[ <”–]/, page)
      }
      assert.match(
        (await bob.page(`${poll}/vote`)).body,
        /“<time class="when" datetime="2026-12-06">[^”]*” can no/
      )
    }
  )

  onEngines('a field that was emptied stays empty in a form that comes back', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const settings = { user_id: ann.id, close_time: '2099-01-01 00:00:00', retention_days: 30 }
    const { id, slug, choices } = await ask(app, settings)
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const at = `/questions/${slug}/amend`
    const form = fieldsOf((await ann.page(at)).body, at)
    const shown = (body: string) => {
      const { close_time, retention_days, description } = fieldsOf(body, at)
      return { close_time, retention_days, description }
    }
    const empty = { close_time: ['', ''], retention_days: '', description: '' }
    const sent = { ...form, ...empty, choice_text: 'Maybe' }
    // The schema accepts it, and the model asks to confirm the new option: the form has what was
    // read.
    const refused = await ann.submit(at, sent)
    assert.equal(refused.statusCode, 422)
    assert.deepEqual(shown(refused.body), empty)
    const late = await ann.submit(at, { ...sent, confirm: ['0', '1'], revision: '2' })
    assert.equal(late.statusCode, 409)
    assert.deepEqual(shown(late.body), empty)
    const saved = { ...fieldsOf(late.body, at), confirm: ['0', '1'], retention_days: '30' }
    assert.equal((await ann.submit(at, saved)).statusCode, 303)
    assert.equal((await ann.get(`/questions/${slug}`)).json().close_time, null)
  })

  onEngines('a closing time that its form leaves as shown stays as it is now', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id })
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const at = `/questions/${slug}/amend`
    const closing = async () => (await ann.get(`/questions/${slug}`)).json().close_time as string | null
    const form = fieldsOf((await ann.page(at)).body, at)
    await app.management.setTimer(id, ann.id, 300)
    const timed = await closing()
    assert.notEqual(timed, null)
    const refused = await ann.submit(at, { ...form, question_text: '' })
    assert.equal(refused.statusCode, 422)
    const again = await ann.submit(at, { ...fieldsOf(refused.body, at), choice_text: 'Maybe' })
    assert.equal(again.statusCode, 422, 'read, and then refused')
    const saved = { ...fieldsOf(again.body, at), question_text: 'Is it now?', choice_text: '' }
    assert.equal((await ann.submit(at, saved)).statusCode, 303)
    assert.equal(await closing(), timed)
    const later = fieldsOf((await ann.page(at)).body, at)
    await app.management.setTimer(id, ann.id, 0)
    assert.equal((await ann.submit(at, { ...later, question_text: 'And now?' })).statusCode, 303)
    assert.equal(await closing(), null)
    const shown = fieldsOf((await ann.page(at)).body, at)
    await app.management.setTimer(id, ann.id, 300)
    assert.equal((await ann.submit(at, { ...shown, close_time: '2099-01-01T00:00' })).statusCode, 303)
    assert.equal(await closing(), '2099-01-01 00:00:00')
    const last = fieldsOf((await ann.page(at)).body, at)
    assert.equal((await ann.submit(at, { ...last, close_time: '' })).statusCode, 303)
    assert.equal(await closing(), null, 'emptied')
  })

  test('a voter is told what was reworded after the vote, and keeps or changes it', async t => {
    const app = await build(t, embedded)
    const [ann, guest] = [await member(app), visitor(app)]
    const { slug, choices } = await ask(app, { user_id: ann.id }, ['Sea', 'Hills'])
    const [poll, vote] = [`/questions/${slug}`, `/questions/${slug}/vote`]
    const form = fieldsOf((await guest.page(poll)).body, vote)
    await guest.submit(vote, { ...form, choice: choices[0] })
    assert.doesNotMatch((await guest.page(poll)).body, /id="changed"/)
    const payload = { choices: [{ id: choices[0], choice_text: 'Seaside <b>' }] }
    assert.equal((await ann.send({ method: 'POST', url: `${poll}/amend`, payload })).statusCode, 200)

    const told = await guest.page(poll)
    assert.match(
      told.body,
      /id="changed"[\s\S]*The option “<bdi>Sea<\/bdi>” was reworded: “<bdi>Seaside &lt;b&gt;/
    )
    assert.doesNotMatch(
      (await visitor(app).page(poll)).body,
      /id="changed"/,
      'who has not voted is told nothing'
    )
    assert.equal((await guest.get(vote)).json().revision, 1)

    // A form of the older revision stores nothing: the choice is kept, the change marked.
    const late = await guest.submit(vote, { ...form, choice: choices[1] })
    assert.equal(late.statusCode, 409)
    assert.match(late.body, new RegExp(`value="${choices[1]}" checked`))
    assert.match(late.body, /class="changed">Was: “<bdi>Sea</)
    assert.deepEqual((await guest.get(vote)).json().choice, [choices[0]])

    const keep = fieldsOf(told.body, vote)
    assert.equal(Number(keep.revision), 2)
    const kept = await guest.submit(vote, keep)
    assert.equal(kept.statusCode, 303)
    const { choice, revision } = (await guest.get(vote)).json()
    assert.deepEqual([choice, revision], [[choices[0]], 2])
    assert.doesNotMatch((await guest.page(poll)).body, /id="changed"/)
  })

  test('a form tells that the question was reworded and an option of the vote retired', async t => {
    const app = await build(t, embedded, { server: { publicUrl: 'https://polls.example' } })
    const [ann, guest, framed] = [await member(app), visitor(app), visitor(app)]
    const settings = { user_id: ann.id, question_text: 'Do you agree?', embed_origins: '*' }
    const { slug, choices } = await ask(app, settings, ['Yes', 'No', 'Maybe'])
    const [poll, vote, frame] = [`/questions/${slug}`, `/questions/${slug}/vote`, `/embed/${slug}`]
    const form = fieldsOf((await guest.page(poll)).body, vote)
    const returns = String((await framed.page(frame)).headers.location)
    const formOfFrame = fieldsOf((await framed.page(returns)).body, frame)
    const amend = async (payload: object) =>
      assert.equal((await ann.send({ method: 'POST', url: `${poll}/amend`, payload })).statusCode, 200)
    await amend({ question_text: 'Do you disagree?', choices: [{ id: choices[2], retired: true }] })
    const told =
      /“<bdi>Do you agree\?<[\s\S]*“<bdi>Maybe<\/bdi>” can no longer be chosen[\s\S]*<form method="post"/
    for (const late of [
      await guest.submit(vote, { ...form, choice: choices[2] }),
      await framed.submit(frame, { ...formOfFrame, choice: choices[2] })
    ]) {
      assert.equal(late.statusCode, 409)
      assert.match(late.body, told)
    }

    // A vote that is changed, also after its voter kept it.
    await guest.submit(vote, { ...fieldsOf((await guest.page(poll)).body, vote), choice: choices[1] })
    assert.doesNotMatch((await guest.page(vote)).body, /id="changes-above"/)
    await amend({ choice_text: ['Other'], confirm: true, choices: [{ id: choices[1], retired: true }] })
    const lost = /“<bdi>No<\/bdi>” can no longer be chosen/g
    assert.equal((await guest.page(vote)).body.match(lost)?.length, 1)
    await guest.submit(vote, fieldsOf((await guest.page(poll)).body, vote))
    assert.equal((await guest.get(vote)).json().revision, 3)
    assert.equal((await guest.page(vote)).body.match(lost)?.length, 1)
  })

  onEngines('the ranks of a form close up where a retired option had one', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, guest] = [await member(app), visitor(app)]
    const settings = { user_id: ann.id, kind: 'ranked', count_method: 'irv', max_choices: 4 } as const
    const { slug, choices } = await ask(app, settings, ['Sea', 'Hills', 'City', 'Moor'])
    const [poll, vote] = [`/questions/${slug}`, `/questions/${slug}/vote`]
    const [sea, hills, city, moor] = choices.map(id => `value-${id}`) as [string, string, string, string]
    const first = fieldsOf((await guest.page(poll)).body, vote)
    const ranks = { ...first, [sea]: '2', [hills]: '1', [city]: '3', [moor]: '' }
    assert.equal((await guest.submit(vote, ranks)).statusCode, 303)
    const payload = { choices: [{ id: choices[0], retired: true }] }
    assert.equal((await ann.send({ method: 'POST', url: `${poll}/amend`, payload })).statusCode, 200)
    const late = await guest.submit(vote, { ...first, [sea]: '2', [hills]: '3', [city]: '1' })
    for (const [{ body }, expected] of [
      [await guest.page(vote), ['1', '2', '']],
      [late, ['2', '1', '']]
    ] as const) {
      const form = fieldsOf(body, vote)
      assert.deepEqual([form[hills], form[city], form[moor]], expected)
      assert.equal((await guest.submit(vote, form)).statusCode, 303)
    }
    assert.deepEqual((await guest.get(vote)).json().choice, [choices[2], choices[1]])
  })

  onEngines('the line of a reopening has the former closing time and the new one', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, slug, choices } = await ask(app, { user_id: ann.id })
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    const reopen = async (closed: Parameters<typeof change>[2], close_time: string) => {
      await change(app, id, closed)
      const answer = await ann.post(`/questions/${slug}/reopen`, { close_time })
      assert.equal(answer.statusCode, 200, answer.body)
    }
    const [over, ahead] = ['2026-01-02 00:00:00', '2099-01-01 00:00:00']
    await reopen({ close_time: over }, ahead)
    await reopen({ closed_time: over }, ahead)
    await reopen({ close_time: over }, '')
    await reopen({ closed_time: over }, '')
    const { edits } = (await visitor(app).get(`/questions/${slug}/history`)).json()
    assert.deepEqual(
      edits.map(({ act, before, after }: Line) => [act, before, after]),
      [
        ['reopened', null, null],
        ['reopened', over, null],
        ['reopened', ahead, ahead],
        ['reopened', over, ahead]
      ]
    )
    const { body } = await visitor(app).page(`/questions/${slug}/history`)
    const time = (year: string) => `<time[^>]*>[^<]*${year}[^<]*</time>`
    const sentences = [
      'Voting was opened again, closing time: none.',
      `Voting was opened again. Closing time: ${time('2026')}, now none.`,
      `Voting was opened again, closing time: ${time('2099')}.`,
      `Voting was opened again. Closing time: ${time('2026')}, now ${time('2099')}.`
    ]
    assert.match(body, new RegExp(sentences.join('</p>[^]*<p>').replaceAll('. ', '\\. ')))
  })

  onEngines(
    'closing and reopening a poll with votes are lines too; the history is read page by page',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { id, slug, choices } = await ask(app, { user_id: ann.id })
      await ann.post(`/questions/${slug}/close`)
      await ann.post(`/questions/${slug}/reopen`, { close_time: '' })
      await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
      for (let n = 0; n < 11; n++) {
        await ann.post(`/questions/${slug}/close`)
        await ann.post(`/questions/${slug}/reopen`, { close_time: '' })
      }
      const acts: string[] = []
      let query: string | null = ''
      while (query !== null) {
        const answer: Answer = await ann.get(`/questions/${slug}/history${query}`)
        const page: { edits: Line[]; next: string | null } = answer.json()
        acts.push(...page.edits.map(one => one.act))
        query = page.next === null ? null : `?after=${page.next}`
      }
      assert.deepEqual(acts, Array.from({ length: 11 }, () => ['reopened', 'closed']).flat())
      assert.match((await ann.page(`/questions/${slug}/history`)).body, /rel="next"/)
    }
  )

  onEngines(
    'the database refuses to change or delete a line',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { id, choices } = await ask(app, { user_id: ann.id })
      await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
      await app.management.close(id, { owner: ann.id })
      await assert.rejects(app.db.execute('UPDATE question_edit SET revision = 9'))
      await assert.rejects(app.db.execute('DELETE FROM question_edit'))
      assert.equal((await Array.fromAsync(app.history.parts(id))).flat().length, 1)
    },
    [embedded]
  )

  test('a refused form keeps all options that are to be added', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const at = `/questions/${slug}/amend`
    const form = fieldsOf((await ann.page(at)).body, at)
    const choice_text = Array.from({ length: 50 }, (_, n) => `${n}`.padEnd(2) + '😀'.repeat(198)).join('\n')
    const refused = await ann.submit(at, { ...form, choice_text, question_text: '' })
    assert.equal(refused.statusCode, 422)
    assert.equal(fieldsOf(refused.body, at).choice_text, choice_text)
  })

  onEngines('all mistakes of a form are told at once, each at its field', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const settings = { user_id: ann.id, results: 'after_close', retention_days: 30 } as const
    const { id, slug, choices } = await ask(app, settings, ['Sea', 'Hills', 'City'])
    await app.ballots.cast({ question: id, voter: 'u:1', choices: [choices[0]!] })
    await decide(app, id, choices[2]!)
    const at = `/questions/${slug}/amend`
    const form = fieldsOf((await ann.page(at)).body, at)
    const wrong = {
      ...form,
      close_time: '2020-01-01T10:00',
      results: 'owner',
      retire: String(choices[2]),
      retention_days: '31',
      choice_text: 'Lake'
    }
    const named = ['choices', 'close_time', 'confirm', 'results', 'retention_days']
    const linked = (body: string) => [...body.matchAll(/<a href="#(\w+)">/g)].map(([, name]) => name!)
    const told = async (fields: Record<string, string | string[]>) => {
      const answer = await ann.submit(at, fields)
      assert.equal(answer.statusCode, 422)
      return linked(answer.body).toSorted()
    }
    assert.deepEqual(await told(wrong), named)
    assert.deepEqual(await told({ ...wrong, question_text: '' }), [...named, 'question_text'].toSorted())
    assert.deepEqual(
      await told({ ...wrong, question_text: '', [`text-${choices[0]}`]: 'x'.repeat(201) }),
      [...named, 'question_text'].toSorted()
    )
    const { revision } = (await app.db.fetchone<{ revision: number }>(
      'SELECT revision FROM question WHERE id = ?',
      [id]
    ))!
    assert.equal(revision, 1)
    const payload = {
      close_time: '2020-01-01T10:00',
      results: 'owner',
      choices: [{ id: choices[2], retired: true }]
    }
    const toldInJson = async (more: object) => {
      const answer = await ann.send({ method: 'POST', url: at, payload: { ...payload, ...more } })
      assert.equal(answer.statusCode, 422)
      return Object.keys(answer.json().fields).toSorted()
    }
    const namedInJson = ['choices', 'close_time', 'results']
    assert.deepEqual(await toldInJson({}), namedInJson)
    assert.deepEqual(await toldInJson({ question_text: '' }), [
      'choices',
      'close_time',
      'question_text',
      'results'
    ])
    assert.deepEqual(await toldInJson({ description: 5, choice_text: ['Lake'] }), [
      'choices',
      'close_time',
      'confirm',
      'description',
      'results'
    ])
    assert.deepEqual(await toldInJson({ choice_text: ['Lake', 'x'.repeat(201)] }), [
      'choice_text',
      ...namedInJson
    ])
    const retired = payload.choices[0]!
    assert.deepEqual(await toldInJson({ choices: [{ ...retired, choice_text: '' }] }), namedInJson)
    for (const choices of ['x', [null], [{ id: 'x' }]])
      assert.ok((await toldInJson({ choices, question_text: '' })).includes('question_text'))
    const foreign = await (await member(app)).send({
      method: 'POST',
      url: at,
      payload: { question_text: '' }
    })
    isEnvelope(foreign, 422, 20005)
    assert.deepEqual(Object.keys(foreign.json().fields), ['question_text'])
  })

  test('the form offers only results that more people see, and marks the box that is wrong', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const offered = async (slug: string) => {
      const { body } = await ann.page(`/questions/${slug}/amend`)
      const radios = [...body.matchAll(/name="results" value="(\w+)"([^>]*)>/g)]
      return radios.filter(([, , more]) => !more!.includes('disabled')).map(([, value]) => value)
    }
    const settings = { user_id: ann.id, results: 'after_close' } as const
    const { slug } = await ask(app, settings)
    assert.deepEqual(await offered(slug), ['always', 'after_vote', 'after_close'])
    const named = await ask(app, { ...settings, privacy: 'public' })
    assert.deepEqual(await offered(named.slug), ['after_close'])

    const days = await ask(app, { user_id: ann.id, ...ofDates(3) }, [
      { starts: '2026-12-04', ends: null },
      { starts: '2026-12-05', ends: null },
      { starts: '2026-12-06', ends: null }
    ])
    await decide(app, days.id, days.choices[1]!)
    const at = `/questions/${days.slug}/amend`
    const { body } = await ann.submit(at, { retire: String(days.choices[1]) })
    const boxes = [...body.matchAll(/name="retire" value="(\d+)"([^>]*)>/g)]
    const invalid = boxes.filter(([, , more]) => more!.includes('aria-invalid="true"'))
    assert.deepEqual(
      invalid.map(([, value]) => Number(value)),
      [days.choices[1]]
    )
    assert.match(invalid[0]![2]!, /aria-describedby="choices-help"/)
    assert.match(body, /<small id="choices-help" class="wrong">/)
  })
})
