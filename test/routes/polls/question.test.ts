/** /questions/:question and its choices: visibility and URLs. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KINDS } from '../../../app/values/kinds.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'

interface Choice {
  votes: number | null
}

interface Option {
  choice_text: string
  capacity?: number
  starts?: string
  ends?: string | null
}

/** A poll without its options, which an edit stores again. */
const settingsOf = ({ choices: _options, ...settings }: Record<string, unknown>) => settings

/**
 * What voters choose between: the text of each option, its seats and its date, where it has them.
 */
const offered = (choices: Option[]) =>
  choices.map(({ choice_text, capacity, starts, ends }) =>
    [choice_text, capacity, starts, ends].filter(value => value !== undefined)
  )

describe('/questions/:question', () => {
  onEngines('the choices are the tutorial’s bare array, at both URLs', async (t, engine) => {
    const app = await build(t, engine)
    const answer = await visitor(app).send({ url: '/question/1/choice', headers: { accept: '*/*' } })
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    const choices = answer.json()
    assert.deepEqual(
      choices.map((choice: object) => Object.keys(choice)),
      choices.map(() => ['id', 'delete_flag', 'choice_text', 'votes', 'question_id', 'create_time'])
    )
    const { create_time, ...first } = choices[0]
    assert.match(create_time, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    assert.deepEqual(first, { id: 1, delete_flag: 0, choice_text: 'python', votes: 3, question_id: 1 })
    for (const url of ['/questions/1/choice', '/question/sample-language/choice']) {
      assert.equal((await visitor(app).get(url)).body, answer.body, url)
    }
  })

  onEngines('an unlisted poll is found by its slug only, by its audience only', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const open = await ask(app, { listed: 0, audience: 'link' })
    const inner = await ask(app, { listed: 0, audience: 'members' })
    for (const who of [ann, visitor(app)]) {
      for (const { id } of [open, inner]) {
        for (const url of [`/questions/${id}`, `/question/${id}/choice`]) {
          assert.deepEqual(
            [(await who.get(url)).statusCode, (await who.get(url)).json().error_code],
            [404, 20010]
          )
        }
      }
      assert.equal((await who.get(`/questions/${open.slug}`)).statusCode, 200)
      assert.equal((await who.get(`/questions/${open.slug}/choice`)).statusCode, 200)
    }
    assert.equal((await ann.get(`/questions/${inner.slug}`)).statusCode, 200)
    for (const url of [`/questions/${inner.slug}`, `/questions/${inner.slug}/choice`]) {
      const refused = await visitor(app).get(url)
      assert.deepEqual([refused.statusCode, refused.json().error_code], [401, 20006])
    }
    assert.equal((await visitor(app).page(`/questions/${inner.slug}`)).statusCode, 303)
  })

  const dates = {
    kind: 'answers',
    choice_starts: ['2099-03-28T09:00:00Z', '2099-03-29'],
    choice_ends: ['2099-03-28T10:30:00Z', null],
    time_zone: 'Europe/Berlin'
  }
  const seats = { kind: 'multiple', choice_text: ['Sea', 'Hills', 'City'], capacity: [1, null, 2] }
  const sentBack = [
    ...KINDS.map(kind => ({ kind, choice_text: ['Sea', 'Hills'] })),
    { kind: 'single', choice_text: ['Sea', 'Hills'], capacity: 3 },
    seats,
    dates
  ]

  onEngines('what GET answers can be sent back, as an edit and as a new poll', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const send = (url: string, payload: object) => ann.send({ method: 'POST', url, payload })
    for (const fields of sentBack) {
      const what = JSON.stringify(fields)
      const made = await send('/questions', { question_text: 'Which?', ...fields })
      assert.equal(made.statusCode, 201, made.body)
      const url = `/questions/${made.json().slug}`
      const poll = (await ann.get(url)).json()
      const saved = await send(url, poll)
      assert.equal(saved.statusCode, 200, `${what}: ${saved.body}`)
      const edited = saved.json()
      assert.deepEqual(settingsOf(edited), { ...settingsOf(poll), revision: poll.revision + 1 }, what)
      assert.deepEqual(offered(edited.choices), offered(poll.choices), what)
      const nulls = { choice_text: null, choice_starts: null, choice_ends: null, capacity: null }
      const copy = (await send('/questions', { ...poll, ...nulls })).json()
      assert.deepEqual(offered(copy.choices), offered(poll.choices), what)
      assert.notEqual(copy.slug, poll.slug)
    }
  })

  test('the JSON of a poll of each kind can be sent back with its options as texts', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const kind of KINDS) {
      const made = await ann.send({
        method: 'POST',
        url: '/questions',
        payload: { question_text: 'Which?', choice_text: ['Sea', 'Hills'], kind }
      })
      assert.equal(made.statusCode, 201, made.body)
      const url = `/questions/${made.json().slug}`
      const poll = (await ann.get(url)).json()
      for (const choices of [poll.choices, null, undefined]) {
        const { revision } = (await ann.get(url)).json()
        const choice_text = poll.choices.map((one: { choice_text: string }) => one.choice_text)
        const payload = { ...poll, choices, revision, choice_text }
        const saved = await ann.send({ method: 'POST', url, payload })
        assert.equal(saved.statusCode, 200, `${kind}: ${saved.body}`)
        assert.deepEqual(settingsOf(saved.json()), { ...settingsOf(poll), revision: revision + 1 })
        assert.deepEqual(offered(saved.json().choices), offered(poll.choices))
      }
    }
  })

  onEngines('no seats and no dates of `choices` are lost beside other options', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const send = (url: string, payload: object) => ann.send({ method: 'POST', url, payload })
    const make = async (fields: object) => {
      const made = await send('/questions', { question_text: 'Which?', ...fields })
      assert.equal(made.statusCode, 201, made.body)
      return { ...made.json(), revision: undefined, max_choices: undefined }
    }
    const [seated, dated] = [await make(seats), await make(dates)]
    const texts = ['Sea', 'Hills', 'City']
    const day = ['2099-03-28', '2099-03-29']
    const lost = [
      { ...seated, choice_text: texts },
      { ...seated, choice_text: texts, capacity: null },
      { ...seated, kind: 'answers', choice_starts: day },
      { ...dated, choice_text: texts },
      { ...dated, choice_starts: day }
    ]
    for (const payload of lost)
      for (const url of ['/questions', `/questions/${payload.slug}`]) {
        const refused = await send(url, payload)
        isEnvelope(refused, 422, 20005)
        assert.match(refused.json().fields.choices, /leave choices out$/)
      }
    for (const poll of [seated, dated])
      assert.deepEqual(
        offered((await ann.get(`/questions/${poll.slug}`)).json().choices),
        offered(poll.choices)
      )

    const url = `/questions/${seated.slug}`
    const others = { ...seated, choice_text: ['Lake', 'Moor'], capacity: [4, null] }
    assert.deepEqual(offered((await send(url, others)).json().choices), [['Lake', 4], ['Moor']])
    const fewer = await send(url, { ...seated, capacity: 5 })
    assert.deepEqual(
      offered(fewer.json().choices),
      texts.map(text => [text, 5])
    )
    const [, ...rest] = seated.choices
    const left = [{ ...seated.choices[0], delete_flag: 1 }, ...rest, { choice_text: 'Lake', capacity: null }]
    assert.deepEqual(offered((await send(url, { ...seated, choices: left })).json().choices), [
      ['Hills'],
      ['City', 2],
      ['Lake']
    ])
    const later = { ...dated, choice_starts: ['2099-03-28T09:30:00Z', '2099-03-30'] }
    const moved = await send(`/questions/${dated.slug}`, { ...later, choice_ends: dates.choice_ends })
    assert.deepEqual(
      moved.json().choices.map((one: { starts: string }) => one.starts),
      ['2099-03-28 09:30:00', '2099-03-30']
    )
  })

  test('`choices` that are not options are refused with their field', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const fieldsFor = async (more: object) => {
      const payload = { question_text: 'Which?', ...more }
      const refused = await ann.send({ method: 'POST', url: '/questions', payload })
      isEnvelope(refused, 422, 20005)
      return Object.keys(refused.json().fields)
    }
    const [sea, hills] = [{ choice_text: 'Sea' }, { choice_text: 'Hills' }]
    for (const choices of ['Sea', 5, true, {}, ['Sea', 'Hills'], [null], [{ ...sea, delete_flag: 2 }]])
      assert.ok((await fieldsFor({ choices })).includes('choices'), JSON.stringify(choices))
    for (const choices of [undefined, null, '', [], [sea], [sea, { ...hills, delete_flag: 1 }], [sea, sea]])
      assert.deepEqual(await fieldsFor({ choices }), ['choice_text'], JSON.stringify(choices))
    assert.deepEqual(await fieldsFor({ choices: [sea, {}] }), ['choice_text'])
    assert.deepEqual(await fieldsFor({ choices: [sea, { ...hills, capacity: 'x' }] }), ['capacity'])
    const day = { starts: '2099-03-28' }
    assert.deepEqual(await fieldsFor({ choices: [sea, day, { starts: '2099-03-29' }] }), ['choice_starts'])
    assert.deepEqual(await fieldsFor({ choices: [day, { ends: '2099-03-29' }] }), ['choice_starts'])
    assert.deepEqual(await fieldsFor({ choices: Array(51).fill(sea) }), ['choice_text'])
  })

  const aliases = [
    '0',
    '01',
    '+1',
    '-1',
    '1e0',
    '0x1',
    '1.0',
    '%201',
    '１',
    '77',
    'sample-languag',
    'SAMPLE-LANGUAGE'
  ]

  test('other spellings of an id or slug find no poll', async t => {
    const app = await build(t, embedded)
    for (const alias of aliases) {
      for (const url of [`/questions/${alias}`, `/question/${alias}/choice`]) {
        assert.equal((await visitor(app).get(url)).statusCode, 404, url)
      }
    }
    await app.db.execute('UPDATE question SET delete_flag = 1 WHERE id = 1')
    assert.equal((await visitor(app).get('/questions/1')).statusCode, 410)
  })

  test('a retired option cannot be chosen on any page', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id, results: 'owner' }, ['Sea', 'Hills', 'Moor'])
    await app.db.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [choices[1]!])
    const members = await ask(app, { audience: 'members', results: 'owner' }, ['Sea', 'Hills'])
    await app.db.execute('UPDATE choice SET delete_flag = 1 WHERE id = ?', [members.choices[1]!])
    const pages = [
      await visitor(app).page(`/questions/${slug}`),
      await visitor(app).page(`/questions/${slug}/present`),
      await ann.page(`/questions/${slug}/manage`),
      await visitor(app).page(`/questions/${members.slug}`)
    ]
    for (const { body, statusCode } of pages) {
      assert.equal(statusCode, 200)
      assert.match(body, />Sea</)
      assert.doesNotMatch(body, /Hills/)
    }
    const { choices: all, revote, listed, open } = (await ann.get(`/questions/${slug}`)).json()
    const flags = all.map(({ delete_flag }: { delete_flag: unknown }) => delete_flag)
    assert.deepEqual(flags, [0, 1, 0], 'JSON has the flag in the tutorial’s form')
    assert.deepEqual({ revote, listed, open }, { revote: true, listed: true, open: true })
  })

  test('the options are on the page where there is neither a form nor a result', async t => {
    const app = await build(t, embedded)
    const [voter, guest] = [visitor(app), visitor(app)]
    const hidden = { results: 'after_close', revote: 0 } as const
    const final = await ask(app, hidden, ['Sea', 'Hills'])
    await voter.page(`/questions/${final.slug}`)
    await voter.put(`/questions/${final.slug}/vote`, { choice: final.choices[0] })
    const full = await ask(app, { ...hidden, max_ballots: 1 }, ['Sea', 'Hills'])
    await app.ballots.cast({ question: full.id, voter: 'u:1', choices: [full.choices[0]!] })
    const closed = await ask(app, { results: 'owner' }, ['Sea', 'Hills'])
    await change(app, closed.id, { closed_time: '2026-01-01 00:00:00' })
    for (const [viewer, { slug }] of [
      [voter, final],
      [guest, full],
      [guest, closed]
    ] as const) {
      const { body } = await viewer.page(`/questions/${slug}`)
      assert.match(body, /<li>[^<]*<bdi>Sea<[\s\S]*<li>[^<]*<bdi>Hills</)
      assert.doesNotMatch(body, /<table|name="choice"/)
    }
  })

  const sight: Array<['always' | 'after_vote' | 'after_close' | 'owner', Record<string, boolean>]> = [
    ['always', { guest: true, voter: true, other: true, owner: true, closed: true, closedVoter: true }],
    ['after_vote', { guest: false, voter: true, other: false, owner: true, closed: true, closedVoter: true }],
    [
      'after_close',
      { guest: false, voter: false, other: false, owner: true, closed: true, closedVoter: true }
    ],
    ['owner', { guest: false, voter: false, other: false, owner: true, closed: false, closedVoter: false }]
  ]

  for (const [results, expected] of sight) {
    onEngines(`results ${results}: no number is sent before the viewer may see it`, async (t, engine) => {
      const app = await build(t, engine)
      const [owner, voter, other] = [await member(app), await member(app), await member(app)]
      const guest = visitor(app)
      const { id, slug, choices } = await ask(app, { results, user_id: owner.id })
      assert.equal((await voter.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
      const sees = async (who: ReturnType<typeof visitor>) => {
        const bare: Choice[] = (await who.get(`/questions/${id}/choice`)).json()
        const whole = (await who.get(`/questions/${slug}`)).json()
        const page = (await who.page(`/questions/${slug}`)).body
        const shown = bare[0]!.votes !== null
        const numbers = shown ? [1, 0] : [null, null]
        assert.deepEqual(
          bare.map(choice => choice.votes),
          numbers
        )
        assert.deepEqual(
          whole.choices.map((choice: Choice) => choice.votes),
          numbers
        )
        assert.equal(whole.voters, shown ? 1 : null)
        assert.equal(/<table\b/.test(page), shown)
        return shown
      }
      const seen: Record<string, boolean> = {
        guest: await sees(guest),
        voter: await sees(voter),
        other: await sees(other),
        owner: await sees(owner)
      }
      await change(app, id, { close_time: '2026-01-01 00:00:00' })
      seen.closed = await sees(guest)
      seen.closedVoter = await sees(voter)
      assert.deepEqual(seen, expected)
    })
  }

  test('only a poll that is not anonymous says that a vote moves to the account', async t => {
    const app = await build(t, embedded)
    for (const privacy of ['public', 'hidden', 'anonymous'] as const) {
      const { slug } = await ask(app, { privacy })
      const { body } = await visitor(app).page(`/questions/${slug}`)
      const moves = body.includes('your vote moves to your account')
      const stays = body.includes('your vote stays that of this browser, also after you sign in')
      assert.deepEqual([moves, stays], privacy === 'anonymous' ? [false, true] : [true, false], privacy)
    }
  })

  onEngines('a poll as JSON has every documented field, and none of other voters', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    await ann.put('/questions/3/vote', { choice: [8, 7] })
    const { create_time, read_time: _read, choices, ...poll } = (await ann.get('/questions/3')).json()
    assert.match(create_time, /^\d{4}-/)
    assert.equal(choices.length, 3)
    assert.deepEqual(poll, {
      id: 3,
      slug: 'sample-weekend',
      question_text: 'What makes a good weekend?',
      description: '',
      kind: 'multiple',
      count_method: null,
      budget: null,
      min_choices: 1,
      max_choices: 2,
      audience: 'members',
      privacy: 'hidden',
      results: 'always',
      revote: true,
      listed: true,
      suggestions: 'off',
      close_time: null,
      time_zone: null,
      closed_time: null,
      reopened_time: null,
      open: true,
      revision: 1,
      edits: 0,
      max_ballots: null,
      quorum: null,
      quorum_percent: null,
      retention_days: null,
      delete_time: null,
      invited: 0,
      threshold: null,
      voters: 5,
      outcome: null,
      vote: [7, 8]
    })
  })

  onEngines('an edit leaves as it is now what its form leaves as it was shown', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { id, slug } = await ask(app, { user_id: ann.id, close_time: '2099-01-01 00:00:00' })
    const at = `/questions/${slug}`
    const stored = async () => {
      const { question_text, close_time, suggestions } = (await ann.get(at)).json()
      return [question_text, close_time, suggestions]
    }
    const form = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    await app.management.setTimer(id, ann.id, 300)
    await app.suggestionReview.setMode(id, ann.id, 'review')
    const [, timed] = await stored()
    assert.notEqual(timed, '2099-01-01 00:00:00')
    const refused = await ann.submit(at, { ...form, question_text: '' })
    assert.equal(refused.statusCode, 422)
    const again = { ...fieldsOf(refused.body, at), question_text: 'Is it now?' }
    assert.equal((await ann.submit(at, again)).statusCode, 303)
    assert.deepEqual(await stored(), ['Is it now?', timed, 'review'])

    const shown = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const typed = { ...shown, close_time: '', suggestions: 'on' }
    assert.equal((await ann.submit(at, typed)).statusCode, 303)
    assert.deepEqual(await stored(), ['Is it now?', null, 'on'])
    await app.suggestionReview.setMode(id, ann.id, 'off')
    const stale = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    await app.suggestionReview.setMode(id, ann.id, 'on')
    const ranked = await ann.submit(at, { ...stale, kind: 'ranked' })
    assert.equal(ranked.statusCode, 303, ranked.body)
    assert.deepEqual(await stored(), ['Is it now?', null, 'off'], 'a kind that takes none')

    const json = { question_text: 'Which?', choice_text: ['a', 'b'] }
    await app.management.setTimer(id, ann.id, 300)
    assert.equal((await ann.send({ method: 'POST', url: at, payload: json })).statusCode, 200)
    assert.deepEqual(await stored(), ['Which?', null, 'off'], 'JSON replaces the whole poll')
  })

  test('the page invites guests to vote, shows voters their vote, and escapes text', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const texts = { question_text: '<script>alert(1)</script>?', description: 'one\n"two" & <b>' }
    const { slug, choices } = await ask(app, texts, ['<img src=x>', '`=\'"'])
    const guest = await visitor(app).page(`/questions/${slug}`)
    assert.match(guest.body, /<h1[^>]*>&lt;script&gt;alert\(1\)&lt;\/script&gt;\?<\/h1>/)
    assert.match(guest.body, /one\n&quot;two&quot; &amp; &lt;b&gt;/)
    assert.doesNotMatch(guest.body, /<script>alert|<img src=x/)
    assert.match(guest.body, new RegExp(`href="/login\\?next=${encodeURIComponent(`/questions/${slug}`)}"`))
    const form = await ann.page(`/questions/${slug}`)
    assert.match(form.body, new RegExp(`<input type="radio" name="choice" value="${choices[0]}"`))
    assert.doesNotMatch(form.body, /checked/)
    await ann.submit(`/questions/${slug}/vote`, { choice: choices[1]!, revision: 1 })
    const counted = await ann.page(`/questions/${slug}`)
    assert.match(counted.body, /was counted/)
    assert.match(counted.body, /<small[^>]*>your vote<\/small>/)
    const again = await ann.page(`/questions/${slug}/vote`)
    assert.match(again.body, new RegExp(`value="${choices[1]}" checked`))
    assert.match(again.body, /Change vote<\/button>/)
    assert.match((await ann.page(`/questions/${slug}/vote/withdraw`)).body, /Withdraw your vote\?/)
    const gone = await ann.submit(`/questions/${slug}/vote/withdraw`, {})
    assert.deepEqual(
      [gone.statusCode, gone.headers.location],
      [303, `/questions/${slug}?done=withdrawn#done`]
    )
    assert.doesNotMatch((await ann.page(`/questions/${slug}`)).body, /was counted/)
  })

  test('the form of a new poll, and of an edit, names all mistakes at once', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { id, slug } = await ask(app, { user_id: ann.id, close_time: '2099-01-01 00:00:00' })
    const wrong = {
      question_text: '',
      choice_text: 'Sea\nHills',
      kind: 'multiple',
      min_choices: '9',
      max_choices: '2',
      capacity: '1, 2, 3',
      close_time: '2020-01-01T10:00'
    }
    const named = ['capacity', 'close_time', 'min_choices', 'question_text']
    const linked = (body: string) => [...body.matchAll(/<a href="#(\w+)">/g)].map(([, name]) => name!)
    for (const [form, action] of [
      ['/questions/new', '/questions'],
      [`/questions/${slug}/edit`, `/questions/${slug}`]
    ] as const) {
      const fields = fieldsOf((await ann.page(form)).body, action)
      const { statusCode, body } = await ann.submit(action, { ...fields, ...wrong })
      assert.equal(statusCode, 422)
      assert.deepEqual(linked(body).toSorted(), named, action)
    }
    await change(app, id, { close_time: '2020-01-01 10:00:00' })
    const at = `/questions/${slug}`
    const fields = fieldsOf((await ann.page(`${at}/edit`)).body, at)
    const { body } = await ann.submit(at, { ...fields, question_text: '' })
    assert.deepEqual(linked(body), ['question_text'], 'a closing time that is left is no mistake')
  })

  onEngines(
    'what only the site, the zone and the clock show is said beside all other mistakes',
    async (t, engine) => {
      const more = { site: { guestPolls: true, maxRetentionDays: 30 } }
      const app = await build(t, engine, { ...more, server: { timeZone: 'Europe/Berlin' } })
      const [ann, guest] = [await member(app), visitor(app)]
      const days = 'This site keeps a poll for at most 30 days after it closed'
      const over = 'This time is in the past'
      const base = { question_text: 'Where?', choice_text: ['Sea', 'Hills'], retention_days: 300 }
      const past = '2020-01-01 10:00:00'
      const fieldsAt = async (who: typeof guest, url: string, payload: object) => {
        const answer = await who.send({ method: 'POST', url, payload })
        assert.equal(answer.statusCode, 422, answer.body)
        return answer.json().fields
      }
      assert.deepEqual(await fieldsAt(ann, '/questions', { ...base, close_time: past }), {
        retention_days: days,
        close_time: over
      })
      const listed = await fieldsAt(guest, '/questions', { ...base, listed: true, close_time: past })
      assert.deepEqual(Object.keys(listed).toSorted(), ['close_time', 'listed', 'retention_days'])
      const { slug } = await ask(app, { user_id: ann.id, retention_days: 7 })
      const at = `/questions/${slug}`
      assert.deepEqual(await fieldsAt(ann, at, { ...base, close_time: past }), {
        retention_days: days,
        close_time: over
      })
      const dates = {
        kind: 'dates',
        question_text: '',
        choice_day: ['2031-03-30', '2031-04-01'],
        choice_start: ['02:30', '10:00'],
        choice_end: ['', '09:00'],
        choice_last_day: ['', ''],
        retention_days: '300',
        close_time: '2020-01-01T10:00'
      }
      const linked = (body: string) => [...body.matchAll(/<a href="#(\w+)">/g)].map(([, name]) => name!)
      const named = ['choice_ends', 'choice_starts', 'close_time', 'question_text', 'retention_days']
      for (const [form, action] of [
        ['/questions/new', '/questions'],
        [`${at}/edit`, at]
      ] as const) {
        const fields = fieldsOf((await ann.page(form)).body, action)
        const { statusCode, body } = await ann.submit(action, { ...fields, ...dates })
        assert.deepEqual([statusCode, linked(body).toSorted()], [422, named], action)
        const zone = await ann.submit(action, { ...fields, ...dates, time_zone: 'Mars/Base' })
        assert.deepEqual(
          linked(zone.body).toSorted(),
          ['close_time', 'question_text', 'retention_days', 'time_zone'],
          'in an unknown zone no time is judged'
        )
      }
      assert.equal((await ann.get(at)).json().question_text, 'Is it?')
      const valid = { question_text: 'Where?', choice_text: ['Sea', 'Hills'], close_time: past }
      assert.deepEqual(await fieldsAt(ann, '/questions', valid), { close_time: over })
    }
  )
})
