/** Sign-in after a vote in the same browser: one vote, of the account. */
import assert from 'node:assert/strict'
import { describe, type TestContext } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { isEnvelope } from '../../support/answers.ts'
import { build, member, PASSWORD, visitor } from '../../support/app.ts'
import { type Engine, onEngines } from '../../support/engines.ts'
import { fieldsOf } from '../../support/forms.ts'
import { ask, change } from '../../support/polls.ts'
import { roomOf } from '../../support/rooms.ts'

type App = Awaited<ReturnType<typeof build>>
type Poll = Awaited<ReturnType<typeof ask>>

const pageOf = ({ slug }: { slug: string }) => `/questions/${slug}`
const voteOf = ({ slug }: { slug: string }) => `/questions/${slug}/vote`
const merged = /Your account’s vote counts, the browser’s was removed/

/** Creates a guest who has voted for the first option of each of these polls. */
async function voter(app: App, ...polls: Poll[]) {
  const browser = visitor(app)
  for (const poll of polls) {
    await browser.page(pageOf(poll))
    assert.equal((await browser.put(voteOf(poll), { choice: poll.choices[0] })).statusCode, 200)
  }
  return browser
}

/** Creates a poll, a member, and a guest's browser that has suggested an option without a vote. */
async function suggested(t: TestContext, engine: Engine, privacy: 'hidden' | 'anonymous') {
  const app = await build(t, engine)
  const poll = await ask(app, { suggestions: 'review', kind: 'multiple', max_choices: 2, privacy })
  const ann = await member(app)
  const browser = visitor(app)
  await browser.page(pageOf(poll))
  assert.equal((await browser.put(voteOf(poll), { choice_text: 'Perhaps' })).statusCode, 200)
  return { app, poll, ann, browser }
}

/** Accepts the suggestion that waits. Returns how many options the viewer's ballot names then. */
async function countAfterAccepting(app: App, poll: Poll, viewer: ReturnType<typeof visitor>) {
  const [waiting] = await app.suggestionReview.waiting(poll.id)
  await app.suggestionReview.accept(poll.id, 1, waiting!.id)
  const { choice } = (await viewer.get(voteOf(poll))).json()
  return choice.length
}

const stored = async (app: App, { id, choices }: Poll) => {
  const sql = 'SELECT voter, choice_id FROM vote WHERE question_id = ? ORDER BY voter'
  const rows = await app.db.select<{ voter: string; choice_id: number }>(sql, [id])
  return rows.map(
    ({ voter, choice_id }) => `${voter.replace(/^b:.*/, 'browser')} ${choices.indexOf(choice_id)}`
  )
}

