/** A form sent after its session ended: the sign-in page carries it and sends it after sign-in. */
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { Busy, VoteNotConfirmed } from '../../../app/errors.ts'
import { build, member, PASSWORD, type Visitor, visitor } from '../../support/app.ts'
import { contents } from '../../support/contents.ts'
import { embedded, onEngines } from '../../support/engines.ts'
import { fieldsOf, formsOf } from '../../support/forms.ts'
import { askAsGuest, guestPolls } from '../../support/guests.ts'
import { mailbox } from '../../support/mailbox.ts'
import { ask } from '../../support/polls.ts'
import { storeOf } from '../../support/sessions.ts'

type Member = Awaited<ReturnType<typeof member>>

const pageOf = ({ slug }: { slug: string }) => `/questions/${slug}`
const voteOf = ({ slug }: { slug: string }) => `/questions/${slug}/vote`
const notCounted = /You are signed out\. Your vote was NOT counted yet: sign in, and it is sent/
const notDone = /You are signed out\. What you sent was NOT carried out yet/

/** Deletes the session from the store, as if it had expired. */
async function expire(app: FastifyInstance, { cookies }: Visitor) {
  const cookie = cookies.get('sessionid')!
  await storeOf(app).age(cookie.slice(0, cookie.indexOf('.')), -1)
}

const choicesOf = async (app: FastifyInstance, question: number) => {
  const sql = 'SELECT voter, choice_id FROM vote WHERE question_id = ? ORDER BY voter'
  return (await app.db.select<{ voter: string; choice_id: number }>(sql, [question])).map(row => ({ ...row }))
}

/** Signs in on the page that carries a form. */
const signInOn = (who: Visitor, body: string, account: string) =>
  who.submit('/login', { ...fieldsOf(body, '/login'), account, password: PASSWORD })

