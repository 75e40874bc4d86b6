/** The cookie of a browser that votes, and its voter keys. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { Signer } from '@fastify/cookie'
import { browserVoterKey } from '../../app/models/voting/voter-key.ts'
import { build, member, start, visitor } from '../support/app.ts'
import { embedded, onEngines, secret } from '../support/engines.ts'
import { ask } from '../support/polls.ts'

const pageOf = ({ slug }: { slug: string }) => `/questions/${slug}`
const voteOf = ({ slug }: { slug: string }) => `/questions/${slug}/vote`

describe('plugins/browser-voter', () => {
  test('the cookie: signed, HttpOnly, SameSite=Lax, for a year, Secure behind https', async t => {
    for (const [publicUrl, secure] of [
      [null, false],
      ['https://vote.example.org', true]
    ] as const) {
      const app = await build(t, embedded, { server: { publicUrl } })
      const poll = await ask(app)
      const headers = { accept: 'text/html', 'x-forwarded-proto': secure ? 'http' : 'https' }
      const answer = await visitor(app).send({ url: pageOf(poll), headers })
      const flags = `; Max-Age=31536000; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`
      const [, id] = /^browser=([\w-]{22})\.[^;]+/.exec(String(answer.headers['set-cookie']))!
      assert.ok(String(answer.headers['set-cookie']).endsWith(flags), String(answer.headers['set-cookie']))
      assert.equal(Buffer.from(id!, 'base64url').length, 16)
      const asCurl = await visitor(app).send({ url: pageOf(poll), headers: { accept: '*/*' } })
      assert.equal(asCurl.cookies[0]!.name, 'browser')
      const ann = await member(app)
      assert.deepEqual((await ann.page(pageOf(poll))).cookies, [], 'an account votes without')
    }
  })

  test('a guest that reads an open poll by link as JSON can vote, and no cache keeps the cookie', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app)
    const program = visitor(app)
    const { cookies, headers } = await program.get(pageOf(poll))
    assert.deepEqual(
      cookies.map(({ name }) => name),
      ['browser']
    )
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers.vary, 'Accept, Cookie')
    assert.equal(headers.etag, undefined)
    assert.equal((await program.put(voteOf(poll), { choice: poll.choices[0] })).statusCode, 200)
    assert.deepEqual((await program.get(pageOf(poll))).cookies, [], 'it has one')
    const other = visitor(app)
    const given = (await other.get(pageOf(poll))).cookies[0]!.value
    assert.notEqual(given, cookies[0]!.value)
    const without = [
      await ask(app, { audience: 'members' }),
      await ask(app, { audience: 'list' }),
      await ask(app, { closed_time: '2026-01-01 00:00:00' })
    ]
    for (const one of without) assert.deepEqual((await visitor(app).get(pageOf(one))).cookies, [])
    assert.deepEqual((await (await member(app)).get(pageOf(poll))).cookies, [], 'an account votes without')
  })

  test('a foreign or modified cookie is ignored', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app)
    const browser = visitor(app)
    await browser.page(pageOf(poll))
    const good = browser.cookies.get('browser')!
    const ann = await member(app)
    const bad = [
      `${good.startsWith('A') ? 'B' : 'A'}${good.slice(1)}`,
      good.slice(0, -1),
      good.split('.')[0]!,
      `.${good.split('.')[1]}`,
      `${good}.${good}`,
      '',
      '.',
      'x'.repeat(5_000),
      new Signer(['f'.repeat(32)]).sign('AAAAAAAAAAAAAAAAAAAAAA'),
      new Signer([secret]).sign('AAAAAAAAAAAAAAAAAAAAAA'),
      ann.cookies.get('sessionid')!
    ]
    for (const value of bad) {
      const liar = visitor(app)
      liar.cookies.set('browser', value)
      const answer = await liar.put(voteOf(poll), { choice: poll.choices[0] })
      assert.deepEqual([answer.statusCode, answer.json().error_code], [403, 20029], value)
      assert.equal(
        (await liar.put(voteOf(poll), { choice: poll.choices[0] })).statusCode,
        200,
        'it got a new one'
      )
      await liar.delete(voteOf(poll))
    }
    browser.cookies.set('sessionid', good)
    assert.equal((await browser.get('/')).statusCode, 401, 'nor is it a session')
  })

  test('a cookie of version 0.1.0 counts as the browser that it was', async t => {
    const app = await build(t, embedded)
    const poll = await ask(app, {}, ['Pizza', 'Sushi'])
    const bytes = createHmac('sha256', secret).update('browser').digest()
    const browser = visitor(app)
    browser.cookies.set('browser', new Signer(bytes).sign('AAAAAAAAAAAAAAAAAAAAAA'))
    const voter = browserVoterKey(secret, 'AAAAAAAAAAAAAAAAAAAAAA', poll.id)
    await app.ballots.cast({ question: poll.id, voter, choices: [poll.choices[0]!] })
    const answer = await browser.put(voteOf(poll), { choice: poll.choices[1] })
    assert.equal(answer.statusCode, 200)
    const sql = 'SELECT voter, choice_id FROM vote WHERE question_id = ?'
    const rows = await app.db.select<{ voter: string; choice_id: number }>(sql, [poll.id])
    assert.deepEqual(
      rows.map(row => [row.voter, row.choice_id]),
      [[voter, poll.choices[1]]]
    )
  })

  test('a browser has another key in every poll, and no key contains its cookie', async t => {
    const app = await build(t, embedded)
    const polls = await Promise.all([1, 2, 3].map(() => ask(app)))
    const browser = visitor(app)
    for (const poll of polls) {
      await browser.page(pageOf(poll))
      await browser.put(voteOf(poll), { choice: poll.choices[0] })
    }
    const ids = polls.map(({ id }) => id)
    const rows = await app.db.select<{ voter: string }>('SELECT voter FROM vote WHERE question_id IN (?)', [
      ids
    ])
    assert.equal(new Set(rows.map(({ voter }) => voter)).size, 3)
    const id = browser.cookies.get('browser')!.slice(0, 22)
    for (const { voter } of rows) assert.ok(!voter.includes(id))
  })

  onEngines(
    'after a change of the secret, no browser can vote twice while the previous secret is configured',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const next = 'Pw4rT8yU2iO6aS0dF3gH7jK1lZ5xC9vB'
      const first = await start(t, tree)
      const poll = await ask(first)
      const browser = visitor(first)
      await browser.page(pageOf(poll))
      await browser.put(voteOf(poll), { choice: poll.choices[0] })
      const cookie = browser.cookies.get('browser')!

      const rotated = await start(t, { ...tree, session: { secret: next, previousSecret: secret } })
      const later = visitor(rotated)
      later.cookies.set('browser', cookie)
      const page = await later.page(pageOf(poll))
      assert.match(page.body, /was counted/)
      assert.deepEqual(page.cookies, [], 'the cookie stays')
      assert.equal((await later.put(voteOf(poll), { choice: poll.choices[1] })).statusCode, 200)
      const fresh = visitor(rotated)
      await fresh.page(pageOf(poll))
      assert.equal((await fresh.put(voteOf(poll), { choice: poll.choices[1] })).statusCode, 200)
      const rows = await first.db.select('SELECT voter FROM vote WHERE question_id = ?', [poll.id])
      assert.equal(rows.length, 2, 'one vote each')

      const alone = visitor(await start(t, { ...tree, session: { secret: next } }))
      for (const [one, refused] of [
        [fresh, false],
        [later, true]
      ] as const) {
        alone.cookies.set('browser', one.cookies.get('browser')!)
        const answer = await alone.put(voteOf(poll), { choice: poll.choices[0] })
        assert.equal(answer.statusCode, refused ? 403 : 200)
      }
    }
  )

  onEngines('a new secret in two steps: a browser is one voter on replicas of both', async (t, engine) => {
    const tree = await engine.filled(t)
    const next = 'Pw4rT8yU2iO6aS0dF3gH7jK1lZ5xC9vB'
    const first = await start(t, { ...tree, session: { secret, previousSecret: next } })
    const second = await start(t, { ...tree, session: { secret: next, previousSecret: secret } })
    for (const [one, other] of [
      [first, second],
      [second, first]
    ] as const) {
      const poll = await ask(first)
      const browser = visitor(one)
      await browser.page(pageOf(poll))
      await browser.put(voteOf(poll), { choice: poll.choices[0] })
      const there = visitor(other)
      there.cookies.set('browser', browser.cookies.get('browser')!)
      assert.equal((await there.put(voteOf(poll), { choice: poll.choices[1] })).statusCode, 200)
      const rows = await first.db.select('SELECT voter FROM vote WHERE question_id = ?', [poll.id])
      assert.equal(rows.length, 1)
    }
  })
})
