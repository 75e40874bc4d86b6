/** /questions/new and POST /questions: a repeated form creates one poll. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, visitor } from '../../support/app.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask } from '../../support/polls.ts'

const poll = { question_text: 'Where to?', choice_text: ['Pizza', 'Sushi'], nonce: 'n0nce-of-mine' }
const headers = { accept: 'application/json' }
const post = (
  who: { send: Awaited<ReturnType<typeof member>>['send'] },
  payload: object,
  more: object = {}
) => who.send({ method: 'POST', url: '/questions', payload, headers: { ...headers, ...more } })

describe('/questions/new', () => {
  onEngines('a rejected form shows at most as much text as a valid form could have', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const pairs = `choice_text=x&`.repeat(11_000).split('&')
    const bodies: Array<[what: string, fields: Record<string, unknown>, options: number]> = [
      ['39,000 lines', { choice_text: 'x\n'.repeat(39_000) }, 51],
      ['39,000 carriage returns', { choice_text: 'y\r'.repeat(39_000) }, 51],
      ['11,000 fields', { choice_text: pairs.map(() => 'x') }, 51],
      [
        '60 options of 2,000 characters',
        { choice_text: Array.from({ length: 60 }, (_, n) => `${n}&`.repeat(500)) },
        51
      ],
      ['a question of 100,000 characters', { question_text: '<'.repeat(50_000) }, 5],
      ['a description of 100,000 characters', { description: '"'.repeat(50_000) }, 5],
      ['a time of 100,000 characters', { close_time: '&'.repeat(50_000) }, 5],
      ['a key of 100,000 characters', { nonce: '&'.repeat(50_000) }, 5],
      [
        '10,000 unknown fields',
        Object.fromEntries(Array.from({ length: 9_000 }, (_, n) => [`f${n}`, 'x'])),
        5
      ]
    ]
    for (const [what, fields, options] of bodies) {
      for (const url of ['/questions/new', '/questions', `/questions/${slug}`, `/questions/${slug}/edit`]) {
        const answer = await ann.submit(url, fields)
        assert.ok([200, 422].includes(answer.statusCode), `${what} at ${url}: ${answer.statusCode}`)
        assert.ok(answer.body.length < 200_000, `${what} at ${url}: ${answer.body.length}`)
        const shown = answer.body.split('name="choice_text"').length - 1
        assert.ok(shown >= options && shown <= 51, `${what} at ${url}: ${shown} options`)
      }
    }
    const json = await post(ann, { ...poll, choice_text: Array.from({ length: 20_000 }, (_, n) => `${n}`) })
    isEnvelope(json, 422, 20005)
    const kept = await ann.submit('/questions', {
      question_text: 'Q'.repeat(201),
      description: '🗳️'.repeat(1_001)
    })
    assert.match(kept.body, /Q{201}/, 'what is a little too long comes back whole')
    assert.match(kept.body, /(🗳️){1001}/u)
  })

  test('a form begins with a template in the language of the user', async t => {
    const app = await build(t, embedded)
    const [ann, li] = [await member(app), await member(app, 'zh')]
    const quick = await ann.page('/questions/new?preset=quick')
    assert.match(quick.body, />Yes<\/textarea>[^]*>No<\/textarea>[^]*>Abstain<\/textarea>/)
    const date = await ann.page('/questions/new?preset=date')
    assert.match(date.body, /value="When shall we meet\?"[^]*value="dates" checked/)
    const ticket = await li.page('/questions/new?preset=ticket')
    assert.match(ticket.body, />理解了<\/textarea>[^]*name="results" value="owner" checked/)
    assert.equal(ticket.body.match(/name="nonce" value="[^"]{8}/g)?.length, 1)
    for (const unknown of ['x', '', 'date&preset=quick'])
      assert.equal((await ann.page(`/questions/new?preset=${unknown}`)).statusCode, 200)
  })

  test('the limit of poll forms counts whatever changes a poll', async t => {
    const app = await build(t, embedded, { limits: { pollForms: { most: 1 } } })
    const acts = ['close', 'reopen', 'present', 'quiz', 'outcome', 'suggestions', 'embedding', 'duplicate']
    for (const act of [...acts, 'invitations/1', 'delete']) {
      const ann = await member(app)
      const { slug } = await ask(app, { user_id: ann.id })
      await ann.post(`/questions/${slug}/close`)
      isEnvelope(await ann.post(`/questions/${slug}/${act}`, {}), 429, 20049)
    }
  })

  test('the limit of poll forms applies to each user separately', async t => {
    const app = await build(t, embedded, { limits: { pollForms: { most: 3 } } })
    const [ann, bob] = [await member(app), await member(app)]
    const { slug } = await ask(app, { user_id: ann.id })
    const urls = ['/questions', '/questions/new', `/questions/${slug}`, `/questions/${slug}/edit`]
    for (const url of urls.slice(0, 3)) assert.notEqual((await ann.submit(url, {})).statusCode, 429)
    for (const url of urls) {
      isEnvelope(await ann.post(url, {}), 429, 20049)
      assert.equal((await ann.page('/questions/new')).statusCode, 200, 'reading is not limited')
    }
    assert.equal((await bob.submit('/questions/new', {})).statusCode, 200)
    assert.equal((await visitor(app).post('/questions', {})).statusCode, 401)
  })

  onEngines('the form creates a poll with the defaults that it shows', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const page = await ann.page('/questions/new')
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /<li>Anyone with the link<\/li>\s*<li>Results always visible<\/li>/)
    const digits = [...page.body.matchAll(/id="(\w+)"[^>]* inputmode="numeric"/g)].map(([, name]) => name)
    assert.deepEqual(digits, ['max_ballots', 'quorum', 'quorum_percent', 'retention_days'])
    assert.doesNotMatch(page.body, /<script(?! type="module" src="\/static\/)|\sstyle=/)
    const nonce = /name="nonce" value="([\w-]{22})"/.exec(page.body)![1]!
    const sent = {
      question_text: ' Where <b>to</b>? ',
      choice_text: ['Pizza', '', 'Sushi\r\nTapas\n'],
      nonce
    }
    const made = await ann.submit('/questions', { ...sent, kind: 'single', revote: ['0', '1'], listed: '0' })
    assert.equal(made.statusCode, 303)
    const manage = String(made.headers.location)
    assert.match(manage, /^\/questions\/[A-Za-z][\w-]{21}\/manage$/)
    const shown = await ann.page(manage)
    assert.match(shown.body, /<h1 dir="auto">Where &lt;b&gt;to&lt;\/b&gt;\?<\/h1>/)
    const json = (await ann.get(manage.replace('/manage', ''))).json()
    const { kind, min_choices, max_choices, audience, results, revote, listed, close_time, revision } = json
    assert.deepEqual(
      [kind, min_choices, max_choices, audience, results, revote, listed, close_time, revision],
      ['single', 1, 1, 'link', 'always', true, false, null, 1]
    )
    const texts = json.choices.map((choice: { choice_text: string }) => choice.choice_text)
    assert.deepEqual(texts, ['Pizza', 'Sushi', 'Tapas'])
    assert.equal((await ann.get('/questions')).json().questions.length, 3, 'not listed')
  })

  onEngines('a number that is too small is named with its field', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    for (const [fields, words] of [
      [{ quorum: '0' }, />Quorum: votes that the result needs \(optional\) – At least 1<\/a>/],
      [{ kind: 'multiple', min_choices: '0' }, />At least – At least 1<\/a>/],
      [{ kind: 'dots', budget: '00' }, />Points of each voter – At least \d+<\/a>/]
    ] as const) {
      const page = await ann.submit('/questions', { ...poll, ...fields })
      assert.equal(page.statusCode, 422)
      assert.match(page.body, words)
    }
  })

  onEngines('a form sent twenty times at once creates one poll with one answer', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, bob] = [await member(app), await member(app)]
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(ann, poll)))
    assert.equal(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size, 1)
    assert.equal(answers[0]!.statusCode, 201)
    const { slug } = answers[0]!.json()
    assert.equal(answers[0]!.headers.location, `/questions/${slug}`)
    const again = await ann.submit('/questions', poll)
    assert.equal(again.headers.location, `/questions/${slug}/manage`)
    const other = await post(ann, { ...poll, question_text: 'Where else?' })
    isEnvelope(other, 409, 20027)
    assert.equal(other.headers.location, `/questions/${slug}/manage`)
    const page = await ann.submit('/questions', { ...poll, choice_text: ['Pizza', 'Ramen'] })
    assert.equal(page.statusCode, 409)
    assert.match(page.body, new RegExp(`href="/questions/${slug}/manage"`))
    assert.match(page.body, />Ramen<\/textarea>/, 'what was typed is kept')
    assert.match(page.body, /You have already created a poll with this form\. Create this one too\?/)
    assert.notEqual((await post(bob, poll)).json().slug, slug, 'somebody else’s nonce is another')
    assert.equal((await app.db.select('SELECT id FROM question WHERE user_id = ?', [ann.id])).length, 1)
    const [, nonce] = /name="nonce" value="([\w-]{22})"/.exec(page.body)!
    const too = await ann.submit('/questions', { ...poll, choice_text: ['Pizza', 'Ramen'], nonce: nonce! })
    assert.equal(too.statusCode, 303, 'the form that says so makes the poll when it is sent again')
    assert.notEqual(too.headers.location, `/questions/${slug}/manage`)
  })

  onEngines(
    'Idempotency-Key works like the nonce; without either, each request creates a poll',
    async (t, engine) => {
      const app = await build(t, engine)
      const ann = await member(app)
      const { nonce: _nonce, ...plain } = poll
      const key = { 'idempotency-key': 'key-1234' }
      const slugs = [await post(ann, plain, key), await post(ann, plain, key), await post(ann, plain)]
      const [first, second, third] = slugs.map(answer => answer.json().slug)
      assert.equal(first, second)
      assert.notEqual(first, third)
      isEnvelope(await post(ann, plain, { 'idempotency-key': 'x' }), 422, 20005)
    }
  )

  onEngines('a poll has 2 to 50 options that differ after case folding and NFC', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const many = (count: number) => Array.from({ length: count }, (_, n) => `Option ${n}`)
    const { nonce: _nonce, ...plain } = poll
    const statusOf = async (choice_text: unknown) => (await post(ann, { ...plain, choice_text })).statusCode
    for (const good of [many(2), many(50), ['a', '', ' ', 'b'], ['e', 'é'], ['😀'.repeat(200), 'b']])
      assert.equal(await statusOf(good), 201, JSON.stringify(good).slice(0, 60))
    const bad = [
      many(1),
      many(51),
      [],
      ['a', 'A'],
      ['Straße', 'STRASSE'],
      ['caf\u00e9', 'CAFE\u0301'],
      ['a', ' a '],
      ['a', 'x'.repeat(201)],
      ['a', '\u200b'],
      ['a', 'b\nc'],
      ['a', 1],
      ['a', null]
    ]
    for (const wrong of bad) assert.equal(await statusOf(wrong), 422, JSON.stringify(wrong).slice(0, 60))
    for (const wrong of [
      { kind: 'best' },
      { kind: 'ranked', count_method: 'borda' },
      { kind: 'ranked', choice_text: many(21) },
      { kind: 'dots', budget: 2 },
      { kind: 'dots', budget: 101 },
      { kind: 'dots', budget: '10' },
      { kind: 'multiple', max_choices: 3 },
      { kind: 'multiple', min_choices: 2, max_choices: 1 },
      { listed: 1 },
      { close_time: '2020-01-01 00:00:00' },
      { close_time: 'soon' },
      { question_text: ' ' },
      { description: 'x'.repeat(2001) }
    ]) {
      const answer = await post(ann, { ...plain, ...wrong })
      isEnvelope(answer, 422, 20005)
      assert.equal(Object.keys(answer.json().fields).length, 1, answer.body)
    }
  })

  onEngines('without a script a form sends one of the closing times to choose', async (t, engine) => {
    const app = await build(t, engine, { server: { timeZone: 'Asia/Kolkata' } })
    const ann = await member(app)
    const { nonce: _nonce, ...plain } = poll
    const closing = async (close_time: string[]) => {
      const made = await ann.submit('/questions', { ...plain, close_time })
      assert.equal(made.statusCode, 303, made.body)
      return (await ann.get(String(made.headers.location))).json().close_time as string | null
    }
    assert.equal(await closing(['2031-07-01T17:30', '']), '2031-07-01 12:00:00')
    assert.equal(await closing(['2031-07-01T17:30', 'week']), '2031-07-01 12:00:00', 'what is typed counts')
    assert.match(String(await closing(['', 'tomorrow'])), / 12:30:00$/)
    assert.equal(await closing(['', '']), null)
    const page = await ann.submit('/questions/new', { ...plain, close_time: ['', 'week'] })
    assert.match(page.body, /<noscript>.*<option value="week" selected>In a week/s)
    assert.match(page.body, /type="datetime-local" value=""/)
    for (const close_time of [['', 'soon'], 'evening, please'])
      assert.equal((await ann.submit('/questions', { ...plain, close_time })).statusCode, 422)
    isEnvelope(await post(ann, { ...plain, close_time: 'week' }), 422, 20005)
    isEnvelope(await post(ann, { ...plain, close_time: ['2031-07-01T17:30'] }), 422, 20005)
  })

  test('without a script a form offers this evening only before it', async t => {
    /** A zone in which it is about this hour. */
    const zoneAt = (hour: number) => {
      const behind = 12 - ((hour + 36 - new Date().getUTCHours()) % 24)
      return `Etc/GMT${behind < 0 ? '' : '+'}${behind}`
    }
    for (const [hour, offered] of [
      [9, ['hour', 'evening', 'tomorrow', 'week']],
      [20, ['hour', 'tomorrow', 'week']]
    ] as const) {
      const app = await build(t, embedded, { server: { timeZone: zoneAt(hour) } })
      const ann = await member(app)
      const { nonce: _nonce, ...plain } = poll
      const choices = async (close_time: string[]) => {
        const { body } = await ann.submit('/questions/new', { ...plain, close_time })
        const [, select] = /<select name="close_time"([^]*?)<\/select>/.exec(body)!
        return [...select!.matchAll(/<option value="(\w+)"/g)].map(([, key]) => key)
      }
      assert.deepEqual(await choices(['', '']), offered)
      assert.ok((await choices(['', 'evening'])).includes('evening'), 'what was chosen stays')
    }
  })

  onEngines('an invalid form is shown again as it was typed, also by More fields', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const typed = {
      ...poll,
      choice_text: ['One', 'one'],
      description: 'Why & how',
      results: 'owner',
      revote: '0'
    }
    const refused = await ann.submit('/questions', typed)
    assert.equal(refused.statusCode, 422)
    for (const page of [refused, await ann.submit('/questions/new', typed)]) {
      assert.match(page.body, /value="Where to\?"/)
      assert.match(page.body, />One<\/textarea>/)
      assert.match(page.body, />Why &amp; how<\/textarea>/)
      assert.match(page.body, /value="owner" checked/)
      assert.doesNotMatch(page.body, /name="revote" value="1" checked/)
      assert.match(page.body, /name="nonce" value="n0nce-of-mine"/)
    }
    const largest = Array.from({ length: 50 }, (_, n) => '😀'.repeat(199) + String.fromCodePoint(0x4e00 + n))
    const all = { ...poll, nonce: 'largest1', choice_text: largest, description: '票'.repeat(2000) }
    assert.equal((await ann.submit('/questions', all)).statusCode, 303)
    assert.equal((await ann.submit('/questions', { ...all, pad: 'x'.repeat(50_000) })).statusCode, 413)
    assert.match(refused.body, /<a href="#choice_text">Two options are the same<\/a>/)
    const fields = (body: string) => body.match(/name="choice_text"/g)!.length
    assert.equal(fields((await ann.page('/questions/new')).body), 5)
    const lines = Array.from({ length: 9 }, (_, n) => `Line ${n}`).join('\r\n')
    const more = await ann.submit('/questions/new', { choice_text: lines })
    assert.deepEqual([more.statusCode, fields(more.body)], [200, 14], 'pasted lines are fields of their own')
    for (const payload of ['null', '[]', '"x"', '{"choice_text":{"a":1},"close_time":{"wall":{}}}']) {
      const odd = { accept: 'text/html', 'content-type': 'application/json' }
      const answer = await ann.send({ method: 'POST', url: '/questions', payload, headers: odd })
      assert.equal(answer.statusCode, 422, payload)
    }
  })

  onEngines('limits that were left empty stay empty: 1 and all follow the options', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const several = { ...poll, kind: 'multiple', choice_text: ['A', 'B', 'C'] }
    const more = { choice_text: ['A', 'B', 'C', 'D', 'E'] }
    const limitsOf = ({ min_choices, max_choices }: Record<string, unknown>) => [min_choices, max_choices]
    const stored = async (at: string) => limitsOf((await ann.get(at)).json())
    const shown = (body: string, action: string) => {
      const fields = fieldsOf(body, action)
      return { fields, limits: limitsOf(fields) }
    }
    const made = async (fields: Parameters<typeof ann.submit>[1]) => {
      const answer = await ann.submit('/questions', fields)
      assert.equal(answer.statusCode, 303, answer.body)
      return String(answer.headers.location).replace('/manage', '')
    }
    const edited = async (at: string, change: Record<string, unknown>) => {
      const { fields, limits } = shown((await ann.page(`${at}/edit`)).body, at)
      assert.deepEqual(limits, ['', ''])
      assert.equal((await ann.submit(at, { ...fields, ...change })).statusCode, 303)
      return stored(at)
    }

    const at = await made({ ...several, min_choices: '', max_choices: '' })
    assert.deepEqual(await stored(at), [1, 3])
    const copy = String((await ann.submit(`${at}/duplicate`, {})).headers.location).replace('/edit', '')
    const { id } = (await ann.post('/templates', { question: at.split('/')[2] })).json()
    const template = shown((await ann.page(`/questions/new?template=${id}`)).body, '/questions')
    assert.deepEqual(template.limits, ['', ''])
    assert.deepEqual(await stored(await made({ ...template.fields, ...more })), [1, 5])
    assert.deepEqual(await edited(copy, more), [1, 5])
    assert.deepEqual(await edited(at, more), [1, 5])
    assert.deepEqual(await edited(at, { choice_text: ['A', 'B'] }), [1, 2])
    for (const kind of ['single', 'answers', 'score', 'dots', 'ranked']) {
      const other = await made({ ...several, kind, nonce: `n0nce-${kind}` })
      assert.deepEqual(await edited(other, { ...more, kind: 'multiple' }), [1, 5], kind)
    }

    // The schema accepts it, and the model refuses its closing time: the form has read numbers.
    const over = { nonce: 'n0nce-over', close_time: '2020-01-01T10:00' }
    for (const kind of ['single', 'multiple', 'answers']) {
      const refused = await ann.submit('/questions', { ...several, ...over, kind })
      assert.equal(refused.statusCode, 422)
      assert.deepEqual(shown(refused.body, '/questions').limits, ['', ''], kind)
    }
    const chosen = { min_choices: '2', max_choices: '2' }
    const refused = await ann.submit('/questions', { ...several, ...over, ...chosen })
    assert.deepEqual(shown(refused.body, '/questions').limits, ['2', '2'])
    const two = await made({ ...several, ...chosen, nonce: 'n0nce-two' })
    assert.deepEqual(shown((await ann.page(`${two}/edit`)).body, two).limits, ['2', '2'])
    // The number of all options is a maximum as well: it stays when there are more.
    const three = await made({ ...several, max_choices: '3', nonce: 'n0nce-three' })
    const form = shown((await ann.page(`${three}/edit`)).body, three)
    assert.deepEqual(form.limits, ['', '3'])
    assert.equal((await ann.submit(three, { ...form.fields, ...more })).statusCode, 303)
    assert.deepEqual(await stored(three), [1, 3])
    const saved = (await ann.post('/templates', { question: three.split('/')[2] })).json()
    assert.equal(saved.poll.max_choices, 3)
    const again = await ann.submit('/questions', { ...several, ...over, max_choices: '3' })
    assert.deepEqual(shown(again.body, '/questions').limits, ['', '3'])
    const late = await ann.submit('/questions', { ...several, question_text: '', max_choices: '3' })
    assert.deepEqual(shown(late.body, '/questions').limits, ['', '3'], 'as it was typed')
  })

  onEngines('a closing time is entered and shown in the time zone of the site', async (t, engine) => {
    const app = await build(t, engine, { server: { timeZone: 'Europe/Berlin' } })
    const ann = await member(app)
    const made = await ann.submit('/questions', { ...poll, close_time: '2031-07-01T17:00' })
    const manage = String(made.headers.location)
    assert.equal((await ann.get(manage)).json().close_time, '2031-07-01 15:00:00')
    assert.match(
      (await ann.page(manage)).body,
      /Closes <time datetime="2031-07-01T15:00:00Z">Tue, 1 Jul 2031, 17:00 CEST<\/time>, <span data-distance>in [\d,]+ days<\/span>\./
    )
    assert.match((await ann.page(manage.replace('manage', 'edit'))).body, /value="2031-07-01T17:00"/)
    const skipped = await ann.submit('/questions', {
      ...poll,
      nonce: 'another1',
      close_time: '2031-03-30T02:30'
    })
    assert.equal(skipped.statusCode, 422)
    assert.match(skipped.body, /This time does not exist in Europe\/Berlin/)
    assert.match(skipped.body, /value="2031-03-30T02:30"/)
    const json = await post(ann, { ...poll, nonce: 'another2', close_time: '2031-03-30 02:30:00' })
    assert.equal(json.json().close_time, '2031-03-30 02:30:00', 'JSON is UTC')
  })

  test('a guest is sent to sign in before the form is validated', async t => {
    const app = await build(t, embedded)
    isEnvelope(await visitor(app).post('/questions', {}), 401, 20006)
    isEnvelope(await visitor(app).post('/questions/1', {}), 401, 20006)
    isEnvelope(await visitor(app).get('/questions/new'), 401, 20006)
    const page = await visitor(app).page('/questions/new')
    assert.equal(page.headers.location, '/login?next=%2Fquestions%2Fnew')
  })
})