describe('routes/accounts/carried', () => {
  onEngines(
    'a member’s vote in an ended session is sent after sign-in, and counts once',
    async (t, engine) => {
      const app = await build(t, engine)
      for (const audience of ['members', 'link'] as const) {
        const poll = await ask(app, { audience })
        const ann = await member(app)
        const shown = await ann.page(pageOf(poll))
        await expire(app, ann)
        const fields = { ...fieldsOf(shown.body, voteOf(poll)), choice: poll.choices[1]! }
        const refused = await ann.submit(voteOf(poll), fields)
        assert.equal(refused.statusCode, 401)
        assert.match(refused.body, notCounted)
        assert.deepEqual(await choicesOf(app, poll.id), [])
        assert.equal(refused.body.includes('Vote without signing in'), audience === 'link')

        const wrong = await ann.submit('/login', {
          ...fieldsOf(refused.body, '/login'),
          account: ann.email,
          password: 'not the password'
        })
        assert.equal(wrong.statusCode, 401)
        assert.match(wrong.body, notCounted, 'a wrong password keeps it')

        const sent = await signInOn(ann, wrong.body, ann.email)
        assert.deepEqual([sent.statusCode, sent.headers.location], [303, `${pageOf(poll)}#counted`])
        assert.deepEqual(await choicesOf(app, poll.id), [
          { voter: `u:${ann.id}`, choice_id: poll.choices[1] }
        ])
        assert.match((await ann.page(pageOf(poll))).body, /No<\/bdi><\/strong>\s+was counted/)
        await signInOn(ann, wrong.body, ann.email)
        assert.equal((await choicesOf(app, poll.id)).length, 1, 'sent twice it counts once')
      }
    }
  )

  onEngines('a vote with an invitation counts, whoever was signed in', async (t, engine) => {
    const app = await build(t, engine)
    const [owner, ann] = [await member(app), await member(app)]
    const invited = async () => {
      const made = await ask(app, { user_id: owner.id, audience: 'list' })
      const payload = { names: ['Jan'] }
      const list = await owner.send({ method: 'POST', url: `${pageOf(made)}/invitations`, payload })
      const { pathname, search } = new URL(list.json().invitations[0].link)
      await ann.page(pathname + search)
      // A browser sends the cookie to the pages of its poll alone.
      return { ...made, cookie: ann.cookies.get('invitation')! }
    }
    const [opened, made] = [await invited(), await invited()]
    const fields = fieldsOf((await ann.page(pageOf(made))).body, voteOf(made))
    const report = fieldsOf((await ann.page(`${pageOf(made)}/report`)).body, `${pageOf(made)}/report`)
    assert.ok(fields.owner)
    await expire(app, ann)
    const sent = await ann.submit(voteOf(made), { ...fields, choice: made.choices[1]! })
    assert.deepEqual([sent.statusCode, sent.headers.location], [303, `${pageOf(made)}#counted`], sent.body)
    assert.equal((await choicesOf(app, made.id))[0]!.choice_id, made.choices[1])
    const withdrawn = await ann.submit(`${voteOf(made)}/withdraw`, { owner: fields.owner })
    assert.equal(withdrawn.statusCode, 303, withdrawn.body)
    const reported = await ann.submit(`${pageOf(made)}/report`, { ...report, reason: 'Spam' })
    assert.equal(reported.statusCode, 303, reported.body)

    // The invitation means nothing once the poll is for all with the link.
    ann.cookies.set('invitation', opened.cookie)
    const edit = { question_text: 'Which?', choice_text: ['a', 'b'], audience: 'link' }
    const edited = await owner.send({ method: 'POST', url: pageOf(opened), payload: edit })
    const choice = edited.json().choices[0].id
    const later = await ann.submit(voteOf(opened), { owner: fields.owner, choice })
    assert.match(later.body, notCounted)
    assert.deepEqual(await choicesOf(app, opened.id), [])
  })

  onEngines('what a manage link does is done, whoever was signed in', async (t, engine) => {
    const app = await build(t, engine, guestPolls)
    const ann = await member(app)
    const made = await askAsGuest(app)
    const { pathname, search } = new URL(made.link)
    await ann.page(pathname + search)
    const at = pageOf(made)
    const [vote, amend, copy, claim] = [voteOf(made), `${at}/amend`, `${at}/duplicate`, `${at}/claim`]
    const manage = (await ann.page(`${at}/manage`)).body
    const forms = {
      vote: fieldsOf((await ann.page(at)).body, vote),
      amend: fieldsOf((await ann.page(amend)).body, amend),
      copy: fieldsOf(manage, copy),
      claim: fieldsOf((await ann.page(claim)).body, claim)
    }
    assert.ok(Object.values(forms).every(({ owner }) => owner))
    await expire(app, ann)
    const refused = await ann.submit(vote, { owner: forms.vote.owner, choice: made.choices[0] })
    assert.match(refused.body, notCounted, 'a vote is the account’s')
    const amended = await ann.submit(amend, { ...forms.amend, question_text: 'Dinner?' })
    assert.equal(amended.statusCode, 303, amended.body)
    assert.equal((await ann.get(at)).json().question_text, 'Dinner?')
    const before = await contents(app.db)
    for (const [url, fields, page] of [
      [copy, forms.copy, `${at}/manage`],
      [claim, forms.claim, claim]
    ] as const) {
      const answer = await ann.submit(url, fields)
      assert.equal(answer.headers.location, `/login?next=${encodeURIComponent(page)}`, answer.body)
    }
    assert.equal(await contents(app.db), before)
    const sent = await signInOn(ann, refused.body, ann.email)
    assert.equal(sent.headers.location, `${at}#counted`)
    assert.equal((await choicesOf(app, made.id))[0]!.voter, `u:${ann.id}`)
  })

  onEngines('a poll form sent after the session ended creates one complete poll', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const shown = await ann.page('/questions/new')
    await expire(app, ann)
    const typed = {
      ...fieldsOf(shown.body, '/questions'),
      question_text: 'Where to, “Ann” & <b>Bo</b>?',
      choice_text: ['Zürich 🏔️', '北京', 'a"b\'c', 'x;y,z', 'Lines\r\nof one\r\nfield'],
      description: 'One.\r\n\r\n  Two & three = 4 %41 + 5.',
      kind: 'multiple',
      audience: 'members',
      results: 'after_vote',
      min_choices: '1',
      max_choices: '3',
      revote: ['0', '1'],
      listed: ['0', '1'],
      close_time: '2099-01-01T12:00'
    }
    const refused = await ann.submit('/questions', typed)
    assert.match(refused.body, notDone)
    const sent = await signInOn(ann, refused.body, ann.email)
    assert.equal(sent.statusCode, 303)
    const made = (await ann.get(String(sent.headers.location))).json()
    assert.partialDeepStrictEqual(made, {
      question_text: typed.question_text,
      description: 'One.\n\n  Two & three = 4 %41 + 5.',
      kind: 'multiple',
      audience: 'members',
      results: 'after_vote',
      max_choices: 3,
      revote: true,
      listed: true,
      close_time: '2099-01-01 12:00:00'
    })
    const texts = made.choices.map(({ choice_text }: { choice_text: string }) => choice_text)
    assert.deepEqual(texts, ['Zürich 🏔️', '北京', 'a"b\'c', 'x;y,z', 'Lines', 'of one', 'field'])
    const again = await signInOn(ann, refused.body, ann.email)
    assert.equal(again.headers.location, sent.headers.location, 'the same poll')
  })

  onEngines('a form with as many days and times as there can be creates the poll', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const shown = await ann.page('/questions/new')
    await expire(app, ann)
    const days = Array.from(
      { length: 50 },
      (_, n) => `2099-${n < 28 ? '01' : '02'}-${String((n % 28) + 1).padStart(2, '0')}`
    )
    const refused = await ann.submit('/questions', {
      ...fieldsOf(shown.body, '/questions'),
      question_text: 'When?',
      kind: 'dates',
      choice_text: days.map(() => ''),
      choice_day: days,
      choice_last_day: days,
      choice_start: days.map(() => '18:00'),
      choice_end: days.map(() => '20:00')
    })
    assert.match(refused.body, notDone)
    const sent = await signInOn(ann, refused.body, ann.email)
    assert.equal(sent.statusCode, 303)
    assert.equal((await ann.get(String(sent.headers.location))).json().choices.length, 50)
  })

  onEngines('a carried form that is rejected after sign-in is shown again as typed', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const shown = await ann.page('/questions/new')
    await expire(app, ann)
    const typed = {
      ...fieldsOf(shown.body, '/questions'),
      question_text: 'Where to?',
      choice_text: ['Only one']
    }
    const refused = await ann.submit('/questions', typed)
    const sent = await signInOn(ann, refused.body, ann.email)
    assert.equal(sent.statusCode, 422)
    assert.match(sent.body, /Write at least two options/)
    assert.match(sent.body, />Only one<\/textarea>/)
    assert.equal((await ann.get('/account')).statusCode, 200, 'and one is signed in')
  })

  onEngines(
    'registration sends the carried form too, and the guest’s vote becomes the new account’s',
    async (t, engine) => {
      const app = await build(t, engine)
      const poll = await ask(app, { audience: 'members' })
      const guest = visitor(app)
      const refused = await guest.submit(voteOf(poll), { choice: poll.choices[0]! })
      assert.match(refused.body, notCounted)
      const form = await guest.submit('/register', fieldsOf(refused.body, '/register'))
      assert.equal(form.statusCode, 200)
      assert.match(form.body, notCounted)
      const fields = {
        ...fieldsOf(form.body, '/register'),
        name: 'Bo',
        email: 'bo@example.org',
        password: PASSWORD
      }
      const short = await guest.submit('/register', { ...fields, password: 'short' })
      assert.equal(short.statusCode, 422)
      assert.match(short.body, notCounted)
      const back = await guest.submit('/login', fieldsOf(short.body, '/login'))
      assert.match(back.body, notCounted, 'and back to the other page')
      const sent = await guest.submit('/register', { ...fieldsOf(short.body, '/register'), ...fields })
      assert.deepEqual([sent.statusCode, sent.headers.location], [303, `${pageOf(poll)}#counted`])
      assert.equal((await choicesOf(app, poll.id)).length, 1)
    }
  )

  test('registration is offered to a carried form only where one can register', async t => {
    const app = await build(t, embedded)
    const first = await visitor(app).submit('/questions', { question_text: 'Which?' })
    assert.match(first.body, /action="\/register"/, 'there is no account yet')
    const admin = await member(app)
    for (const registration of ['open', 'closed', 'invite'] as const) {
      await admin.submit('/admin/settings', { registration })
      const { body } = await visitor(app).submit('/questions', { question_text: 'Which?' })
      assert.match(body, notDone)
      assert.equal(body.includes('/register"'), registration === 'open', registration)
    }
  })

  onEngines(
    'every form of every page is carried through sign-in, and never sent for another account',
    async (t, engine) => {
      const app = await build(t, engine)
      const admin = await member(app)
      const [ann, eve] = [await member(app), await member(app)]
      const [poll, closed] = [await ask(app, { user_id: ann.id }), await ask(app, { user_id: ann.id })]
      await ann.submit(`${pageOf(closed)}/close`, {})
      await ann.submit(voteOf(poll), { choice: poll.choices[0] })
      const at = (who: Member, ...urls: string[]) => urls.map(url => ({ who, url }))
      const empty = await ask(app, { user_id: ann.id })
      const pages = [
        ...at(ann, '/questions/new', '/account', '/account/password', '/account/sessions', '/account/delete'),
        ...at(
          ann,
          voteOf(poll),
          `${voteOf(poll)}/withdraw`,
          `${pageOf(poll)}/close`,
          `${pageOf(poll)}/delete`
        ),
        ...at(ann, `${pageOf(poll)}/present`, `${pageOf(closed)}/reopen`, `${pageOf(empty)}/edit`),
        ...at(admin, `/admin/users/${eve.id}`)
      ]
      await visitor(app).submit('/login', { account: ann.email, password: PASSWORD }) // a second session
      let count = 0
      for (const { who, url } of pages) {
        const { body } = await who.page(url)
        for (const form of formsOf(body)) {
          if (form.method !== 'post' || ['/theme', '/locale', '/logout'].includes(form.action)) continue
          count++
          const what = `${form.action} of ${url}`
          assert.ok(form.fields.owner, `${what} is bound to its account`)
          const before = await contents(app.db)
          const guest = visitor(app)
          const refused = await guest.submit(form.action, form.fields)
          assert.deepEqual([refused.statusCode, refused.headers.location], [401, '/login'], what)
          assert.match(refused.body, /NOT (counted|carried out) yet/, what)
          const asEve = await signInOn(guest, refused.body, eve.email)
          const direct = await eve.submit(form.action, form.fields)
          for (const answer of [asEve, direct]) {
            assert.equal(answer.statusCode, form.action.startsWith('/admin') ? 403 : 409, what)
            if (answer.statusCode === 409) assert.match(answer.body, /belongs to an account other than/, what)
          }
          assert.equal(await contents(app.db), before, what)
        }
      }
      assert.ok(count >= 14, `${count} forms`)
    }
  )

  onEngines('a carried form that replaces the session has the last word', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, elsewhere] = [await member(app), visitor(app)]
    await elsewhere.post('/login', { account: ann.email, password: PASSWORD })
    const sessionsSet = ({ cookies }: { cookies: Array<{ name: string; value: string }> }) =>
      cookies.filter(({ name }) => name === 'sessionid')
    const send = async (url: string) => {
      const { fields } = formsOf((await ann.page(url)).body).find(
        form => form.action === url && !('session' in form.fields)
      )!
      await expire(app, ann)
      const refused = await ann.submit(url, fields)
      assert.match(refused.body, notDone)
      return signInOn(ann, refused.body, ann.email)
    }
    const others = await send('/account/sessions')
    assert.deepEqual([others.statusCode, sessionsSet(others).length], [303, 1])
    assert.equal((await ann.get('/account')).statusCode, 200)
    assert.equal((await elsewhere.get('/account')).statusCode, 401)
    assert.equal((await ann.get('/account/sessions')).json().sessions.length, 1)

    for (const [url, status] of [
      ['/account', 303],
      ['/account/password', 422], // no password is carried
      ['/account/delete', 422]
    ] as const) {
      const answer = await send(url)
      assert.deepEqual([answer.statusCode, sessionsSet(answer).length], [status, 1], url)
      assert.equal((await ann.get('/account')).statusCode, 200, url)
    }
  })

  onEngines('JSON clients get 401, other sites nothing, and no password is carried', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const poll = await ask(app, { audience: 'members' })
    await expire(app, ann)
    const json = await ann.post(voteOf(poll), { choice: poll.choices[0] })
    assert.deepEqual([json.statusCode, json.json().error_code], [401, 20006])
    const guest = visitor(app)
    const refused = await guest.submit('/account/password', {
      current: 'my secret one',
      password: 'my secret two'
    })
    assert.equal(refused.statusCode, 401)
    assert.doesNotMatch(refused.body, /secret/)
    const sent = await signInOn(guest, refused.body, ann.email)
    assert.equal(sent.statusCode, 422, 'the form asks again')
    for (const [header, value] of [
      ['sec-fetch-site', 'cross-site'],
      ['origin', 'https://evil.example']
    ] as const) {
      const answer = await guest.send({
        method: 'POST',
        url: '/login',
        payload: new URLSearchParams({
          account: ann.email,
          password: PASSWORD,
          carried: JSON.stringify({ to: voteOf(poll), fields: [], isVote: true, mayBeGuests: false })
        }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', [header]: value }
      })
      assert.equal(answer.statusCode, 403)
    }
    const file = await guest.send({
      method: 'POST',
      url: voteOf(poll),
      payload: '--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nhello\r\n--x--',
      headers: { 'content-type': 'multipart/form-data; boundary=x', accept: 'text/html' }
    })
    assert.doesNotMatch(file.body, /carried/)
  })

  test('an empty form is refused like any other, whether it has a type or a length', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app, { audience: 'members' })
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const [headers, payload] of [
      [{}, undefined],
      [type, ''],
      [{ 'content-type': 'application/json' }, undefined],
      [{ ...type, 'transfer-encoding': 'chunked' }, Readable.from([])],
      [{ 'transfer-encoding': 'chunked' }, Readable.from([])]
    ] as const) {
      const answer = await visitor(app).send({
        method: 'POST',
        url: voteOf(poll),
        headers: { ...headers, accept: 'text/html' },
        ...(payload !== undefined && { payload })
      })
      const what = JSON.stringify(headers)
      assert.equal(answer.statusCode, 401, what)
      assert.equal(JSON.parse(String(fieldsOf(answer.body, '/login').carried)).to, voteOf(poll), what)
    }
  })

  test('an invalid carried form is ignored, and sign-in works', async t => {
    const app = await build(t, embedded)
    const ann = await member(app)
    const form = (more: object) => ({
      to: '/account',
      fields: [],
      isVote: false,
      mayBeGuests: false,
      ...more
    })
    const odd = [
      'x',
      '{',
      '[]',
      'null',
      '{"to":1}',
      form({ to: '//evil.example/' }),
      form({ to: 'https://evil.example/' }),
      form({ to: '/\r\nX: y' }),
      form({ to: `/${'x'.repeat(600)}` }),
      form({ fields: [['a']] }),
      form({ fields: Array.from({ length: 300 }, () => ['a', 'b']) })
    ]
    for (const one of odd) {
      const carried = typeof one === 'string' ? one : JSON.stringify(one)
      const fields = { account: ann.email, password: PASSWORD, next: '/questions', carried }
      const answer = await visitor(app).submit('/login', fields)
      assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/questions'], carried)
    }
    for (const to of ['/nowhere', '/login', '/logout', '/health/live', '/%ff']) {
      const fields = { account: ann.email, password: PASSWORD, carried: JSON.stringify(form({ to })) }
      const answer = await visitor(app).submit('/login', fields)
      assert.ok(answer.statusCode < 500, `${to} ${answer.statusCode}`)
    }
  })

  onEngines(
    'a form that waits for sign-in is carried by the error page of the sign-in',
    async (t, engine) => {
      const app = await build(t, engine, { log: { level: 'silent' } })
      const poll = await ask(app, { audience: 'members' })
      const ann = await member(app)
      const shown = await ann.page(pageOf(poll))
      await expire(app, ann)
      const vote = { ...fieldsOf(shown.body, voteOf(poll)), choice: poll.choices[0]! }
      const refused = await ann.submit(voteOf(poll), vote)
      const authenticate = app.users.authenticate.bind(app.users)
      app.users.authenticate = () => Promise.reject(new Busy())
      const busy = await signInOn(ann, refused.body, ann.email)
      assert.equal(busy.statusCode, 503)
      assert.deepEqual(
        formsOf(busy.body).map(({ action }) => action),
        [voteOf(poll)]
      )
      app.users.authenticate = authenticate

      const again = await ann.submit(voteOf(poll), fieldsOf(busy.body, voteOf(poll)))
      assert.match(again.body, notCounted)
      const sent = await signInOn(ann, again.body, ann.email)
      assert.equal(sent.headers.location, `${pageOf(poll)}#counted`)
      assert.deepEqual(await choicesOf(app, poll.id), [{ voter: `u:${ann.id}`, choice_id: poll.choices[0] }])
    }
  )

  test('what cannot be done at the moment can be sent again from its error page', async t => {
    const app = await build(t, embedded, { log: { level: 'silent' } })
    const ann = await member(app)
    const shown = await ann.page('/questions/new')
    const empty = fieldsOf(shown.body, '/questions')
    const typed = { ...empty, question_text: 'Where to?', choice_text: ['a\r\nb', 'c'] }
    const create = app.management.create.bind(app.management)
    app.management.create = () => Promise.reject(new Busy())
    const busy = await ann.submit('/questions', typed)
    assert.equal(busy.statusCode, 503)
    const again = fieldsOf(busy.body, '/questions')
    assert.partialDeepStrictEqual(again, {
      question_text: 'Where to?',
      owner: empty.owner,
      nonce: empty.nonce
    })
    app.management.create = create
    const sent = await ann.submit('/questions', again)
    assert.match(String(sent.headers.location), /\/manage$/)
    const { choices } = (await ann.get(String(sent.headers.location))).json()
    assert.equal(choices.length, 3)

    const poll = await ask(app)
    const page = await ann.page(pageOf(poll))
    const vote = { ...fieldsOf(page.body, voteOf(poll)), choice: poll.choices[0]! }
    const cast = app.ballots.cast.bind(app.ballots)
    app.ballots.cast = () => Promise.reject(new VoteNotConfirmed())
    const lost = await ann.submit(voteOf(poll), vote)
    assert.equal(lost.statusCode, 503)
    assert.match(lost.body, /not confirmed/)
    assert.doesNotMatch(lost.body, /id="theme"|name="locale"/, 'a switch would lose the form')
    app.ballots.cast = cast
    const counted = await ann.submit(voteOf(poll), fieldsOf(lost.body, voteOf(poll)))
    assert.equal(counted.headers.location, `${pageOf(poll)}#counted`)
  })

  test('a registration that is confirmed by mail leads back to the page of the form', async t => {
    const box = await mailbox(t)
    const app = await build(t, embedded, { mail: box.settings, signIn: { confirmEmail: true } })
    await member(app)
    const poll = await ask(app, { audience: 'members' })
    for (const [n, [at, from]] of [
      [voteOf(poll), pageOf(poll)],
      ['/questions', '/questions/new?preset=dates']
    ].entries()) {
      const guest = visitor(app)
      const refused = await guest.send({
        method: 'POST',
        url: at,
        payload: 'choice=1',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'text/html',
          referer: `http://localhost${from}`
        }
      })
      const form = await guest.submit('/register', fieldsOf(refused.body, '/register'))
      const there = await guest.submit('/login', fieldsOf(form.body, '/login'))
      const again = await guest.submit('/register', fieldsOf(there.body, '/register'))
      const person = { name: 'Bo', email: `bo${n}@example.org`, password: PASSWORD }
      await guest.submit('/register', { ...fieldsOf(again.body, '/register'), ...person })
      const [link] = /\/confirm\/[\w-]{22}$/m.exec((await box.letter(n)).text)!
      const done = await guest.submit(link, { password: PASSWORD })
      const next = String(done.headers.location)
      assert.deepEqual([done.statusCode, next], [303, n === 0 ? at : from])
      assert.equal((await guest.page(next)).statusCode, 200)
    }
  })

  test('a form that is too large to be valid is not carried, and the page says so', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    const large = {
      question_text: 'Which?',
      choice_text: Array.from({ length: 500 }, (_, n) => `Option ${n}`)
    }
    const refused = await guest.submit('/questions', large)
    assert.equal(refused.statusCode, 401)
    assert.match(refused.body, /cannot be kept here: go back/)
    assert.ok(refused.body.length < 20_000)
    const most = Array.from({ length: 50 }, (_, n) => `${n}${'🗳️'.repeat(99)}`)
    const kept = await guest.submit('/questions', { question_text: 'Which?', choice_text: most })
    assert.match(kept.body, notDone)
    const ann = await member(app)
    const sent = await signInOn(guest, kept.body, ann.email)
    assert.match(String(sent.headers.location), /\/manage$/, 'the largest valid one is')
    assert.equal((await guest.submit('/register', { name: 'n'.repeat(70_000) })).statusCode, 413)
  })
})
