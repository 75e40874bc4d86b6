/** /questions/:question/vote over HTTP. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { build, member, members, PASSWORD, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { isEnvelope, isPage } from '../../support/answers.ts'
import { ask, change } from '../../support/polls.ts'
import { storeOf } from '../../support/sessions.ts'

const vote = '/questions/1/vote'

describe('/questions/:question/vote', () => {
  onEngines('a vote is counted once, and a repeat gets the same answer', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const first = await ann.put(vote, { choice: 1 })
    assert.equal(first.statusCode, 200)
    const { cast_time, ...ballot } = first.json()
    assert.match(cast_time, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    assert.deepEqual(ballot, { error_code: 0, error_msg: 'ok', question_id: 1, choice: [1] })
    assert.deepEqual((await ann.put(vote, { choice: [1] })).json(), first.json())
    assert.deepEqual((await ann.post(vote, { choice: 1 })).json(), first.json())
    const choices = (await ann.get('/question/1/choice')).json()
    assert.deepEqual(
      choices.map((choice: { votes: number }) => choice.votes),
      [4, 2, 1]
    )
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a voter can change and withdraw a vote with one request each', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const votes = async () =>
      (await ann.get('/question/3/choice')).json().map((choice: { votes: number }) => choice.votes)
    await ann.put('/questions/3/vote', { choice: [7, 8] })
    assert.deepEqual(await votes(), [4, 3, 1])
    assert.deepEqual((await ann.put('/questions/3/vote', { choice: 9 })).json().choice, [9])
    assert.deepEqual(await votes(), [3, 2, 2])
    assert.deepEqual((await ann.get('/questions/3/vote')).json().choice, [9])
    assert.equal((await ann.delete('/questions/3/vote')).statusCode, 200)
    assert.equal((await ann.delete('/questions/3/vote')).statusCode, 200)
    assert.deepEqual(await votes(), [3, 2, 1])
    assert.deepEqual((await ann.get('/questions/3/vote')).json(), {
      question_id: 3,
      choice: [],
      cast_time: null
    })
    assert.deepEqual(await audit(app.db), [])
  })

  const wrong: Array<[string, unknown, string]> = [
    ['another question’s choice', { choice: 4 }, 'Choose an option of this poll'],
    ['an unknown choice', { choice: 999 }, 'Choose an option of this poll'],
    ['two in a poll for one', { choice: [1, 2] }, 'Choose one option'],
    ['none', { choice: [] }, 'Choose an option'],
    ['nothing at all', {}, 'Choose an option'],
    ['the same twice', { choice: [1, 1] }, 'Choose each option once'],
    ['a number as text', { choice: '1' }, 'Choose an option of this poll'],
    ['true', { choice: true }, 'Choose an option of this poll'],
    ['a fraction', { choice: 1.5 }, 'Choose an option of this poll'],
    ['an object', { choice: { id: 1 } }, 'Choose an option of this poll'],
    ['a number past 2^53', { choice: 2 ** 53 }, 'Choose an option of this poll']
  ]

  test('an invalid choice is 422 with its field, and nothing is stored', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const [what, body, message] of wrong) {
      const answer = await ann.put(vote, body as Record<string, unknown>)
      assert.equal(answer.statusCode, 422, what)
      assert.equal(answer.json().fields.choice, message, what)
    }
    for (const alias of ['01', '1e3', '0x1', ' 1', '+1', '１', '1\n']) {
      assert.equal((await ann.post(vote, { choice: alias })).statusCode, 422, `form: ${alias}`)
    }
    const stored = await app.db.select('SELECT voter FROM vote WHERE voter = ?', [`u:${ann.id}`])
    assert.deepEqual(stored, [])
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines(
    'a changed, closed, final or removed poll rejects a vote with its own error',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      assert.equal((await ann.put(vote, { choice: 1, revision: 1 })).statusCode, 200)
      await app.db.execute('UPDATE question SET revision = 2 WHERE id = 1')
      const old = await ann.put(vote, { choice: 2, revision: 1 })
      assert.deepEqual([old.statusCode, old.json().error_code], [409, 20013])
      await app.db.execute('UPDATE question SET revote = 0 WHERE id = 1')
      const final = await ann.put(vote, { choice: 2 })
      assert.deepEqual([final.statusCode, final.json().error_code], [409, 20014])
      assert.equal((await ann.delete(vote)).statusCode, 409)
      await app.db.execute("UPDATE question SET close_time = '2020-01-01 00:00:00' WHERE id = 1")
      const bob = await member(app)
      const late = await bob.put(vote, { choice: 1 })
      assert.deepEqual([late.statusCode, late.json().error_code], [409, 20012])
      assert.match(late.json().error_msg, /NOT counted/)
      const kept = await ann.delete(vote)
      assert.deepEqual([kept.statusCode, kept.json().error_code], [409, 20030])
      assert.match(kept.json().error_msg, /NOT withdrawn/)
      assert.equal((await bob.delete(vote)).statusCode, 200, 'who has no vote has none')
      assert.equal(
        (await ann.put(vote, { choice: 1 })).statusCode,
        200,
        'what is counted is still said to be'
      )
      await app.db.execute('UPDATE question SET delete_flag = 1 WHERE id = 1')
      assert.equal((await ann.put(vote, { choice: 1 })).statusCode, 410)
      assert.equal((await ann.put('/questions/77/vote', { choice: 1 })).statusCode, 404)
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines('a wrong clock of a process opens and closes no poll, and ends no session', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const clock = async () =>
      (await app.db.fetchone<{ now: string }>(`SELECT ${app.db.dialect.clock} AS now`))!.now
    const now = await clock()
    const minutes = 60_000
    const at = (wait: number) =>
      new Date(Date.parse(`${now.replace(' ', 'T')}Z`) + wait).toISOString().slice(0, 19).replace('T', ' ')
    const open = await ask(app, { close_time: at(2 * minutes) })
    const closed = await ask(app, { close_time: at(-2 * minutes) })
    const here = Date.now()
    for (const [n, skew] of [5 * minutes, -5 * minutes].entries()) {
      t.mock.timers.enable({ apis: ['Date'], now: here + skew })
      const counted = await ann.put(`/questions/${open.slug}/vote`, { choice: open.choices[n] })
      assert.deepEqual([counted.statusCode, counted.json().choice], [200, [open.choices[n]]])
      assert.equal((await ann.get(`/questions/${open.slug}`)).json().open, true)
      isEnvelope(await ann.put(`/questions/${closed.slug}/vote`, { choice: closed.choices[0] }), 409, 20012)
      t.mock.timers.reset()
    }
    const sql = 'SELECT cast_time FROM vote WHERE question_id = ?'
    const [row] = await app.db.select<{ cast_time: string }>(sql, [open.id])
    assert.ok(row!.cast_time >= now && row!.cast_time <= (await clock()))
    assert.deepEqual(await audit(app.db), [])
  })

  test('the form redirects to the counted vote, or is shown again with its error', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const page = await ann.page('/questions/sample-fruit')
    assert.match(page.body, /<legend><h1[^>]*>Which fruit do you like best\?<\/h1><\/legend>/)
    const empty = await ann.submit('/questions/sample-fruit/vote', { revision: 1 })
    assert.equal(empty.statusCode, 422)
    assert.match(empty.body, /<a href="#choice">Choose an option<\/a>/)
    const cast = await ann.submit('/questions/sample-fruit/vote', { choice: 5, revision: 1 })
    assert.deepEqual([cast.statusCode, cast.headers.location], [303, '/questions/sample-fruit#counted'])
    const counted = await ann.page('/questions/sample-fruit')
    assert.match(
      counted.body,
      /role="status"[^>]*>Your vote for\s+<strong><bdi>Apple<\/bdi><\/strong>\s+was counted/
    )
    await app.db.execute("UPDATE question SET closed_time = '2020-01-01 00:00:00' WHERE id = 2")
    const late = await ann.submit('/questions/sample-fruit/vote', { choice: 4, revision: 1 })
    assert.equal(late.statusCode, 409)
    assert.match(late.body, /Voting is closed\. Your vote was NOT counted/)
  })

  onEngines('a wrong number of options and a missing name are told at once', async (t, engine) => {
    const app = await build(t, engine)
    const settings = { privacy: 'public', kind: 'multiple', max_choices: 1, max_fixed: 1 } as const
    const { slug, choices } = await ask(app, settings)
    const guest = visitor(app)
    await guest.page(`/questions/${slug}`)
    const choice = choices.slice(0, 2)
    const answer = await guest.put(`/questions/${slug}/vote`, { choice })
    const mistakes = { choice: 'Choose one option', name: 'Enter your name' }
    assert.deepEqual([answer.statusCode, answer.json().fields], [422, mistakes])
    const page = await guest.submit(`/questions/${slug}/vote`, { choice, revision: 1, name: '' })
    assert.match(page.body, /Choose one option[\s\S]*Enter your name/)
    const fits = await guest.put(`/questions/${slug}/vote`, { choice: choices[0] })
    assert.deepEqual(fits.json().fields, { name: 'Enter your name' })
  })

  test('a missing option and a missing name are told at once', async t => {
    const app = await build(t, embedded)
    const [guest, ann] = [visitor(app), await member(app)]
    const settings = { privacy: 'public', embed_origins: 'https://blog.example.org' } as const
    const [named, other] = [await ask(app, settings), await ask(app)]
    const mistakes = { choice: 'Choose an option', name: 'Enter your name' }
    await guest.page(`/questions/${named.slug}`)
    const put = (who: Pick<typeof guest, 'put'>, poll: { slug: string }, body = {}) =>
      who.put(`/questions/${poll.slug}/vote`, { choice: [], ...body })
    assert.deepEqual((await put(guest, named)).json().fields, mistakes)
    const { choice } = mistakes
    assert.deepEqual((await put(guest, named, { name: 'Eve' })).json().fields, { choice })
    assert.deepEqual((await put(ann, named)).json().fields, { choice }, 'an account has a name')
    assert.deepEqual((await put(guest, other)).json().fields, { choice })
    const { statusCode, body } = await guest.submit(`/questions/${named.slug}/vote`, { revision: 1 })
    assert.equal(statusCode, 422)
    for (const [field, message] of Object.entries(mistakes))
      assert.ok(body.includes(`<a href="#${field}">${message}</a>`), message)
  })

  test('a ballot that names no option is told what its poll asks for', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    for (const [kind, sentence, settings] of [
      ['single', 'Choose an option', {}],
      ['multiple', 'Choose an option', { max_choices: 2 }],
      ['answers', 'Answer for every option', { min_choices: 2, max_choices: 2 }],
      ['score', 'Give at least one option a score', { max_choices: 2 }],
      ['dots', 'Give at least one point', { max_choices: 2, budget: 5 }],
      ['ranked', 'Give at least one option a rank', { max_choices: 2 }]
    ] as const) {
      const { slug } = await ask(app, { kind, ...settings, embed_origins: 'https://blog.example.org' })
      const refused = await ann.put(`/questions/${slug}/vote`, { choice: [] })
      assert.deepEqual([refused.statusCode, refused.json().fields], [422, { choice: sentence }], kind)
      const { body } = await ann.submit(`/questions/${slug}/vote`, { revision: 1 })
      assert.ok(body.includes(`<a href="#choice">${sentence}</a>`), kind)
    }
  })

  test('who answers No to every option is told so, and what still counts', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { kind: 'answers', min_choices: 2, max_choices: 2 })
    const no = Object.fromEntries(choices.map(id => [`value-${id}`, '0']))
    assert.equal((await ann.submit(`/questions/${slug}/vote`, { ...no, revision: 1 })).statusCode, 303)
    const { body } = await ann.page(`/questions/${slug}`)
    assert.match(body, /id="counted"[^>]*>Your vote was counted: you answered No to every option\.</)
    const refused = await ann.submit(`/questions/${slug}/vote`, { revision: 1 })
    assert.match(refused.body, /NOT counted: your earlier vote still counts, with No for every option\./)
  })

  onEngines('a score of 0 is told as one, unlike a blank', async (t, engine) => {
    const app = await build(t, engine)
    const settings = { kind: 'score', max_choices: 2, privacy: 'public' } as const
    const told = (html: string | undefined) =>
      [...html!.matchAll(/<bdi>([^<]*)<\/bdi>/g)].map(([, text]) => text)
    for (const [a, b, words] of [
      ['0', '5', ['Sea (0)', 'Hills (5)']],
      ['', '5', ['Hills (5)']],
      ['0', '', ['Sea (0)']]
    ] as const) {
      const ann = await member(app)
      const { slug, choices } = await ask(app, settings, ['Sea', 'Hills'])
      const [sea, hills] = choices
      const given = { [`value-${sea}`]: a, [`value-${hills}`]: b, revision: '1' }
      assert.equal((await ann.submit(`/questions/${slug}/vote`, given)).statusCode, 303)
      const page = (await ann.page(`/questions/${slug}`)).body
      assert.deepEqual(told(/id="counted"[^>]*>(.*?)<\/p>/s.exec(page)?.[1]), words)
      assert.equal(page.match(/data-mark/g)?.length, words.length)
      const people = (await ann.page(`/questions/${slug}/results`)).body
      assert.deepEqual(told(/<bdi>Ann<\/bdi><\/th><td>(.*?)<\/td>/s.exec(people)?.[1]), words)
    }
  })

  test('every answer that refuses a vote says that it was not counted', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const gone = await ask(app)
    await change(app, gone.id, { delete_flag: 1 })
    const list = await ask(app, { audience: 'list' })
    const put = (url: string, payload: object | string, headers = {}) =>
      ann.send({ method: 'PUT', url, payload, headers: { 'content-type': 'application/json', ...headers } })
    const answers = [
      [422, await put(vote, { choice: 4 })],
      [400, await put(vote, '{')],
      [413, await put(vote, `{"choice": 1, "more": "${'x'.repeat(200_000)}"}`)],
      [415, await put(vote, 'choice: 1', { 'content-type': 'text/yaml' })],
      [403, await put(vote, { choice: 1 }, { 'sec-fetch-site': 'cross-site' })],
      [404, await put('/questions/77/vote', { choice: 1 })],
      [404, await put('/questions/01/vote', { choice: 1 })],
      [410, await put(`/questions/${gone.slug}/vote`, { choice: gone.choices[0] })],
      [403, await put(`/questions/${list.slug}/vote`, { choice: list.choices[0] })]
    ] as const
    for (const [status, { statusCode, body }] of answers) {
      assert.equal(statusCode, status, body)
      assert.match(JSON.parse(body).error_msg, /[^.]\. Your vote was NOT counted$/)
    }
    isPage(await ann.submit(`/questions/${gone.slug}/vote`, { choice: 1 }), 410, /Your vote was NOT counted/)
    const other = await ann.delete('/questions/77/vote')
    assert.doesNotMatch(other.json().error_msg, /counted/, 'nothing was to be counted')
    const read = await ann.get('/questions/77/vote')
    assert.doesNotMatch(read.json().error_msg, /counted/)
  })

  test('a form with mistakes says what was not counted, and which vote still counts', async t => {
    const app = await build(t, embedded)
    for (const results of ['after_close', 'always'] as const) {
      const guest = visitor(app)
      const { slug, choices } = await ask(app, { kind: 'multiple', max_choices: 2, results }, ['A', 'B', 'C'])
      const at = `/questions/${slug}/vote`
      await guest.page(`/questions/${slug}`)
      const first = await guest.submit(at, { choice: choices, revision: 1 })
      assert.equal(first.statusCode, 422)
      assert.match(first.body, /id="not-counted"[^>]*>.*Your vote was NOT counted/)
      assert.equal((await guest.submit(at, { choice: choices[0], revision: 1 })).statusCode, 303)
      assert.doesNotMatch((await guest.page(at)).body, /id="not-counted"/)
      const second = await guest.submit(at, { choice: choices, revision: 1 })
      assert.equal(second.statusCode, 422)
      assert.match(
        second.body,
        /This change was NOT counted: your vote for\s+<strong><bdi>A<\/bdi><\/strong>\s+still counts/
      )
      assert.doesNotMatch(second.body, /was counted/)
      assert.deepEqual((await guest.get(at)).json().choice, [choices[0]])
    }
  })

  test('a form that gives values in two spellings is refused: none is dropped', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const { slug, choices } = await ask(app, { kind: 'score', max_choices: 2 })
    const at = `/questions/${slug}/vote`
    await guest.page(`/questions/${slug}`)
    const [yes, no] = choices
    for (const more of [{ choice: yes, value: 5 }, { choice: yes }, { value: 5 }]) {
      const refused = await guest.submit(at, { ...more, [`value-${no}`]: 3 })
      assert.equal(refused.statusCode, 422, refused.body)
      assert.match(refused.body, /<a href="#choice">Give each option that you name a value</)
    }
    assert.deepEqual((await guest.get(at)).json().choice, [])
    const counted = await guest.submit(at, { [`value-${yes}`]: 5, [`value-${no}`]: 3 })
    assert.equal(counted.statusCode, 303, counted.body)
  })

  test('a form leaves out the pairs whose value is empty', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const cast = async (poll: Parameters<typeof ask>[1], value: string[] | string, more = {}) => {
      const { slug, choices } = await ask(app, { max_choices: 3, ...poll }, ['A', 'B', 'C'])
      const at = `/questions/${slug}/vote`
      await guest.page(`/questions/${slug}`)
      const choice = typeof value === 'string' ? choices[0] : choices
      const { statusCode } = await guest.submit(at, { choice, value, ...more })
      const ballot = (await guest.get(at)).json()
      return [statusCode, ballot.choice.map((id: number) => choices.indexOf(id)), ballot.value]
    }
    const score = { kind: 'score' } as const
    assert.deepEqual(await cast(score, ['0', '', '5']), [303, [0, 2], [0, 5]])
    assert.deepEqual(await cast({ kind: 'dots', budget: 5 }, ['', '4', '']), [303, [1], [4]])
    const ranked = { kind: 'ranked', count_method: 'irv' } as const
    assert.deepEqual(await cast(ranked, ['2', '', '1']), [303, [2, 0], undefined])
    const refused = [422, [], undefined]
    assert.deepEqual(await cast(score, ['', '', '']), refused)
    assert.deepEqual(await cast(score, ''), refused)
    assert.deepEqual(await cast({ kind: 'answers', min_choices: 3 }, ['2', '', '1']), refused)
    const several = { kind: 'multiple', suggestions: 'on' } as const
    assert.deepEqual(await cast(several, ['', '', ''], { choice_text: 'D' }), refused, 'no choice is dropped')
  })

  onEngines('400 concurrent voters of one choice are 400 votes', async (t, engine) => {
    const app = await build(t, engine)
    const voters = await members(app, 400)
    const answers = await Promise.all(voters.map(voter => voter.put(vote, { choice: 2 })))
    assert.deepEqual([...new Set(answers.map(answer => answer.statusCode))], [200])
    assert.equal((await visitor(app).get('/question/1/choice')).json()[1].votes, 402)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('100 parallel votes of one voter are one vote', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const answers = await Promise.all(Array.from({ length: 100 }, () => ann.put(vote, { choice: 1 })))
    assert.equal(new Set(answers.map(answer => answer.body)).size, 1)
    const different = await Promise.all([1, 2, 3, 1, 2, 3].map(choice => ann.put(vote, { choice })))
    assert.deepEqual([...new Set(different.map(answer => answer.statusCode))], [200])
    const voter = `u:${ann.id}`
    // Parallel requests have no order over HTTP, but they have one in the ballot box.
    await Promise.all([3, 1, 2].map(choice => app.ballots.cast({ question: 1, voter, choices: [choice] })))
    assert.deepEqual((await ann.get(vote)).json().choice, [2], 'the last one stands')
    assert.equal((await app.db.select('SELECT slot FROM vote WHERE voter = ?', [voter])).length, 1)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('an invalid ballot in a batch is rejected alone', async (t, engine) => {
    const app = await build(t, engine)
    const voters = await members(app, 50)
    const answers = await Promise.all(voters.map((voter, n) => voter.put(vote, { choice: n === 20 ? 4 : 1 })))
    assert.deepEqual(
      answers.flatMap((answer, n) => (answer.statusCode === 200 ? [] : [n])),
      [20]
    )
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines(
    'an ended session casts no vote, and the other votes of its batch are counted',
    async (t, engine) => {
      const app = await build(t, engine)
      const voters = await members(app, 50)
      const ended = new Set([3, 14, 15, 31])
      const [one, two, ...rest] = [...ended].map(n => voters[n]!.id)
      await app.db.execute('UPDATE user SET session_epoch = session_epoch + 1 WHERE id = ?', [one!])
      await app.db.execute(`UPDATE user SET disabled_time = ${app.db.dialect.clock} WHERE id = ?`, [two!])
      await app.db.execute('UPDATE user SET delete_flag = 1 WHERE id IN (?)', [rest])
      const all = () => Promise.all(voters.map((voter, n) => voter.put(vote, { choice: 1 + (n % 3) })))
      const asked = await all()
      for (const [n, { statusCode, body }] of asked.entries()) {
        assert.equal(statusCode, ended.has(n) ? 401 : 200, body)
      }
      const again = await all()
      assert.deepEqual(
        again.map(({ body }) => body),
        asked.map(({ body }) => body)
      )
      const gone = [...ended].map(n => `u:${voters[n]!.id}`)
      assert.deepEqual(await app.db.select('SELECT voter FROM vote WHERE voter IN (?)', [gone]), [])
      assert.deepEqual(await audit(app.db), [])

      await app.db.execute("UPDATE question SET audience = 'link'")
      app.questions.forget(1)
      isEnvelope(await voters[3]!.put(vote, { choice: 2 }), 401, 20006)
    }
  )

  onEngines('a program whose session has ended becomes no second voter by a repeat', async (t, engine) => {
    const app = await build(t, engine)
    const laptop = await member(app)
    const phone = visitor(app)
    await phone.post('/login', { account: laptop.email, password: PASSWORD })
    const poll = await ask(app)
    const at = `/questions/${poll.slug}/vote`
    assert.equal((await phone.put(at, { choice: poll.choices[0] })).statusCode, 200)
    await storeOf(app).sessions.destroy(laptop.cookies.get('sessionid')!.split('.')[0]!)
    for (const _ of [1, 2, 3]) isEnvelope(await laptop.put(at, { choice: poll.choices[1] }), 401, 20006)
    assert.deepEqual((await laptop.get(at)).json().choice, [], 'reading is for guests too')
    isEnvelope(await laptop.delete(at), 401, 20006)
    isEnvelope(await laptop.put(at, { choice: poll.choices[1] }), 401, 20006)
    assert.equal((await phone.get(`/questions/${poll.slug}`)).json().voters, 1)
    const asGuest = { choice: poll.choices[1], as_guest: true }
    isEnvelope(await laptop.put(at, asGuest), 403, 20029)
    assert.equal((await laptop.put(at, asGuest)).statusCode, 200, 'a choice that is stated')
    assert.equal((await phone.get(`/questions/${poll.slug}`)).json().voters, 2)
    assert.deepEqual(await audit(app.db), [])
  })

  test('a guest reads that an account can change its vote only where votes can be changed', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const polls = [await ask(app), await ask(app, { revote: 0 })]
    for (const { slug, choices } of polls)
      assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    await storeOf(app).sessions.destroy(ann.cookies.get('sessionid')!.split('.')[0]!)
    const told = []
    for (const { slug } of polls) {
      const { body } = await ann.page(`/questions/${slug}`)
      told.push(/<\/a> to see (.*?)\./.exec(body)?.[1])
    }
    assert.deepEqual(told, ['or change that vote', 'that vote'])
  })

  test('a guest is asked to sign in, on a page and as JSON', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    assert.deepEqual((await guest.put(vote, { choice: 1 })).json(), {
      error_code: 20006,
      error: 'sign_in_required',
      error_msg: 'Please sign in'
    })
    assert.equal((await guest.submit(vote, { choice: 1 })).headers.location, '/login')
    assert.equal((await guest.page(vote)).headers.location, '/login?next=%2Fquestions%2F1%2Fvote')
  })
})
