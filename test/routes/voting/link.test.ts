/** Voting by link without an account: one vote per browser. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { audit } from '../../../app/models/polls/audit.ts'
import { build, member, start, visitor } from '../../support/app.ts'
import { embedded, mariadb, onEngines } from '../../support/engines.ts'
import { isEnvelope } from '../../support/answers.ts'
import { ask, change } from '../../support/polls.ts'
import { storeOf } from '../../support/sessions.ts'

type App = Awaited<ReturnType<typeof build>>
type Poll = Awaited<ReturnType<typeof ask>>

const pageOf = ({ slug }: { slug: string }) => `/questions/${slug}`
const voteOf = ({ slug }: { slug: string }) => `/questions/${slug}/vote`

/** A guest who has opened the poll. */
async function guest(app: App, poll: Poll) {
  const somebody = visitor(app)
  assert.equal((await somebody.page(pageOf(poll))).statusCode, 200)
  return somebody
}

const votes = (app: App, { id }: Poll) =>
  app.db
    .select<{ votes: number }>('SELECT votes FROM choice WHERE question_id = ? ORDER BY position', [id])
    .then(rows => rows.map(row => row.votes))

const refused = 'Your vote was NOT counted. Allow cookies and try again'

describe('routes/voting/link', () => {
  onEngines(
    'two parallel first requests without a cookie count nothing, the next one counts',
    async (t, engine) => {
      const app = await build(t, engine)
      const poll = await ask(app, { listed: 0 })
      const browser = visitor(app)
      const body = { choice: poll.choices[1]!, revision: 1 }
      const both = await Promise.all([1, 2].map(() => browser.submit(voteOf(poll), body)))
      for (const { statusCode, body } of both) {
        assert.equal(statusCode, 403)
        assert.match(body, new RegExp(refused))
        assert.match(body, new RegExp(`value="${poll.choices[1]}" checked`))
        const main = body.slice(body.indexOf('<main'), body.indexOf('</main>'))
        assert.equal(main.match(/<button type="submit"/g)!.length, 1)
      }
      assert.deepEqual(await votes(app, poll), [0, 0])
      const again = await browser.submit(voteOf(poll), body)
      assert.deepEqual([again.statusCode, again.headers.location], [303, `${pageOf(poll)}#counted`])
      assert.deepEqual(await votes(app, poll), [0, 1])
      const curl = visitor(app)
      const first = await curl.post(voteOf(poll), { choice: poll.choices[0] })
      isEnvelope(first, 403, 20029)
      assert.equal(first.json().error_msg, refused)
      assert.equal((await curl.post(voteOf(poll), { choice: poll.choices[0] })).statusCode, 200)
      assert.deepEqual(await votes(app, poll), [1, 1])
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines(
    'two browsers have two votes, forty behind one address have forty, and a repeated vote counts once',
    async (t, engine) => {
      const app = await build(t, engine)
      const [two, class40] = [await ask(app), await ask(app, { kind: 'multiple', max_choices: 2 })]
      const choice = two.choices[0]
      for (const browser of [await guest(app, two), await guest(app, two)]) {
        const first = await browser.put(voteOf(two), { choice })
        assert.equal(first.statusCode, 200)
        assert.deepEqual((await browser.put(voteOf(two), { choice })).json(), first.json())
      }
      assert.deepEqual(await votes(app, two), [2, 0])
      const browsers = await Promise.all(Array.from({ length: 40 }, () => guest(app, class40)))
      const answers = await Promise.all(
        browsers.map(browser => browser.post(voteOf(class40), { choice: class40.choices }))
      )
      assert.deepEqual([...new Set(answers.map(answer => answer.statusCode))], [200])
      assert.deepEqual(await votes(app, class40), [40, 40])
      const [again] = browsers
      await Promise.all(
        Array.from({ length: 20 }, () => again!.put(voteOf(class40), { choice: class40.choices }))
      )
      assert.deepEqual(await votes(app, class40), [40, 40])
      assert.deepEqual(await audit(app.db), [])
    }
  )

  onEngines('a guest can see, change and withdraw the vote', async (t, engine) => {
    const app = await build(t, engine)
    const poll = await ask(app)
    const browser = await guest(app, poll)
    const [yes, no] = poll.choices as [number, number]
    assert.match((await browser.page(pageOf(poll))).body, /One vote per browser\./)
    await browser.submit(voteOf(poll), { choice: yes, revision: 1 })
    const counted = await browser.page(pageOf(poll))
    assert.match(counted.body, /Your vote for\s+<strong><bdi>Yes<\/bdi><\/strong>\s+was counted/)
    assert.match(counted.body, />Change vote<\/a> .*>Withdraw vote<\/a>/)
    assert.equal(counted.headers['cache-control'], 'no-store')
    assert.doesNotMatch(
      (await visitor(app).page(pageOf(poll))).body,
      /was counted|your vote\)/,
      'nobody else does'
    )
    const form = await browser.page(voteOf(poll))
    assert.match(form.body, new RegExp(`value="${yes}" checked`))
    assert.match(form.body, /Change vote<\/button>/)
    assert.equal((await browser.submit(voteOf(poll), { choice: no, revision: 1 })).statusCode, 303)
    assert.deepEqual((await browser.get(voteOf(poll))).json().choice, [no])
    assert.deepEqual((await browser.get(pageOf(poll))).json().vote, [no])
    assert.deepEqual(await votes(app, poll), [0, 1])
    assert.match((await browser.page(`${voteOf(poll)}/withdraw`)).body, /Withdraw your vote\?/)
    assert.equal((await browser.submit(`${voteOf(poll)}/withdraw`, {})).statusCode, 303)
    assert.deepEqual(await votes(app, poll), [0, 0])
    for (const who of [browser, visitor(app)]) {
      const { statusCode, body } = await who.delete(voteOf(poll))
      assert.deepEqual(
        [statusCode, JSON.parse(body)],
        [200, { error_code: 0, error_msg: 'ok', question_id: poll.id, choice: [], cast_time: null }]
      )
    }
    assert.deepEqual((await visitor(app).get(voteOf(poll))).json().choice, [])
    assert.deepEqual(await audit(app.db), [])
  })

  test('a closed or final poll shows a guest which vote was not counted, and which choice counts', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app, { revote: 0 })
    const [yes, no] = poll.choices as [number, number]
    const [voter, late] = [await guest(app, poll), await guest(app, poll)]
    await voter.submit(voteOf(poll), { choice: yes, revision: 1 })
    const final = await voter.submit(voteOf(poll), { choice: no, revision: 1 })
    assert.equal(final.statusCode, 409)
    assert.match(
      final.body,
      /cannot be changed[\s\S]*You had chosen <strong><bdi>No<[\s\S]*Yes<\/bdi><\/strong>\s+was counted/
    )
    isEnvelope(await voter.delete(voteOf(poll)), 409, 20014)
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    const refusal = await late.submit(voteOf(poll), { choice: no, revision: 1 })
    assert.equal(refusal.statusCode, 409)
    assert.match(refusal.body, /Voting is closed\. Your vote was NOT counted/)
    assert.match(refusal.body, /You had chosen <strong><bdi>No<\/bdi><\/strong>/)
    isEnvelope(await late.put(voteOf(poll), { choice: no }), 409, 20012)
    const kept = await ask(app)
    const keeper = await guest(app, kept)
    await keeper.submit(voteOf(kept), { choice: kept.choices[0]!, revision: 1 })
    await change(app, kept.id, { closed_time: '2026-01-01 00:00:00' })
    const stays = await keeper.submit(`${voteOf(kept)}/withdraw`, {})
    assert.match(
      stays.body,
      /Voting is closed\. Your vote was NOT withdrawn: it still counts[\s\S]*was counted/
    )
    assert.doesNotMatch(stays.body, /NOT counted/)
    const stranger = visitor(app)
    isEnvelope(await stranger.put(voteOf(poll), { choice: no }), 409, 20012)
    const { headers, cookies } = await stranger.page(pageOf(poll))
    assert.deepEqual([headers['cache-control'], cookies], ['no-cache', []], 'nothing to vote, no cookie')
    assert.match((await voter.page(pageOf(poll))).body, /Yes<\/bdi><\/strong>\s+was counted/)
    const old = await ask(app)
    const reader = await guest(app, old)
    await app.db.execute('UPDATE question SET revision = 2 WHERE id = ?', [old.id])
    const changed = await reader.submit(voteOf(old), { choice: old.choices[0]!, revision: 1 })
    assert.equal(changed.statusCode, 409)
    assert.match(changed.body, new RegExp(`NOT counted[\\s\\S]*value="${old.choices[0]}" checked`))
    assert.deepEqual(
      [await votes(app, poll), await votes(app, old)],
      [
        [1, 0],
        [0, 0]
      ]
    )
  })

  onEngines('a vote that cannot be changed any more has its time', async (t, engine) => {
    const app = await build(t, engine)
    const [open, final] = [await ask(app), await ask(app, { revote: 0 })]
    const anonymous = await ask(app, { revote: 0, privacy: 'anonymous' })
    const browser = await guest(app, open)
    for (const poll of [open, final, anonymous])
      await browser.submit(voteOf(poll), { choice: poll.choices[0]!, revision: 1 })
    const sql = "UPDATE vote SET cast_time = '2026-03-05 10:20:30' WHERE question_id IN (?) AND slot = 0"
    await app.db.execute(sql, [[open.id, final.id]])
    const told = async (poll: Poll) => {
      const { body } = await browser.page(pageOf(poll))
      assert.match(body, /Yes<\/bdi><\/strong>\s+was counted/)
      return /You voted on <time datetime="([^"]+)"/.exec(body)?.[1]
    }
    assert.equal(await told(open), undefined, 'it can be changed')
    assert.equal(await told(final), '2026-03-05T10:20:00Z')
    assert.equal(await told(anonymous), undefined)
    await change(app, open.id, { closed_time: '2026-04-01 00:00:00' })
    assert.equal(await told(open), '2026-03-05T10:20:00Z')
  })

  onEngines('withdrawal is offered only where it is possible', async (t, engine) => {
    const app = await build(t, engine)
    const offers = async (who: ReturnType<typeof visitor>, poll: Poll) => {
      const { statusCode, headers, body } = await who.page(`${voteOf(poll)}/withdraw`)
      if (statusCode === 200) assert.match(body, /Withdraw your vote\?/)
      else assert.deepEqual([statusCode, headers.location], [303, pageOf(poll)])
      return statusCode === 200
    }
    const [open, final] = [await ask(app), await ask(app, { revote: 0 })]
    const browser = await guest(app, open)
    assert.equal(await offers(browser, open), false, 'no vote')
    for (const poll of [open, final])
      await browser.submit(voteOf(poll), { choice: poll.choices[0]!, revision: 1 })
    assert.deepEqual([await offers(browser, open), await offers(browser, final)], [true, false])
    await change(app, open.id, { closed_time: '2026-01-01 00:00:00' })
    assert.equal(await offers(browser, open), false, 'closed')
  })

  test('results after a vote are visible in the browser that voted, until it withdraws the vote', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app, { results: 'after_vote' })
    const [voter, other] = [await guest(app, poll), await guest(app, poll)]
    const sees = async (who: typeof voter) => {
      const bare = (await who.get(`${pageOf(poll)}/choice`)).json()[0].votes
      const whole = (await who.get(pageOf(poll))).json().voters
      return [bare, whole, /<table\b/.test((await who.page(pageOf(poll))).body)]
    }
    await voter.put(voteOf(poll), { choice: poll.choices[0] })
    assert.deepEqual(await sees(voter), [1, 1, true])
    assert.deepEqual(await sees(other), [null, null, false])
    assert.deepEqual(await sees(visitor(app)), [null, null, false])
    await voter.delete(voteOf(poll))
    assert.deepEqual(await sees(voter), [null, null, false])
  })

  test('a members’ poll asks a guest to sign in first, and sets no cookie', async t => {
    const app = await build(t, embedded)
    const [poll, link] = [await ask(app, { audience: 'members' }), await ask(app)]
    const hidden = await ask(app, { audience: 'members', listed: 0 })
    const browser = await guest(app, link)
    for (const who of [browser, visitor(app)]) {
      for (const inner of [poll, hidden]) {
        for (const body of [{ choice: inner.choices[0] }, { choice: [] }, {}]) {
          isEnvelope(await who.put(voteOf(inner), body), 401, 20006)
          assert.equal((await who.submit(voteOf(inner), body)).headers.location, '/login')
        }
        isEnvelope(await who.delete(voteOf(inner)), 401, 20006)
        for (const url of [voteOf(inner), `${voteOf(inner)}/withdraw`]) {
          isEnvelope(await who.get(url), 401, 20006)
          const { statusCode, headers } = await who.page(url)
          assert.deepEqual([statusCode, headers.location], [303, `/login?next=${encodeURIComponent(url)}`])
        }
      }
    }
    const page = await visitor(app).page(pageOf(poll))
    assert.match(page.body, /Sign in to vote/)
    assert.doesNotMatch(page.body, /One vote per browser/)
    assert.deepEqual(page.cookies, [])
    for (const url of ['/', '/questions', '/login', '/nowhere']) {
      assert.deepEqual((await visitor(app).page(url)).cookies, [], url)
    }
    assert.equal((await visitor(app).put('/questions/01/vote', { choice: 1 })).statusCode, 404)
    assert.deepEqual(await votes(app, poll), [0, 0])
  })

  test('the page of a poll by link is rendered once for all guests without a vote, with one statement', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app)
    const browsers = await Promise.all(Array.from({ length: 50 }, () => guest(app, poll)))
    app.changeEvents.publishTallies([poll.id]) // invalidates the caches
    const asked: string[] = []
    const select = app.db.select.bind(app.db)
    app.db.select = (sql, ...more) => (asked.push(sql), select(sql, ...more)) as never
    const strangers = await Promise.all(Array.from({ length: 50 }, () => visitor(app).page(pageOf(poll))))
    assert.equal(asked.length, 1, 'no ballot is looked for without a cookie')
    const known = await Promise.all(browsers.map(browser => browser.page(pageOf(poll))))
    assert.equal(asked.filter(sql => sql.includes('FROM vote')).length, 1)
    assert.equal(new Set([...strangers, ...known].map(({ body }) => body)).size, 1)
    assert.equal(new Set(strangers.map(({ cookies }) => cookies[0]!.value)).size, 50)
    for (const { headers } of [...strangers, ...known]) assert.equal(headers['cache-control'], 'no-store')
    for (const { cookies } of known) assert.deepEqual(cookies, [], 'it has one')
  })

  test('while Redis is unreachable guests read and vote, and a signed-in user cannot vote as a guest', async t => {
    const tree = await mariadb.filled(t)
    const ann = await member(await start(t, tree))
    const app = await start(t, { ...tree, redis: { socketPath: '/nowhere.sock' }, log: { level: 'silent' } })
    const poll = await ask(app)
    const browser = await guest(app, poll)
    const [choice] = poll.choices
    assert.equal((await browser.submit(voteOf(poll), { choice, revision: 1 })).statusCode, 303)
    assert.match((await browser.page(pageOf(poll))).body, /was counted/)
    browser.cookies.set('sessionid', ann.cookies.get('sessionid')!)
    isEnvelope(await browser.put(voteOf(poll), { choice: poll.choices[1] }), 503, 20022)
    assert.deepEqual(await votes(app, poll), [1, 0])
  })

  onEngines('a guest creates no session, and no row except the vote', async (t, engine) => {
    const app = await build(t, engine)
    const poll = await ask(app)
    const before = await storeOf(app).keys()
    const browser = await guest(app, poll)
    await browser.put(voteOf(poll), { choice: poll.choices[0] })
    assert.deepEqual(await storeOf(app).keys(), before)
    const rows = await app.db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id = ?', [
      poll.id
    ])
    assert.equal(rows.length, 1)
    assert.match(rows[0]!.voter, /^b:[\w-]{43}$/)
  })
})