describe('routes/voting/adoption', () => {
  onEngines('a guest who votes and then signs in has one vote', async (t, engine) => {
    const app = await build(t, engine)
    const [poll, other] = [await ask(app), await ask(app)]
    const ann = await member(app)
    const browser = await voter(app, poll, other)
    const page = await browser.page(pageOf(poll))
    const [, login] = /href="(\/login\?next=[^"]*)"/.exec(page.body)!
    const [, next] = /name="next" value="([^"]*)"/.exec((await browser.page(login!)).body)!
    assert.equal(next, pageOf(poll))
    const signedIn = await browser.submit('/login', { account: ann.email, password: PASSWORD, next })
    assert.deepEqual([signedIn.statusCode, signedIn.headers.location], [303, pageOf(poll)])
    assert.deepEqual(await stored(app, poll), [`u:${ann.id} 0`])
    assert.deepEqual(await stored(app, other), ['browser 0'], 'another poll waits for the next vote there')
    const counted = await browser.page(pageOf(poll))
    assert.match(counted.body, /Yes<\/bdi><\/strong>\s+was counted/)
    assert.doesNotMatch(counted.body, merged)

    assert.match(
      (await browser.page(pageOf(other))).body,
      /Yes<\/bdi><\/strong>\s+was counted/,
      'shown as mine'
    )
    assert.deepEqual((await browser.get(voteOf(other))).json().choice, [other.choices[0]])
    assert.deepEqual(await stored(app, other), ['browser 0'], 'looking changes nothing')
    assert.equal((await browser.put(voteOf(other), { choice: other.choices[1] })).statusCode, 200)
    assert.deepEqual(await stored(app, other), [`u:${ann.id} 1`])
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('sign-in from a room adopts the vote in the poll that the room shows', async (t, engine) => {
    const app = await build(t, engine)
    const { code, polls } = await roomOf(app, await member(app))
    const [poll, other] = polls as [Poll, Poll]
    const ann = await member(app)
    const browser = await voter(app, poll, other)
    const [, login] = /href="(\/login\?next=[^"]*)"/.exec((await browser.page(`/${code}`)).body)!
    const [, next] = /name="next" value="([^"]*)"/.exec((await browser.page(login!)).body)!
    const signedIn = await browser.submit('/login', { account: ann.email, password: PASSWORD, next })
    assert.deepEqual([signedIn.statusCode, signedIn.headers.location], [303, `/${code}`])
    assert.deepEqual(await stored(app, poll), [`u:${ann.id} 0`])
    assert.deepEqual(await stored(app, other), ['browser 0'])
    await ann.put(voteOf(poll), { choice: poll.choices[1] })
    assert.deepEqual(
      await stored(app, poll),
      [`u:${ann.id} 1`],
      'another device of the account changes the vote'
    )
    assert.deepEqual(await audit(app.db), [])
  })

  onEngines('registration adopts the browser’s vote, also as JSON', async (t, engine) => {
    const app = await build(t, engine)
    const poll = await ask(app, { results: 'after_vote' })
    const browser = await voter(app, poll)
    const fields = { name: 'Bo', email: 'bo@example.org', password: PASSWORD, next: `${voteOf(poll)}?x=1` }
    assert.equal((await browser.post('/register', fields)).statusCode, 201)
    const [row] = await stored(app, poll)
    assert.match(row!, /^u:\d+ 0$/)
    assert.equal((await browser.get(pageOf(poll))).json().voters, 1)
  })

  onEngines(
    'if both have voted, the account’s vote stays, the browser’s is removed, and a notice says so once',
    async (t, engine) => {
      const app = await build(t, engine)
      const poll = await ask(app)
      const ann = await member(app)
      await ann.put(voteOf(poll), { choice: poll.choices[1] })
      const login = { account: ann.email, password: PASSWORD, next: pageOf(poll) }

      const browser = await voter(app, poll)
      assert.deepEqual((await stored(app, poll)).length, 2)
      await browser.submit('/login', login)
      assert.deepEqual(await stored(app, poll), [`u:${ann.id} 1`])
      const first = await browser.page(pageOf(poll))
      assert.match(first.body, merged)
      assert.match(first.body, /No<\/bdi><\/strong>\s+was counted/)
      assert.doesNotMatch((await browser.page(pageOf(poll))).body, merged)

      for (const act of ['vote', 'withdraw', 'json'] as const) {
        await ann.put(voteOf(poll), { choice: poll.choices[1] })
        const another = await voter(app, poll)
        await another.submit('/login', { ...login, next: '/' })
        assert.equal(
          (await stored(app, poll)).length,
          2,
          'nothing happens in polls that one did not come from'
        )
        if (act === 'json') {
          const answer = await another.put(voteOf(poll), { choice: poll.choices[1] })
          assert.equal(answer.json().browser_vote_removed, true)
        } else {
          const url = act === 'vote' ? voteOf(poll) : `${voteOf(poll)}/withdraw`
          assert.equal((await another.submit(url, { choice: poll.choices[1]! })).statusCode, 303)
          assert.match((await another.page(pageOf(poll))).body, merged)
        }
        assert.deepEqual(await stored(app, poll), act === 'withdraw' ? [] : [`u:${ann.id} 1`])
      }
      assert.deepEqual(await audit(app.db), [])
    }
  )

  for (const privacy of ['hidden', 'anonymous'] as const)
    onEngines(`a suggestion without a vote, and then sign-in, ${privacy}`, async (t, engine) => {
      const { app, poll, ann, browser } = await suggested(t, engine, privacy)
      await browser.submit('/login', { account: ann.email, password: PASSWORD, next: pageOf(poll) })
      // On another device: this browser could adopt it still.
      assert.equal((await ann.put(voteOf(poll), { choice: poll.choices[0] })).statusCode, 200)
      assert.equal(await countAfterAccepting(app, poll, ann), privacy === 'anonymous' ? 1 : 2)
      assert.deepEqual(await audit(app.db), [])
    })

  for (const privacy of ['hidden', 'anonymous'] as const)
    onEngines(
      `a suggestion without a vote, sign-in on another page, and then a vote, ${privacy}`,
      async (t, engine) => {
        const { app, poll, ann, browser } = await suggested(t, engine, privacy)
        await browser.submit('/login', { account: ann.email, password: PASSWORD, next: '/' })
        isEnvelope(await browser.put(voteOf(poll), { choice: [9_999] }), 422, 20005)
        assert.equal((await browser.put(voteOf(poll), { choice: poll.choices[0] })).statusCode, 200)
        assert.equal(await countAfterAccepting(app, poll, browser), privacy === 'anonymous' ? 1 : 2)
        assert.deepEqual(await audit(app.db), [])
      }
    )

  for (const isCast of [false, true])
    onEngines(
      `a guest’s suggestion ${isCast ? 'and removed vote leave' : 'leaves'} a final vote as it is`,
      async (t, engine) => {
        const app = await build(t, engine)
        const settings = { suggestions: 'review', kind: 'multiple', max_choices: 2, revote: 0 } as const
        const poll = await ask(app, settings)
        const ann = await member(app)
        assert.equal((await ann.put(voteOf(poll), { choice: poll.choices[0] })).statusCode, 200)
        const browser = visitor(app)
        await browser.page(pageOf(poll))
        const sent = { choice_text: 'Perhaps', ...(isCast && { choice: poll.choices[1] }) }
        const suggested = await browser.put(voteOf(poll), sent)
        assert.equal(suggested.statusCode, 200)
        await browser.submit('/login', { account: ann.email, password: PASSWORD, next: pageOf(poll) })
        const [waiting] = await app.suggestionReview.waiting(poll.id)
        await app.suggestionReview.accept(poll.id, 1, waiting!.id)
        assert.deepEqual((await ann.get(voteOf(poll))).json().choice, [poll.choices[0]])
        assert.deepEqual(await audit(app.db), [])
      }
    )

  for (const revote of [1, 0])
    onEngines(
      `a ${revote ? '' : 'final '}vote for an option that was retired since can be kept after sign-in`,
      async (t, engine) => {
        const app = await build(t, engine)
        const owner = await member(app)
        const poll = await ask(app, { user_id: owner.id, revote }, ['Yes', 'No', 'Perhaps'])
        const [yes, no] = poll.choices
        const browsers = [await voter(app, poll), await voter(app, poll)]
        const people = [await member(app), await member(app)] as const
        people.forEach((ann, n) => ann.cookies.set('browser', browsers[n]!.cookies.get('browser')!))
        const payload = { choices: [{ id: yes, retired: true }] }
        const amended = await owner.send({ method: 'POST', url: `${pageOf(poll)}/amend`, payload })
        assert.equal(amended.statusCode, 200)

        const [ann, bo] = people
        isEnvelope(await ann.put(voteOf(poll), { choice: [yes, no] }), 422, 20005)
        assert.deepEqual(await stored(app, poll), ['browser 0', 'browser 0'], 'a refused vote adopts nothing')
        const kept = fieldsOf((await ann.page(pageOf(poll))).body, voteOf(poll))
        assert.equal((await ann.submit(voteOf(poll), kept)).statusCode, 303)
        assert.doesNotMatch((await ann.page(pageOf(poll))).body, /id="changed"/)
        assert.equal((await bo.put(voteOf(poll), { choice: yes })).statusCode, 200)
        assert.deepEqual(await stored(app, poll), people.map(({ id }) => `u:${id} 0`).toSorted())
        assert.deepEqual(await audit(app.db), [])
      }
    )

  onEngines('a closed poll is not changed, and its vote is still shown', async (t, engine) => {
    const app = await build(t, engine)
    const poll = await ask(app)
    const ann = await member(app)
    const browser = await voter(app, poll)
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    await browser.submit('/login', { account: ann.email, password: PASSWORD, next: pageOf(poll) })
    assert.deepEqual(await stored(app, poll), ['browser 0'])
    const page = await browser.page(pageOf(poll))
    assert.match(page.body, /Yes<\/bdi><\/strong>\s+was counted/)
    isEnvelope(await browser.delete(voteOf(poll)), 409, 20030)
    isEnvelope(await browser.put(voteOf(poll), { choice: poll.choices[0] }), 409, 20012)
    assert.deepEqual(await stored(app, poll), ['browser 0'])
  })

  onEngines(
    'sign-in works with every value of `next`, and a foreign cookie adopts nothing',
    async (t, engine) => {
      const app = await build(t, engine)
      const [poll, inner] = [await ask(app), await ask(app, { audience: 'members' })]
      const ann = await member(app)
      const login = { account: ann.email, password: PASSWORD }
      const odd = [
        '/questions/77',
        '/questions/nowhere-to-be-found',
        '/questions/%ff',
        '/questions/',
        '/000000',
        pageOf(inner)
      ]
      for (const next of odd) {
        const browser = await voter(app, poll)
        assert.equal((await browser.submit('/login', { ...login, next })).statusCode, 303, next)
      }
      const forger = visitor(app)
      forger.cookies.set('browser', 'forged.cookie')
      await forger.submit('/login', { ...login, next: pageOf(poll) })
      assert.deepEqual(
        await stored(app, poll),
        odd.map(() => 'browser 0')
      )
    }
  )

  onEngines(
    'sign-in during votes of account and browser leaves one vote, and counters equal rows',
    async (t, engine) => {
      const app = await build(t, engine)
      const poll = await ask(app)
      const people = await Promise.all(Array.from({ length: 10 }, () => member(app)))
      const browsers = await Promise.all(people.map(() => voter(app, poll)))
      const [yes, no] = poll.choices as [number, number]
      const acts = people.flatMap((ann, n) => {
        const browser = browsers[n]!
        const login = { account: ann.email, password: PASSWORD, next: pageOf(poll) }
        const cookie = { browser: browser.cookies.get('browser')! }
        const asGuest = (choice: number) =>
          app.inject({ method: 'PUT', url: voteOf(poll), payload: { choice }, cookies: cookie })
        return [
          asGuest(no),
          browser.post('/login', login),
          ann.put(voteOf(poll), { choice: yes }),
          asGuest(yes),
          ann.put(voteOf(poll), { choice: no })
        ]
      })
      const answers = await Promise.all(acts)
      assert.deepEqual([...new Set(answers.map(answer => answer.statusCode))], [200])
      assert.deepEqual(await audit(app.db), [])
      await Promise.all(browsers.map(browser => browser.put(voteOf(poll), { choice: yes })))
      assert.deepEqual(await stored(app, poll), people.map(({ id }) => `u:${id} 0`).toSorted())
      assert.deepEqual(await audit(app.db), [])
    }
  )
})
