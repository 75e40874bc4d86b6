/** /questions/:question and its choices: visibility and URLs. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KINDS } from '../../../app/values/kinds.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'

interface Choice {
  votes: number | null
}

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

  test('the JSON of a poll of each kind can be sent back as an edit', async t => {
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
      const { choices, revision, ...poll } = (await ann.get(url)).json()
      const textsOf = (options: Array<{ choice_text: string }>) => options.map(one => one.choice_text)
      const choice_text = textsOf(choices)
      const edited = await ann.send({ method: 'POST', url, payload: { ...poll, revision, choice_text } })
      assert.equal(edited.statusCode, 200, `${kind}: ${edited.body}`)
      const { choices: kept, ...after } = edited.json()
      assert.deepEqual(after, { ...poll, revision: revision + 1 })
      assert.deepEqual(textsOf(kept), choice_text)
    }
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

  onEngines('the options are on the page where there is neither a form nor a result', async (t, engine) => {
    const app = await build(t, engine)
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
})
