/**
 * Voter lists end to end: invitations, the votes that they give, revoking, and what is never told.
 */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, start, visitor, type Visitor } from '../../support/app.ts'
import { embedded, type Engine, onEngines, secret } from '../../support/engines.ts'
import { eventually } from '../../support/eventually.ts'
import { fieldsOf } from '../../support/forms.ts'

type App = Awaited<ReturnType<typeof build>>
interface Made {
  id: number
  number: number
  name: string | null
  link: string
}

async function create(owner: Visitor, more: object = {}) {
  const poll = { question_text: 'Whom?', audience: 'list', choice_text: ['Ann', 'Bob', 'Eve'], ...more }
  const answer = await owner.send({ method: 'POST', url: '/questions', payload: poll })
  assert.equal(answer.statusCode, 201, answer.body)
  const { id, slug, choices } = answer.json()
  return {
    id: Number(id),
    slug: String(slug),
    choices: choices.map((one: { id: number }) => one.id) as number[]
  }
}

async function invite(owner: Visitor, slug: string, payload: object) {
  const answer = await owner.send({ method: 'POST', url: `/questions/${slug}/invitations`, payload })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json().invitations as Made[]
}

const tokenOf = ({ link }: Made) => new URL(link).searchParams.get('t')!
const pathOf = ({ link }: Made) => new URL(link).pathname + new URL(link).search

/** A visitor who has opened the link of an invitation. */
async function holder(app: App, made: Made) {
  const voter = visitor(app)
  const answer = await voter.page(pathOf(made))
  assert.equal(answer.statusCode, 303, answer.body)
  return voter
}

const states = async (owner: Visitor, slug: string) => {
  const { invitations } = (await owner.get(`/questions/${slug}/invitations`)).json()
  return invitations.map(({ state }: { state: string }) => state)
}

const votersOf = async (owner: Visitor, slug: string) =>
  (await owner.get(`/questions/${slug}/results`)).json().voters

async function listed(t: TestContext, engine: Engine, more: object = {}, names = ['Jan', 'Kim', 'Lou']) {
  const app = await build(t, engine)
  await member(app) // the first account is the administrator's
  const owner = await member(app)
  const poll = await create(owner, more)
  return { app, owner, ...poll, made: await invite(owner, poll.slug, { names }) }
}

