/** Caches of reads: fresh after every vote in every process, and never another viewer's. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { SignInRequired } from '../../../app/errors.ts'
import { build, member, start, visitor } from '../../support/app.ts'
import { embedded, mariadb, onEngines, shared } from '../../support/engines.ts'
import { ask, change } from '../../support/polls.ts'

const votes = async (someone: ReturnType<typeof visitor>, question = 1) =>
  (await someone.get(`/question/${question}/choice`)).json().map((choice: { votes: number }) => choice.votes)

/**
 * Counts the reads of questions by an application from now on. Its settings may be read meanwhile.
 */
function statements(app: FastifyInstance) {
  let count = 0
  const select = app.db.select.bind(app.db)
  app.db.select = (...args) => {
    if (args[0].includes('JOIN choice')) count++
    return select(...args) as never
  }
  return () => count
}

describe('routes/results/cache', () => {
  onEngines('a read after the answer to a vote contains the vote', async (t, engine) => {
    const app = await build(t, engine)
    const [ann, guest] = [await member(app), visitor(app)]
    for (let n = 0; n < 20; n++) {
      const choice = 1 + (n % 3)
      assert.equal((await ann.put('/questions/1/vote', { choice })).statusCode, 200)
      const expected = [3, 2, 1].map((count, index) => count + Number(index === n % 3))
      assert.deepEqual(await votes(guest), expected)
      const page = await guest.page('/questions/sample-language')
      assert.deepEqual(
        [...page.body.matchAll(/<td data-number>(\d+)<\/td>/g)].map(([, count]) => Number(count)),
        expected
      )
    }
  })

  test('a voter sees the counted vote at once, also on another process', async t => {
    const tree = await mariadb.filled(t)
    const [one, other] = [await start(t, tree), await start(t, tree)]
    const ann = await member(one)
    const elsewhere = visitor(other)
    for (const [name, value] of ann.cookies) elsewhere.cookies.set(name, value)
    for (let n = 0; n < 30; n++) {
      await votes(visitor(other)) // the other process knows an old tally
      assert.equal((await ann.put('/questions/1/vote', { choice: 1 + (n % 3) })).statusCode, 200)
      const expected = [3, 2, 1].map((count, index) => count + Number(index === n % 3))
      assert.deepEqual(await votes(elsewhere), expected)
    }
  })

  test('a vote in one process invalidates the caches of the others before they expire', async t => {
    const tree = await mariadb.filled(t)
    const [one, other] = [await start(t, tree), await start(t, tree)]
    const heard = new Promise(resolve => other.changeEvents.once('tally', resolve))
    const ann = await member(one)
    await votes(visitor(other))
    await ann.put('/questions/1/vote', { choice: 1 })
    assert.equal(await heard, 1)
    assert.deepEqual(await votes(visitor(other)), [4, 2, 1])
  })

  test('an installation in another database of the same Redis gets no message about it', async t => {
    const tree = await mariadb.filled(t)
    const elsewhere = { ...tree, redis: { ...(tree.redis as object), db: 1 } }
    const [one, replica] = [await start(t, tree), await start(t, tree)]
    const [neighbour, theirs] = [await start(t, elsewhere), await start(t, elsewhere)]
    const hears = (app: FastifyInstance, id: number) =>
      new Promise<void>(resolve => app.changeEvents.on('edit', of => of === id && resolve()))
    const heard: number[] = []
    neighbour.changeEvents.on('edit', id => heard.push(id))
    const told = [hears(replica, 1), hears(neighbour, 2)]
    one.changeEvents.publishEdits([1])
    await told[0] // Redis has sent it to all subscribers
    theirs.changeEvents.publishEdits([2])
    await told[1]
    assert.deepEqual(heard, [2])
  })

  const edited = { question_text: 'Is it?', choice_text: ['Yes', 'No'], audience: 'members' }
  const guest = { userId: null, voter: null }

  onEngines('a voter after an edit gets the edited poll', async (t, engine) => {
    const app = await build(t, engine)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id, listed: 0 })
    await app.questions.getFacts(slug, guest)
    assert.equal((await ann.post(`/questions/${slug}`, edited)).statusCode, 200)
    await assert.rejects(app.questions.getFacts(slug, guest), SignInRequired)
  })

  test('an edit in one process invalidates the caches of the others before they expire', async t => {
    const tree = await mariadb.filled(t)
    const [one, other] = [await start(t, tree), await start(t, tree)]
    const ann = await member(one)
    const { id, slug } = await ask(one, { user_id: ann.id, listed: 0 })
    const heard = new Promise(resolve => other.changeEvents.once('edit', resolve))
    await other.questions.getFacts(slug, guest)
    await ann.post(`/questions/${slug}`, edited)
    assert.equal(await heard, id)
    await assert.rejects(other.questions.getFacts(slug, guest), SignInRequired)
  })

  onEngines('a hundred concurrent reads send one statement', async (t, engine) => {
    const app = await build(t, engine)
    await app.webhookSender.close() // it reads too
    const count = statements(app)
    // What was read is current for 250 ms: the clock stands still, however long the reads take.
    const clock = t.mock.method(performance, 'now', () => 0)
    await Promise.all(Array.from({ length: 100 }, () => votes(visitor(app))))
    clock.mock.restore()
    assert.equal(count(), 1)
  })

  test('a client with the current answer gets 304, never for a private one', async t => {
    const app = await build(t, embedded)
    const guest = visitor(app)
    for (const [url, accept, vary] of [
      ['/question/1/choice', 'application/json', 'Accept, Cookie'],
      ['/questions/1', 'text/html', 'Accept, Accept-Language, Cookie, Accept-Encoding']
    ] as const) {
      const first = await guest.send({ url, headers: { accept } })
      const etag = first.headers.etag!
      assert.equal(first.headers['cache-control'], 'no-cache')
      assert.equal(first.headers.vary, vary)
      const again = await guest.send({ url, headers: { accept, 'if-none-match': `"other", W/${etag}` } })
      assert.deepEqual([again.statusCode, again.body], [304, ''])
      const ann = await member(app)
      const own = await ann.send({ url, headers: { accept, 'if-none-match': '"other"' } })
      assert.equal(own.headers['cache-control'], 'no-store')
      await ann.put('/questions/1/vote', { choice: 1 })
      const changed = await guest.send({ url, headers: { accept, 'if-none-match': etag } })
      assert.equal(changed.statusCode, 200)
      assert.notEqual(changed.headers.etag, etag)
      assert.doesNotMatch(changed.body, /your vote/i)
    }
  })

  onEngines('a new or renamed poll is visible although a request missed it before', async (t, engine) => {
    const app = await build(t, engine)
    const guest = visitor(app)
    assert.equal((await guest.get('/questions/brand-new-poll')).statusCode, 404)
    await app.db.execute(
      "INSERT INTO question (user_id, slug, question_text) VALUES (1, 'brand-new-poll', 'New?')"
    )
    assert.equal((await guest.get('/questions/brand-new-poll')).statusCode, 200)
  })

  onEngines(
    'members who open a poll concurrently each see only their own name and vote',
    async (t, engine) => {
      const app = await build(t, engine)
      const names = ['<b>Ann</b> $& $1', 'Bob', 'Cem']
      const written = ['&lt;b&gt;Ann&lt;/b&gt; $&amp; $1', 'Bob', 'Cem']
      const people = await Promise.all(
        names.map(async name => {
          const somebody = await member(app)
          await app.db.execute('UPDATE user SET name = ? WHERE id = ?', [name, somebody.id])
          return { name, ...somebody }
        })
      )
      const [, bob, cem] = people
      await bob!.put('/questions/1/vote', { choice: 1 })
      await cem!.put('/questions/1/vote', { choice: 1 })
      for (let round = 0; round < 2; round++) {
        const pages = await Promise.all(people.map(one => one.page('/questions/1')))
        for (const [n, { body, headers }] of pages.entries()) {
          const shown = written.filter(name => body.includes(`<bdi>${name}</bdi>`))
          assert.deepEqual(shown, [written[n]])
          assert.equal(body.includes('was counted'), n > 0)
          assert.equal(headers['cache-control'], 'no-store')
          assert.equal(headers.etag, undefined)
        }
      }
    }
  )

  onEngines(
    'replicas without a public address send the same pages with the same ETag',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const apps = [await start(t, tree), await start(t, tree)]
      for (const app of apps) await app.listen({ host: '127.0.0.1', port: 0 })
      const { id, slug } = await ask(apps[0]!)
      await change(apps[0]!, id, { closed_time: '2026-01-01 00:00:00' }) // an open one gives guests a cookie
      for (const path of ['', '/results?format=json', '/results?format=csv', '/results']) {
        const headers = { accept: 'text/html', host: 'vote.example.org' }
        const answers = await Promise.all(
          apps.map(app => app.inject({ url: `/questions/${slug}${path}`, headers }))
        )
        const [one, other] = answers.map(({ headers, body }) => ({ etag: headers.etag, body }))
        assert.deepEqual(one, other, path)
      }
    },
    shared
  )
})