describe('routes/polls/voter-list', () => {
  onEngines('each invitation is one vote, which its link shows and changes', async (t, engine) => {
    const { app, owner, slug, choices, made } = await listed(t, engine)
    assert.deepEqual(
      made.map(({ number, name }) => [number, name]),
      [
        [1, 'Jan'],
        [2, 'Kim'],
        [3, 'Lou']
      ]
    )
    const jan = await holder(app, made[0]!)
    assert.match((await jan.page(`/questions/${slug}`)).body, /with the invitation for <bdi>Jan<\/bdi>/)
    const sent = await jan.submit(`/questions/${slug}/vote`, { choice: choices[0] })
    assert.equal(sent.statusCode, 303, sent.body)
    const again = await holder(app, made[0]!)
    assert.deepEqual((await again.get(`/questions/${slug}/vote`)).json().choice, [choices[0]])
    assert.equal((await again.put(`/questions/${slug}/vote`, { choice: choices[1] })).statusCode, 200)
    assert.equal(await votersOf(owner, slug), 1)
    assert.deepEqual(await states(owner, slug), ['voted', 'unused', 'unused'])
    assert.equal((await jan.delete(`/questions/${slug}/vote`)).statusCode, 200)
    assert.deepEqual(await states(owner, slug), ['unused', 'unused', 'unused'])
    assert.deepEqual(await audit(app.db), [])
  })

  test('a program presents the invitation in a header', async t => {
    const { app, owner, slug, choices, made } = await listed(t, embedded)
    const headers = { authorization: `Invitation ${tokenOf(made[1]!)}`, accept: 'application/json' }
    const url = `/questions/${slug}/vote`
    const cast = await app.inject({ method: 'PUT', url, headers, payload: { choice: choices[2] } })
    assert.equal(cast.statusCode, 200, cast.body)
    assert.deepEqual((await app.inject({ url, headers })).json().choice, [choices[2]])
    const wrong = { ...headers, authorization: 'Invitation 0123456789abcdef0123456789abcdef' }
    const refused = await app.inject({ method: 'PUT', url, headers: wrong, payload: { choice: choices[2] } })
    isEnvelope(refused, 403, 20150)
    assert.equal(await votersOf(owner, slug), 1)
  })

  test('an account has no vote without an invitation, and none beside it', async t => {
    const { app, owner, slug, choices, made } = await listed(t, embedded, { listed: true })
    const ann = await member(app)
    isEnvelope(await ann.put(`/questions/${slug}/vote`, { choice: choices[0] }), 403, 20150)
    isEnvelope(await owner.put(`/questions/${slug}/vote`, { choice: choices[0] }), 403, 20150)
    const page = await ann.page(`/questions/${slug}`)
    assert.match(page.body, /Only people with an invitation can vote in this poll/)
    assert.doesNotMatch(page.body, /<button type="submit" class="primary big"/)
    await ann.page(pathOf(made[0]!))
    assert.equal((await ann.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    const elsewhere = await holder(app, made[0]!)
    assert.equal((await elsewhere.put(`/questions/${slug}/vote`, { choice: choices[1] })).statusCode, 200)
    assert.equal(await votersOf(owner, slug), 1)
  })

  test('the address alone is offered for sharing only where it shows the poll', async t => {
    const { owner, slug } = await listed(t, embedded)
    const open = await create(owner, { listed: true })
    for (const [poll, isOffered] of [
      [slug, false],
      [open.slug, true]
    ] as const) {
      const manage = (await owner.page(`/questions/${poll}/manage`)).body
      assert.equal(manage.includes('id="link"'), isOffered)
      assert.match(manage, /Voter list/)
      const screen = (await owner.page(`/questions/${poll}/present`)).body
      assert.equal(screen.includes('class="address"'), isOffered)
      assert.equal(screen.includes('Vote at'), isOffered)
      assert.doesNotMatch(screen, /This room is closed/)
    }
  })

  onEngines('an unlisted poll is shown to holders, its owner and administrators only', async (t, engine) => {
    const { app, owner, slug, made } = await listed(t, engine)
    const [guest, ann] = [visitor(app), await member(app)]
    for (const path of ['', '/results', '/history', '/events', '/choice', '/vote', '/preview.png'])
      for (const stranger of [guest, ann]) {
        const answer = await stranger.get(`/questions/${slug}${path}`)
        assert.equal(answer.statusCode, 403, `${path}: ${answer.body}`)
        assert.doesNotMatch(answer.body, /Whom\?/)
      }
    assert.equal((await guest.page(`/questions/${slug}`)).statusCode, 403)
    assert.equal((await owner.page(`/questions/${slug}`)).statusCode, 200)
    assert.equal((await (await holder(app, made[0]!)).page(`/questions/${slug}`)).statusCode, 200)
    await app.db.execute('UPDATE user SET is_admin = 1 WHERE id = ?', [ann.id])
    assert.equal((await ann.page(`/questions/${slug}/close`)).statusCode, 200)
  })

  onEngines('opening a link uses nothing up, and its token is nowhere afterwards', async (t, engine) => {
    const { app, owner, slug, choices, made } = await listed(t, engine)
    const [first] = made
    const token = tokenOf(first!)
    for (const method of ['GET', 'HEAD'] as const)
      for (const accept of ['text/html', 'application/json', '*/*']) {
        const answer = await app.inject({ method, url: pathOf(first!), headers: { accept } })
        assert.equal(answer.statusCode, 303)
        assert.equal(answer.headers.location, `/questions/${slug}`)
        assert.equal(answer.headers['referrer-policy'], 'no-referrer')
        assert.match(String(answer.headers['cache-control']), /no-store/)
        const [cookie] = answer.cookies
        assert.equal(cookie?.name, 'invitation')
        assert.equal(cookie?.path, `/questions/${slug}`)
        assert.equal(cookie?.httpOnly, true)
        assert.equal(cookie?.sameSite, 'Lax')
      }
    const jan = await holder(app, first!)
    const empty = await jan.submit(`/questions/${slug}/vote`, {})
    assert.equal(empty.statusCode, 422)
    const post = await jan.submit(`/questions/${slug}?t=${token}`, { choice: choices[0] })
    assert.ok(post.statusCode >= 400, String(post.statusCode))
    assert.deepEqual(await states(owner, slug), ['unused', 'unused', 'unused'])
    assert.equal(await votersOf(owner, slug), 0)
    await jan.put(`/questions/${slug}/vote`, { choice: choices[0] })
    for (const path of ['', '/results', '/vote', '/history', '/invitations', '/manage', '/ballots'])
      for (const viewer of [jan, owner]) {
        const page = await viewer.page(`/questions/${slug}${path}`)
        const json = await viewer.get(`/questions/${slug}${path}`)
        assert.ok(!page.body.includes(token) && !json.body.includes(token), path)
      }
  })

  onEngines('a link works with what a chat puts behind it, and not with another token', async (t, engine) => {
    const { app, made, slug } = await listed(t, engine)
    const path = pathOf(made[0]!)
    for (const tail of ['.', ',', ')', '%20', '%E3%80%82', '.)'])
      assert.equal((await visitor(app).page(path + tail)).statusCode, 303, tail)
    assert.equal(
      (await visitor(app).page(path.replace(/t=.*/, m => m.toUpperCase().replace('T=', 't=')))).statusCode,
      303
    )
    const unknown = ['', 'x', `${tokenOf(made[0]!)}0`, '0'.repeat(32), "' OR 1=1-- -", '%00', '🙂']
    for (const t of unknown) {
      const url = `/questions/${slug}?t=${encodeURIComponent(t)}`
      const refused = await visitor(app).get(url)
      isEnvelope(refused, 403, 20150)
      assert.match(refused.json().error_msg, /incomplete, has a typing mistake or belongs to another poll/)
    }
    const other = await create(await member(app))
    isEnvelope(await visitor(app).get(`/questions/${other.slug}?t=${tokenOf(made[0]!)}`), 403, 20150)
    const twice = await visitor(app).get(`${path}&t=${tokenOf(made[1]!)}`)
    assert.ok([303, 403].includes(twice.statusCode))
  })

  onEngines('fifty votes at once with one invitation make one ballot', async (t, engine) => {
    const { app, owner, slug, choices, made } = await listed(t, engine)
    const config = { authorization: `Invitation ${tokenOf(made[0]!)}` }
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        app.inject({
          method: 'PUT',
          url: `/questions/${slug}/vote`,
          headers: config,
          payload: { choice: choices[n % 3] }
        })
      )
    )
    for (const answer of answers) assert.equal(answer.statusCode, 200, answer.body)
    assert.equal(await votersOf(owner, slug), 1)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a revoked invitation is gone, with its vote or without it', async (t, engine) => {
    const { app, owner, id, slug, choices, made } = await listed(t, engine, { listed: true })
    const voters = await Promise.all(made.map(one => holder(app, one)))
    for (const voter of voters.slice(0, 2))
      assert.equal((await voter.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    const at = (n: number) => `/questions/${slug}/invitations/${made[n]!.id}`
    assert.match((await owner.page(at(0))).body, /Remove the vote/)
    const switched = await owner.submit(at(0), { vote: 'remove', show_theme: 'dark' })
    assert.match(switched.body, /data-theme="dark"[^]*name="vote" value="remove" checked/)
    assert.equal(await votersOf(owner, slug), 2, 'and no vote is removed')
    const payload = { vote: 'remove' } // means nothing to DELETE
    assert.equal((await owner.send({ method: 'DELETE', url: at(0), payload })).statusCode, 200)
    assert.equal(await votersOf(owner, slug), 2)
    assert.match((await owner.page(at(0))).body, /The public history of the poll may say/)
    const removed = await owner.submit(at(1), { vote: 'remove' })
    const list = String(removed.headers.location)
    assert.match(list, /\/invitations\?done=revoked#done$/)
    assert.match((await owner.page(list.replace('#done', ''))).body, /The invitation is revoked/)
    assert.equal(removed.statusCode, 303, removed.body)
    assert.equal(await votersOf(owner, slug), 1)
    assert.equal((await owner.delete(at(1))).statusCode, 200)
    assert.deepEqual(await states(owner, slug), ['revoked', 'revoked', 'unused'])
    for (const voter of voters.slice(0, 2)) {
      isEnvelope(await voter.put(`/questions/${slug}/vote`, { choice: choices[1] }), 410, 20151)
      isEnvelope(await voter.delete(`/questions/${slug}/vote`), 410, 20151)
    }
    isEnvelope(await visitor(app).get(pathOf(made[0]!)), 410, 20151)
    const gone = await visitor(app).page(pathOf(made[0]!))
    assert.equal(gone.statusCode, 410)
    assert.ok(!gone.body.includes(tokenOf(made[0]!)))
    const { edits } = (await visitor(app).get(`/questions/${slug}/history`)).json()
    assert.deepEqual(
      edits.map(({ act, before, after }: Record<string, unknown>) => [act, before, after]),
      [
        ['vote_removed', null, null],
        ['invitation_revoked', null, null]
      ]
    )
    assert.match((await visitor(app).page(`/questions/${slug}/history`)).body, /its vote removed/)
    const row = await app.db.fetchone<{ invited: number }>('SELECT invited FROM question WHERE id = ?', [id])
    assert.equal(row?.invited, 1)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('revoking and voting at once end with a removed vote or a refused one', async (t, engine) => {
    const names = Array.from({ length: 12 }, (_, n) => `Voter ${n}`)
    const { app, owner, slug, choices, made } = await listed(t, engine, { listed: true }, names)
    const answers = await Promise.all(
      made.flatMap(one => [
        app.inject({
          method: 'PUT',
          url: `/questions/${slug}/vote`,
          headers: { authorization: `Invitation ${tokenOf(one)}` },
          payload: { choice: choices[0] }
        }),
        owner.post(`/questions/${slug}/invitations/${one.id}`, { vote: 'remove' })
      ])
    )
    for (const { statusCode, body } of answers) assert.ok([200, 410].includes(statusCode), body)
    assert.equal(await votersOf(owner, slug), 0)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('an anonymous poll tells who has voted when it is closed, and never what', async (t, engine) => {
    const { app, owner, slug, choices, made } = await listed(t, engine, { privacy: 'anonymous' })
    const [jan, kim] = await Promise.all(made.slice(0, 2).map(one => holder(app, one)))
    assert.equal((await jan!.put(`/questions/${slug}/vote`, { choice: choices[0] })).statusCode, 200)
    assert.equal((await jan!.put(`/questions/${slug}/vote`, { choice: choices[1] })).statusCode, 200)
    assert.equal((await jan!.get(`/questions/${slug}/vote`)).json().choice, null)
    assert.deepEqual(await states(owner, slug), ['hidden', 'hidden', 'hidden'])
    const at = (n: number) => `/questions/${slug}/invitations/${made[n]!.id}`
    isEnvelope(await owner.post(at(0), { vote: 'remove' }), 409, 20153)
    assert.doesNotMatch((await owner.page(at(0))).body, /Remove the vote/)
    assert.equal((await owner.delete(at(2))).statusCode, 200)
    assert.equal((await owner.post(`/questions/${slug}/close`)).statusCode, 200)
    assert.deepEqual(await states(owner, slug), ['voted', 'unused', 'revoked'])
    isEnvelope(await kim!.put(`/questions/${slug}/vote`, { choice: choices[0] }), 409, 20012)
    // It cannot be reopened, so that is not the advice.
    isEnvelope(await owner.delete(at(1)), 409, 20125)
    const add = { method: 'POST', url: `/questions/${slug}/invitations`, payload: { number: 3 } } as const
    isEnvelope(await owner.send(add), 409, 20125)
    const list = (await owner.page(`/questions/${slug}/invitations`)).body
    assert.match(list, /<p>The list of a closed poll stays as it is\.<\/p>/)
    const manage = (await owner.page(`/questions/${slug}/manage`)).body
    assert.match(manage, /<p>Invitations: 2, votes: 1\.<\/p>/)
    const votes = await app.db.select<{ voter: string; cast_time: string }>(
      'SELECT voter, cast_time FROM vote'
    )
    for (const { voter } of votes) assert.ok(!voter.startsWith('t:'))
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('a link in an anonymous poll says that it has voted, and not for what', async (t, engine) => {
    const settings = { privacy: 'anonymous', kind: 'multiple', suggestions: 'review' }
    const { app, owner, slug, choices, made } = await listed(t, engine, settings)
    const at = `/questions/${slug}`
    const jan = await holder(app, made[0]!)
    const cast = await jan.put(`${at}/vote`, { choice: [choices[1]] })
    const { choice, cast_time } = cast.json()
    assert.deepEqual([choice, cast_time], [[choices[1]], null])
    const suggested = await jan.put(`${at}/vote`, { choice_text: 'Süd' })
    assert.deepEqual([suggested.statusCode, suggested.json().choice], [200, null])

    const other = await holder(app, made[0]!)
    const id = Number((await owner.get(at)).json().id)
    const hidden = { question_id: id, choice: null, cast_time: null }
    assert.deepEqual((await other.get(`${at}/vote`)).json(), hidden)
    assert.equal((await other.get(at)).json().vote, null)
    const page = (await other.page(at)).body
    assert.match(page, /Your vote was counted\. What it is for is not shown/)
    assert.match(page, /Change vote[^]*Withdraw vote/)
    for (const path of [at, `${at}/results`, `${at}/vote`]) {
      const { body } = await other.page(path)
      assert.doesNotMatch(body, /data-mark|class="own|checked|vote for <bdi>|Süd/, path)
    }
    assert.match(
      (await other.page(`${at}/vote`)).body,
      /Your earlier vote is not shown.* A new vote replaces it/
    )
    const refused = await other.submit(`${at}/vote`, { choice: [] })
    assert.match(refused.body, /NOT counted: your earlier vote still counts\./)

    assert.equal((await other.delete(`${at}/vote`)).statusCode, 200)
    assert.deepEqual((await jan.get(`${at}/vote`)).json().choice, [])
    assert.equal((await owner.get(`${at}/results`)).json().voters, 0)
  })

  onEngines('a final vote of a link cannot be found out by repeating it', async (t, engine) => {
    const settings = { privacy: 'anonymous', kind: 'multiple', suggestions: 'review', revote: false }
    const { app, slug, choices, made } = await listed(t, engine, settings)
    const at = `/questions/${slug}/vote`
    const jan = await holder(app, made[0]!)
    assert.equal((await jan.put(at, { choice: [choices[1]], choice_text: 'Sue' })).statusCode, 200)
    const other = await holder(app, made[0]!)
    for (const choice of choices) isEnvelope(await other.put(at, { choice: [choice] }), 409, 20014)
    for (const choice_text of ['Sue', 'Tom']) isEnvelope(await other.put(at, { choice_text }), 409, 20014)
  })

  for (const privacy of ['hidden', 'anonymous'])
    onEngines(`a revoked invitation and what it has suggested, ${privacy}`, async (t, engine) => {
      const settings = { privacy, kind: 'multiple', suggestions: 'review' }
      const { app, owner, slug, choices, made } = await listed(t, engine, settings)
      const at = `/questions/${slug}`
      const jan = await holder(app, made[0]!)
      const sent = await jan.put(`${at}/vote`, { choice: [choices[0]], choice_text: 'Sue' })
      assert.equal(sent.statusCode, 200)
      assert.equal((await owner.delete(`${at}/invitations/${made[0]!.id}`)).statusCode, 200)
      const [waiting] = (await owner.get(`${at}/suggestions`)).json().waiting
      assert.equal((await owner.post(`${at}/suggestions`, { accept: waiting.id })).statusCode, 200)
      const result = (await owner.get(`${at}/results`)).json()
      // In an anonymous poll as if another voter had suggested it.
      assert.equal(result.choices.at(-1).votes, privacy === 'anonymous' ? 1 : 0)
      assert.deepEqual(await audit(app.db), [])
    })

  test('a poll that is no longer for a list tells of no invitations', async t => {
    const { owner, slug } = await listed(t, embedded)
    const at = `/questions/${slug}`
    assert.equal((await owner.get(at)).json().invited, 3)
    const edit = { question_text: 'Whom?', choice_text: ['Ann', 'Bob'], audience: 'link', revision: 1 }
    const edited = await owner.post(at, edit)
    assert.deepEqual([edited.statusCode, edited.json().invited], [200, 0])
    assert.equal((await owner.get(at)).json().invited, 0)
  })

  onEngines('what is answered to a link does not depend on what was cast before', async (t, engine) => {
    const settings = { privacy: 'anonymous', suggestions: 'on' }
    const { app, slug, choices, made } = await listed(t, engine, settings)
    const at = `/questions/${slug}/vote`
    const jan = await holder(app, made[0]!)
    await jan.put(at, { choice: choices[0] })
    // The vote of an earlier day.
    await app.db.execute('UPDATE vote SET cast_time = ?', ['2026-01-01 00:00:00'])
    for (const choice of choices.slice(0, 2)) {
      const { question_id: _same, ...answer } = (await jan.put(at, { choice })).json()
      assert.deepEqual(answer, { error_code: 0, error_msg: 'ok', choice: [choice], cast_time: null })
    }
    const kim = await holder(app, made[1]!)
    const { choice } = (await kim.put(at, { choice_text: 'Sue' })).json()
    assert.equal(choice.length, 1, 'what this request has cast')
    assert.equal((await kim.get(at)).json().choice, null)
  })

  onEngines('a link whose vote is not shown can keep its seat in a full option', async (t, engine) => {
    const settings = { privacy: 'anonymous', kind: 'multiple', capacity: [1, 5, 5] }
    const { app, slug, choices, made } = await listed(t, engine, settings)
    const at = `/questions/${slug}/vote`
    const [jan, kim] = await Promise.all(made.slice(0, 2).map(one => holder(app, one)))
    assert.equal((await jan!.put(at, { choice: choices.slice(0, 2) })).statusCode, 200)
    const boxOf = async (voter: Visitor) => {
      const { body } = await voter.page(at)
      return new RegExp(`value="${choices[0]}" ([^>]*)>[^]*?</label>`).exec(body)!
    }
    for (const [voter, state] of [
      [jan!, ''],
      [kim!, 'disabled data-full']
    ] as const) {
      const [label, attributes] = await boxOf(voter)
      assert.equal(attributes, state)
      assert.match(label, /<small>full<\/small>/i)
    }
    const kept = await jan!.submit(at, { choice: [choices[0], choices[2]].map(String) })
    assert.equal(kept.statusCode, 303)
    isEnvelope(await kim!.put(at, { choice: choices[0] }), 409, 20126)
  })

  onEngines('a link is refused a further suggestion whatever it has suggested', async (t, engine) => {
    const settings = { privacy: 'anonymous', suggestions: 'review' }
    const { app, owner, slug, choices, made } = await listed(t, engine, settings)
    const at = `/questions/${slug}`
    const [jan, kim] = await Promise.all(made.slice(0, 2).map(one => holder(app, one)))
    const suggest = (voter: Visitor, choice_text: string) =>
      voter.put(`${at}/vote`, { choice: choices[0], choice_text })
    for (const text of ['Sue', 'Tom', 'Uma']) assert.equal((await suggest(jan!, text)).statusCode, 200)
    const refused = await Promise.all(['Sue', 'Vic'].map(text => suggest(jan!, text)))
    for (const one of refused) isEnvelope(one, 422, 20005)
    assert.equal(refused[0]!.body, refused[1]!.body)
    // A repeat counts, and waits again after it was refused.
    const waiting = async () => (await owner.get(`${at}/suggestions`)).json().waiting
    for (const { id } of await waiting()) await owner.post(`${at}/suggestions`, { refuse: id })
    for (const text of ['Wes', 'Wes', 'Wes']) assert.equal((await suggest(kim!, text)).statusCode, 200)
    isEnvelope(await suggest(kim!, 'Wes'), 422, 20005)
    assert.equal((await waiting()).length, 1)
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('an anonymous poll that closes by its time notes who has voted', async (t, engine) => {
    const { app, owner, slug, id, choices, made } = await listed(t, engine, { privacy: 'anonymous' })
    const jan = await holder(app, made[0]!)
    await jan.put(`/questions/${slug}/vote`, { choice: choices[0] })
    await app.db.execute("UPDATE question SET close_time = '2020-01-01 00:00:00' WHERE id = ?", [id])
    app.changeEvents.publishEdits([id])
    await eventually(async () => assert.deepEqual(await states(owner, slug), ['voted', 'unused', 'unused']))
  })

  onEngines('only hashes are stored, and no log has a token', async (t, engine) => {
    const lines: string[] = []
    const app = await start(t, { ...(await engine.filled(t)), log: { level: 'trace' } }, { lines })
    const owner = await member(app)
    const { slug, choices } = await create(owner)
    const made = await invite(owner, slug, { number: 2 })
    const jan = await holder(app, made[0]!)
    await jan.put(`/questions/${slug}/vote`, { choice: choices[0] })
    await visitor(app).page(`${pathOf(made[1]!)}0`)
    const rows = JSON.stringify([
      await app.db.select('SELECT * FROM invitation'),
      await app.db.select('SELECT * FROM vote')
    ])
    for (const one of made) {
      assert.ok(!rows.includes(tokenOf(one)))
      assert.ok(!lines.join('\n').includes(tokenOf(one)))
    }
  })

  onEngines(
    'a repeated form makes one list, and other names with its nonce are refused',
    async (t, engine) => {
      const { app, owner, slug, made } = await listed(t, engine)
      const url = `/questions/${slug}/invitations`
      const form = { names: 'Mia\r\n\r\nNoa', nonce: 'a-nonce-of-a-form' }
      const sent = await Promise.all([owner.submit(url, form), owner.submit(url, form)])
      const links = sent.map(({ statusCode, body }) => {
        assert.equal(statusCode, 201, body)
        return [...body.matchAll(/[?]t=[0-9a-f]{32}/g)].map(String)
      })
      assert.equal(new Set(links[0]).size, 2)
      assert.deepEqual(links[0], links[1])
      assert.equal((await owner.get(url)).json().invited, made.length + 2)
      for (const names of ['Mia', 'Mia\nNoa\nOle', 'Mia\nNora']) {
        const other = await owner.submit(url, { ...form, names })
        assert.equal(other.statusCode, 409)
        assert.match(other.body, /other invitations before/)
      }
      assert.equal((await app.db.fetchone<{ n: number }>('SELECT COUNT(*) AS n FROM invitation'))?.n, 5)
    }
  )

  onEngines(
    'a request that is repeated after a change of the secret makes no second list',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const before = await member(await start(t, tree))
      const { slug } = await create(before)
      const request = {
        method: 'POST',
        url: `/questions/${slug}/invitations`,
        payload: { names: ['Mia', 'Noa'] },
        headers: { 'idempotency-key': 'a-key-of-a-request' }
      } as const
      const sent = await before.send(request)
      assert.equal(sent.statusCode, 201, sent.body)
      await before.post(`/questions/${slug}/close`)

      const session = { secret: 'b7Vn2kQx9sLw4yRt6mZc1pHd8fGj3aUe', previousSecret: secret }
      const after = visitor(await start(t, { ...tree, session }))
      for (const [name, value] of before.cookies) after.cookies.set(name, value)
      const repeated = await after.send(request)
      assert.deepEqual([repeated.statusCode, repeated.json()], [201, sent.json()])
      assert.equal((await after.get(request.url)).json().invited, 2)
    }
  )

  onEngines(
    'the page of new links is also a table for spreadsheets and a sheet of codes',
    async (t, engine) => {
      const { owner, slug } = await listed(t, engine)
      const names = ['=HYPERLINK("x")', 'Smith, "J"', '-1', 'Zoë <b>']
      const { body } = await owner.submit(`/questions/${slug}/invitations`, { names: names.join('\n') })
      const [, data] = /href="data:text\/csv;charset=utf-8;base64,([^"]+)" download="invitations.csv"/.exec(
        body
      )!
      const csv = Buffer.from(data!, 'base64').toString()
      const records = csv.split('\r\n')
      assert.equal(records[0], '\u{feff}number,name,link,email')
      assert.match(records[1]!, /^4,"'=HYPERLINK\(""x""\)",http\S+\?t=[0-9a-f]{32},$/)
      assert.match(records[2]!, /^5,"Smith, ""J""",/)
      assert.match(records[3]!, /^6,'-1,/)
      assert.equal(records.length, 6)
      assert.equal(body.match(/<svg class="qr"/g)?.length, 4)
      assert.ok(!body.includes('Zoë <b>'))
    }
  )

  onEngines('input that is no list is refused with its field', async (t, engine) => {
    const { owner, slug } = await listed(t, engine)
    const url = `/questions/${slug}/invitations`
    const bodies: Array<[payload: unknown, field: string]> = [
      [{}, 'names'],
      [{ names: [] }, 'names'],
      [{ names: 'Ann' }, 'names'],
      [{ names: ['Ann', ' '] }, 'names'],
      [{ names: ['a'.repeat(41)] }, 'names'],
      [{ names: [{ a: 1 }] }, 'names'],
      [{ names: Array.from({ length: 501 }, () => 'Ann') }, 'names'],
      [{ number: 0 }, 'number'],
      [{ number: 501 }, 'number'],
      [{ number: 1.5 }, 'number'],
      [{ number: '3' }, 'number'],
      [{ names: ['Ann'], number: 1 }, 'number']
    ]
    for (const [payload, field] of bodies) {
      const answer = await owner.send({ method: 'POST', url, payload: payload as object })
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(
        Object.keys(answer.json().fields).map(name => name.split('.')[0]),
        [field],
        JSON.stringify(payload).slice(0, 60)
      )
    }
    for (const payload of ['null', '[]', '"x"', '1']) {
      const { statusCode } = await owner.send({
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': 'application/json' }
      })
      assert.ok(statusCode === 400 || statusCode === 422, String(statusCode))
    }
    assert.equal((await owner.get(url)).json().invited, 3)
  })

  onEngines('a refused list is shown again, whole', async (t, engine) => {
    const { owner, slug } = await listed(t, engine)
    const names = Array.from({ length: 300 }, (_, n) => `Voter ${n} of a club`)
    const url = `/questions/${slug}/invitations`
    const refused = await owner.submit(url, { names: [...names, 'x'.repeat(41)].join('\r\n') })
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /Voter 0 of a club[^]*Voter 299 of a club[^]*x{41}/)
    const both = await owner.submit(url, { names: 'Ann', number: '3' })
    assert.match(both.body, />Ann<\/textarea>[^]*name="number"[^>]* value="3"/)
    const fields = { names: 'Zürich “A”\r\n北京\r\n<b>x</b>', nonce: 'a-nonce-of-a-form' }
    const switched = await owner.submit(url, { ...fields, show_theme: 'dark' })
    assert.equal(switched.statusCode, 200)
    assert.match(switched.body, />Zürich “A”\n北京\n&lt;b&gt;x&lt;\/b&gt;<\/textarea>/)
    assert.match(switched.body, /name="nonce" value="a-nonce-of-a-form"/)
    const counted = await owner.submit(url, { number: '12', show_theme: 'light' })
    assert.match(counted.body, /name="number"[^>]* value="12"/)
  })

  onEngines('a list takes 5,000 invitations', async (t, engine) => {
    const { app, owner, slug, id } = await listed(t, engine)
    await app.db.execute('UPDATE invitation SET number = 4998 WHERE question_id = ? AND number = 3', [id])
    const url = `/questions/${slug}/invitations`
    const answer = await owner.send({ method: 'POST', url, payload: { number: 3 } })
    isEnvelope(answer, 422, 20005)
    assert.match(answer.json().fields.number, /room for 2 more/)
    assert.equal((await invite(owner, slug, { number: 2 })).length, 2)
  })

  onEngines('others cannot read or change the list, and other polls have none', async (t, engine) => {
    const { app, owner, slug, made } = await listed(t, engine, { listed: true })
    const [ann, guest, jan] = [await member(app), visitor(app), await holder(app, made[0]!)]
    const one = `/questions/${slug}/invitations/${made[1]!.id}`
    isEnvelope(await ann.get(`/questions/${slug}/invitations`), 403, 20025)
    isEnvelope(await ann.delete(one), 403, 20025)
    for (const viewer of [guest, jan]) {
      isEnvelope(await viewer.get(`/questions/${slug}/invitations`), 401, 20006)
      isEnvelope(await viewer.delete(one), 401, 20006)
    }
    const other = await create(owner, { audience: 'link' })
    isEnvelope(await owner.get(`/questions/${other.slug}/invitations`), 409, 20152)
    const payload = { number: 1 }
    const url = `/questions/${other.slug}/invitations`
    isEnvelope(await owner.send({ method: 'POST', url, payload }), 409, 20152)
    isEnvelope(await owner.delete(`/questions/${other.slug}/invitations/${made[1]!.id}`), 404, 20008)
    assert.deepEqual(await states(owner, slug), ['unused', 'unused', 'unused'])
  })

  onEngines('a poll with names shows those of its list', async (t, engine) => {
    const { app, owner, slug, choices, made } = await listed(t, engine, { privacy: 'public' })
    const [unnamed] = await invite(owner, slug, { number: 1 })
    const jan = await holder(app, made[0]!)
    const sent = await jan.put(`/questions/${slug}/vote`, { choice: choices[0], name: 'Mallory' })
    assert.equal(sent.json().name, 'Jan')
    const other = await holder(app, unnamed!)
    isEnvelope(await other.put(`/questions/${slug}/vote`, { choice: choices[0] }), 422, 20005)
    const named = await other.put(`/questions/${slug}/vote`, { choice: choices[0], name: 'Pat' })
    assert.equal(named.json().name, 'Pat')
    const { body } = await owner.page(`/questions/${slug}/results`)
    assert.match(body, /<bdi>Jan<\/bdi><\/th>[^]*<bdi>Pat<\/bdi> <small>guest</)
    const { people } = (await owner.get(`/questions/${slug}/results`)).json()
    assert.deepEqual(people, [
      { name: 'Jan', guest: false, choice: [choices[0]] },
      { name: 'Pat', guest: true, choice: [choices[0]] }
    ])
    // A typed name that stands on the list is a guest's all the same.
    await other.put(`/questions/${slug}/vote`, { choice: choices[0], name: 'Jan' })
    const again = (await owner.get(`/questions/${slug}/results`)).json().people
    assert.deepEqual(again.map((one: { guest: boolean }) => one.guest).toSorted(), [false, true])
  })

  test('pages say of a link what the poll allows and shows', async t => {
    for (const [revote, privacy] of [
      [true, 'hidden'],
      [false, 'public'],
      [false, 'anonymous']
    ] as const) {
      const { app, owner, slug, made } = await listed(t, embedded, { revote, privacy })
      const url = `/questions/${slug}`
      const list = (await owner.page(`${url}/invitations`)).body
      assert.equal(list.includes('A voter sees no name but their own'), privacy !== 'public')
      assert.equal(list.includes('The name is shown beside the answer'), privacy === 'public')
      for (const body of [list, (await owner.page(`${url}/manage`)).body])
        assert.equal(/one vote; opened again, it changes that vote\. A person/.test(body), revote)
      const { body } = await (await holder(app, made[0]!)).page(url)
      assert.match(body, /One vote per invitation/)
      assert.equal(body.includes('Open your link again to change it'), revote)
    }
  })

  onEngines('a quorum is a percent of the list', async (t, engine) => {
    const { app, owner, slug, choices, made } = await listed(t, engine, { quorum_percent: 60 })
    const ruling = async () => (await owner.get(`/questions/${slug}/results`)).json().ruling
    for (const [n, expected] of ['no_quorum', 'decided'].entries()) {
      const voter = await holder(app, made[n]!)
      await voter.put(`/questions/${slug}/vote`, { choice: choices[0] })
      assert.equal(await ruling(), expected)
    }
    await invite(owner, slug, { number: 3 })
    await eventually(async () => assert.equal(await ruling(), 'no_quorum'))

    const at = `/questions/${slug}/invitations`
    const [more] = await invite(owner, slug, { number: 1 })
    const revoked = more!.id
    assert.equal((await owner.delete(`${at}/${revoked}`)).statusCode, 200)
    assert.equal((await owner.post(`/questions/${slug}/close`)).statusCode, 200)
    assert.equal((await owner.delete(`${at}/${revoked}`)).statusCode, 200, 'a repeat')
    isEnvelope(await owner.delete(`${at}/${made[2]!.id}`), 409, 20191)
    isEnvelope(await owner.send({ method: 'POST', url: at, payload: { number: 30 } }), 409, 20191)
    const { body } = await owner.page(at)
    assert.match(body, /list of a closed poll stays as it is/)
    assert.doesNotMatch(body, /<textarea|>Revoke</)
    const late = await owner.submit(at, { names: 'Max\nMia', nonce: 'n'.repeat(22) })
    assert.equal(late.statusCode, 409)
    assert.match(late.body, /role="alert"[^]*list of a closed poll stays as it is/)
    assert.equal(fieldsOf(late.body, at).names, 'Max\nMia')
    const dark = await owner.submit(at, { names: 'Max', show_theme: 'dark' })
    assert.equal(fieldsOf(dark.body, at).names, 'Max')
    assert.equal((await owner.post(`/questions/${slug}/reopen`)).statusCode, 200)
    assert.equal((await owner.delete(`${at}/${made[2]!.id}`)).statusCode, 200)
    const jan = await holder(app, made[0]!)
    assert.match((await jan.page(`/questions/${slug}`)).body, /when 60% of the invited have voted/)
    const refused = { question_text: 'Is it?', choice_text: ['Yes', 'No'], quorum_percent: 50 }
    for (const more of [
      {},
      { audience: 'members' },
      { audience: 'list', quorum: 3 },
      { audience: 'list', quorum_percent: 101 }
    ]) {
      const answer = await owner.send({ method: 'POST', url: '/questions', payload: { ...refused, ...more } })
      isEnvelope(answer, 422, 20005)
      assert.deepEqual(Object.keys(answer.json().fields), ['quorum_percent'])
    }
  })

  onEngines(
    'a duplicate has no invitations, and a removed poll or account leaves no name',
    async (t, engine) => {
      const { app, owner, slug, made } = await listed(t, engine, { quorum_percent: 50 })
      const twin = (await owner.post(`/questions/${slug}/duplicate`)).json()
      assert.deepEqual([twin.audience, twin.quorum_percent, twin.invited], ['list', 50, 0])
      await invite(owner, twin.slug, { names: ['Zed'] })
      const left = async () =>
        (await app.db.select<{ name: string }>('SELECT name FROM invitation ORDER BY id')).map(
          ({ name }) => name
        )
      assert.equal((await owner.post(`/questions/${slug}/delete`)).statusCode, 200)
      assert.deepEqual(await left(), ['Zed'])
      isEnvelope(await visitor(app).get(pathOf(made[0]!)), 410, 20011)
      await app.deletion.remove(
        (await app.db.fetchone<{ user_id: number }>('SELECT user_id FROM question WHERE slug = ?', [slug]))!
          .user_id,
        { current: 'correct horse battery staple', since: 0 },
        'keep'
      )
      assert.deepEqual(await left(), [])
      assert.deepEqual(await audit(app.db), [])
    }
  )
})
