/** Live results: every watcher gets each change, and nothing that it may not see. */
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { build, member, members, start } from '../support/app.ts'
import { listen } from '../support/browser.ts'
import { embedded, mariadb, onEngines, type Tree } from '../support/engines.ts'
import { eventuallyEqual } from '../support/eventually.ts'
import { gate } from '../support/gate.ts'
import { ask, change } from '../support/polls.ts'
import { registered, serve } from '../support/program.ts'
import { cookieOf, type Event, open, shows, watch } from '../support/streams.ts'

type Poll = Awaited<ReturnType<typeof ask>>

const cast = (app: FastifyInstance, { id }: Poll, voter: string, choice: number) =>
  app.ballots.cast({ question: id, voter, choices: [choice] })

const eventsOf = (url: string, { slug }: Pick<Poll, 'slug'>) => `${url}/questions/${slug}/events`
const closed = ({ data }: Event) => !data.open
const ids = (events: Event[]) => events.map(({ id }) => id)

/** A test does not wait for this: what a stream sends, it was told of. */
const neverReread: Tree = { live: { reread: 600_000, recheck: 60_000 } }

/** Starts two applications with one database and one Redis. */
async function pair(t: TestContext) {
  const tree = { ...(await mariadb.filled(t)), ...neverReread }
  const apps = [await start(t, tree), await start(t, tree)] as const
  return { apps, urls: [await listen(apps[0]), await listen(apps[1])] as const }
}

describe('plugins/live', () => {
  onEngines(
    'a stream begins with the current poll and sends the whole poll after each change',
    async (t, engine) => {
      const app = await build(t, engine)
      const url = await listen(app)
      const ann = await member(app)
      const poll = await ask(app, {}, ['Pizza', 'Sushi'])
      const [pizza] = poll.choices
      const stream = await watch(t, eventsOf(url, poll))
      assert.deepEqual(
        ['content-type', 'cache-control', 'x-accel-buffering', 'x-content-type-options'].map(
          name => stream.headers[name]
        ),
        ['text/event-stream; charset=utf-8', 'no-store', 'no', 'nosniff']
      )
      const first = await stream.until(() => true)
      assert.deepEqual(first, {
        id: 0,
        data: {
          question_id: poll.id,
          tally_version: 0,
          revision: 1,
          open: true,
          full: false,
          full_choices: [],
          close_time: null,
          correct: null,
          outcome: null,
          voters: 0,
          choices: [
            { id: pizza, choice_text: 'Pizza', votes: 0, percent: 0 },
            { id: poll.choices[1], choice_text: 'Sushi', votes: 0, percent: 0 }
          ],
          sentence: 'No votes yet.',
          rows: poll.choices.map(id => ({ id, cells: ['0', '–'], leads: false, width: 0 })),
          delayed: false
        }
      })
      await ann.put(`/questions/${poll.slug}/vote`, { choice: pizza })
      const { id, data } = await stream.until(shows(1))
      assert.deepEqual([id, data.tally_version], [1, 1])
      assert.deepEqual(data.choices[0], { id: pizza, choice_text: 'Pizza', votes: 1, percent: 100 })
      assert.equal(data.sentence, '\u2068Pizza\u2069 leads with 1 of 1 vote.')
      await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
      const last = await stream.until(closed)
      assert.equal(last.data.sentence, '\u2068Pizza\u2069 won with 1 of 1 vote.')
      assert.deepEqual(ids(stream.events), [0, 1, 1])
    }
  )

  test('a vote on one replica appears in the stream of another', async t => {
    const { apps, urls } = await pair(t)
    const poll = await ask(apps[0])
    const stream = await watch(t, eventsOf(urls[1], poll))
    for (let n = 1; n <= 3; n++) {
      await cast(apps[0], poll, `u:${n}`, poll.choices[0]!)
      await stream.until(shows(n))
    }
  })

  test('without Redis a periodic read finds votes, and the events say that results are delayed', async t => {
    const tree = await mariadb.filled(t)
    const door = await gate(t, String(tree.redis!.socketPath))
    const more = { log: { level: 'silent' }, redis: { socketPath: door.socketPath }, live: { reread: 200 } }
    const [one, other] = [await start(t, { ...tree, ...more }), await start(t, { ...tree, ...more })]
    const poll = await ask(one)
    const stream = await watch(t, eventsOf(await listen(other), poll))
    await stream.until(({ data }) => data.voters === 0 && !data.delayed) // later, while it connects to Redis
    door.shut()
    await cast(one, poll, 'u:1', poll.choices[0]!)
    await stream.until(({ data }) => data.voters === 1 && data.delayed)
    door.open()
    await cast(one, poll, 'u:2', poll.choices[0]!)
    await stream.until(({ data }) => data.voters === 2 && !data.delayed)
  })

  test('without the database a stream waits and a new one is rejected; both work when it is back', async t => {
    const tree = await mariadb.filled(t)
    const door = await gate(t, String(tree.database!.socketPath))
    const app = await start(t, {
      ...tree,
      log: { level: 'silent' },
      database: { ...tree.database, socketPath: door.socketPath },
      live: { reread: 200, recheck: 100 }
    })
    const url = await listen(app)
    const poll = await ask(app, { results: 'after_vote' })
    const ann = await member(app)
    await ann.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
    const stream = await watch(t, eventsOf(url, poll), cookieOf(ann))
    await stream.until(shows(1))
    door.shut()
    const { answer } = await open(t, eventsOf(url, poll))
    assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '2'])
    door.open()
    await cast(app, poll, 'u:1000', poll.choices[1]!)
    await stream.until(shows(2))
    assert.deepEqual(ids(stream.events), [1, 2], 'who was known stays so meanwhile')
  })

  onEngines(
    'after 500 votes every stream ends with the same snapshot, and no stream went back',
    async (t, engine) => {
      const tree = await engine.filled(t)
      const apps = [await start(t, tree)]
      if (engine !== embedded) apps.push(await start(t, tree))
      const poll = await ask(apps[0]!, {}, ['A', 'B', 'C'])
      const urls = await Promise.all(apps.map(listen))
      const streams = await Promise.all(
        Array.from({ length: 20 }, (_, n) => watch(t, eventsOf(urls[n % urls.length]!, poll)))
      )
      const votes = Array.from({ length: 500 }, (_, n) =>
        cast(apps[n % apps.length]!, poll, `u:${n}`, poll.choices[n % 3]!)
      )
      await Promise.all(votes)
      const final = await Promise.all(streams.map(stream => stream.until(shows(500))))
      assert.equal(new Set(final.map(event => JSON.stringify(event))).size, 1)
      const sql =
        'SELECT COUNT(*) AS votes FROM vote WHERE question_id = ? GROUP BY choice_id ORDER BY choice_id'
      const counted = await apps[0]!.db.select<{ votes: number }>(sql, [poll.id])
      assert.deepEqual(
        final[0]!.data.choices.map(({ votes }) => votes),
        counted.map(({ votes }) => votes)
      )
      for (const { events } of streams) {
        assert.deepEqual(
          ids(events),
          ids(events).toSorted((a, b) => a! - b!)
        )
        assert.equal(events.length, new Set(ids(events)).size, 'nothing is sent twice')
      }
    }
  )

  onEngines('a change is read once for all watchers', async (t, engine) => {
    const app = await build(t, engine)
    const url = await listen(app)
    const poll = await ask(app, { results: 'after_vote', user_id: 1 })
    await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
    const streams = await Promise.all(Array.from({ length: 50 }, () => watch(t, eventsOf(url, poll))))
    await Promise.all(streams.map(stream => stream.until(() => true)))
    const read = app.db.select.bind(app.db)
    let readings = 0
    app.db.select = (...args) => (readings++, read(...args)) as never
    await app.db.execute('UPDATE question SET voters = 7, tally_version = 7 WHERE id = ?', [poll.id])
    app.changeEvents.publishTallies([poll.id])
    await Promise.all(streams.map(stream => stream.until(shows(7))))
    assert.ok(readings <= 2, `${readings} readings`) // one more may be due because a watcher has just joined
  })

  onEngines(
    'a stream without the right to see the result does not reveal that votes exist',
    async (t, engine) => {
      const app = await build(t, engine)
      const url = await listen(app)
      const poll = await ask(app, { results: 'after_vote', user_id: 1 })
      const [voter, stranger] = (await members(app, 2)) as [
        Awaited<ReturnType<typeof members>>[0],
        Awaited<ReturnType<typeof members>>[0]
      ]
      await voter.put(`/questions/${poll.slug}/vote`, { choice: poll.choices[0] })
      const streams = {
        voter: await watch(t, eventsOf(url, poll), cookieOf(voter)),
        stranger: await watch(t, eventsOf(url, poll), cookieOf(stranger)),
        guest: await watch(t, eventsOf(url, poll))
      }
      for (let n = 2; n <= 4; n++) {
        await cast(app, poll, `u:${n}000`, poll.choices[1]!)
        await streams.voter.until(shows(n))
      }
      await change(app, poll.id, { closed_time: '2026-01-01 00:00:00' })
      for (const hidden of [streams.stranger, streams.guest]) {
        await hidden.until(closed)
        const [before, ...after] = hidden.events
        assert.equal(before!.id, null)
        assert.deepEqual(before!.data, {
          question_id: poll.id,
          tally_version: null,
          revision: 1,
          open: true,
          full: false,
          full_choices: [],
          close_time: null,
          correct: null,
          outcome: null,
          voters: null,
          choices: ['Yes', 'No'].map((choice_text, n) => ({
            id: poll.choices[n],
            choice_text,
            votes: null,
            percent: null
          })),
          sentence: null,
          delayed: false
        })
        assert.deepEqual(
          after.map(({ data }) => data.voters),
          [4],
          'then the closed poll, whole'
        )
      }
    }
  )

  onEngines(
    'a stream ends or hides numbers after its viewer loses the right to see them',
    async (t, engine) => {
      const app = await build(t, engine, { live: { recheck: 100 } })
      const url = await listen(app)
      const [owner, voter, banned] = [await member(app), await member(app), await member(app)]
      const hidden = shows(null)
      const afterVote = await ask(app, { results: 'after_vote', user_id: owner.id })
      await voter.put(`/questions/${afterVote.slug}/vote`, { choice: afterVote.choices[0] })
      const withdrawn = await watch(t, eventsOf(url, afterVote), cookieOf(voter))
      await withdrawn.until(shows(1))
      await voter.delete(`/questions/${afterVote.slug}/vote`)
      await withdrawn.until(hidden)

      const afterClose = await ask(app, { results: 'after_close', user_id: owner.id })
      await change(app, afterClose.id, { closed_time: '2026-01-01 00:00:00' })
      const reopened = await watch(t, eventsOf(url, afterClose), cookieOf(voter))
      await reopened.until(shows(0))
      await owner.post(`/questions/${afterClose.slug}/reopen`, {})
      await reopened.until(hidden)

      const signedOut = await watch(t, eventsOf(url, afterClose), cookieOf(owner))
      await signedOut.until(shows(0))
      await owner.post('/logout')
      await signedOut.until(hidden)

      const inner = await ask(app, { audience: 'members', listed: 0, user_id: owner.id })
      const sentAway = await watch(t, eventsOf(url, inner), cookieOf(voter))
      await sentAway.until(shows(0))
      await voter.post('/logout')
      await sentAway.ended

      const disabled = await watch(t, eventsOf(url, inner), cookieOf(banned))
      await disabled.until(shows(0))
      await app.administration.disable(banned.id)
      await disabled.ended

      const removed = await watch(t, eventsOf(url, afterVote))
      await change(app, afterVote.id, { delete_flag: 1 })
      await removed.ended
      assert.equal((await open(t, eventsOf(url, afterVote))).answer.statusCode, 410)
    }
  )

  onEngines('at the closing time the stream sends an event', async (t, engine) => {
    const app = await build(t, engine, neverReread)
    const poll = await ask(app)
    const stream = await watch(t, eventsOf(await listen(app), poll))
    assert.equal((await stream.until(() => true)).data.open, true)
    const { now } = (await app.db.fetchone<{ now: string }>(`SELECT ${app.db.dialect.clock} AS now`))!
    const soon = new Date(Date.parse(`${now.replace(' ', 'T')}Z`) + 2_000).toISOString()
    await change(app, poll.id, { close_time: soon.slice(0, 19).replace('T', ' ') })
    await stream.until(closed)
  })

  onEngines('a line break in a text does not begin another event', async (t, engine) => {
    const app = await build(t, engine)
    const texts = ['a\n\ndata: {"voters": 666}\n\n', 'b\r\rid: 7\r\nevent: evil', '\u2028 …\u0085']
    const poll = await ask(app, { question_text: 'x\n\ndata: 1' }, texts)
    const stream = await watch(t, eventsOf(await listen(app), poll))
    const { data } = await stream.until(() => true)
    assert.deepEqual(
      data.choices.map(({ choice_text }) => choice_text),
      texts
    )
    assert.match(stream.text(), /^retry: \d+\nevent: heartbeat\ndata: 15000\n\nid: 0\ndata: [^\r\n]*\n\n$/)
  })

  test('streams beyond the limit of an address and of the process get 503, until another stream ends', async t => {
    const app = await build(t, embedded, {
      log: { level: 'silent' },
      server: { trustedProxies: ['127.0.0.1'] },
      live: { streams: 3, streamsPerAddress: 2 }
    })
    const url = eventsOf(await listen(app), { slug: 'sample-language' })
    const from = (address: string) => ({ 'x-forwarded-for': address })
    const [first] = [await watch(t, url, from('192.0.2.1')), await watch(t, url, from('192.0.2.1'))]
    const refused = async (address: string) => {
      const { answer } = await open(t, url, from(address))
      assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '2'])
      const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>))
      assert.equal((JSON.parse(String(body)) as { error_code: number }).error_code, 20032)
    }
    await refused('192.0.2.1')
    await watch(t, url, from('192.0.2.2'))
    await refused('192.0.2.3')
    first.close()
    await eventuallyEqual(async () => (await open(t, url, from('192.0.2.1'))).answer.statusCode, 200)
    await refused('192.0.2.3')
  })

  test('the streams of an IPv6 client count for its /64 network', async t => {
    const app = await build(t, embedded, {
      log: { level: 'silent' },
      server: { trustedProxies: ['127.0.0.1'] },
      live: { streamsPerAddress: 1 }
    })
    const url = eventsOf(await listen(app), { slug: 'sample-language' })
    const statusFrom = async (address: string) =>
      (await open(t, url, { 'x-forwarded-for': address })).answer.statusCode
    assert.equal(await statusFrom('2001:db8:1:2::1'), 200)
    assert.equal(await statusFrom('2001:db8:1:2:ffff::9'), 503, 'the same /64')
    assert.equal(await statusFrom('2001:db8:1:3::1'), 200, 'another /64')
  })

  test('an idle stream sends heartbeats, which name the time until the next one', async t => {
    const app = await build(t, embedded, { live: { heartbeat: 50 } })
    const { answer } = await open(t, eventsOf(await listen(app), { slug: 'sample-language' }))
    let text = ''
    for await (const chunk of answer) {
      text += String(chunk)
      if (text.split('event: heartbeat\ndata: 50\n\n').length > 3) break
    }
  })

  for (const engine of [embedded, mariadb]) {
    test(`SIGTERM ends the streams, and they do not delay the exit (${engine.name})`, async t => {
      const program = await serve(t, await engine.filled(t))
      const ann = await registered(program.url)
      const streams = await Promise.all(
        Array.from({ length: 10 }, () => watch(t, eventsOf(program.url, { slug: 'sample-language' })))
      )
      await ann.send(`${program.url}/questions/1/vote`, 'PUT', { choice: 1 })
      await Promise.all(streams.map(stream => stream.until(shows(7))))
      program.process.kill('SIGTERM')
      await Promise.all(streams.map(stream => stream.ended))
      assert.equal((await program.ended).code, 0)
    })
  }

  test('?once=1 answers with the first event and ends, with what this viewer may see', async t => {
    const app = await build(t, embedded)
    const headers = { accept: 'text/event-stream' }
    const { body, headers: sent } = await app.inject({ url: '/questions/1/events?once=1', headers })
    assert.match(String(sent['content-type']), /^text\/event-stream/)
    assert.match(body, /^id: \d+\ndata: .*"voters":6,.*\n\n$/)
    const hidden = await ask(app, { results: 'after_close' }, ['Pizza', 'Sushi'])
    const answer = await app.inject({ url: `/questions/${hidden.slug}/events?once=1`, headers })
    assert.match(answer.body, /^data: .*"voters":null,.*\n\n$/)
    assert.equal(app.live.open, 0)
  })

  test('a client that does not accept a stream gets a single answer', async t => {
    const app = await build(t, embedded)
    const url = '/questions/1/events'
    const json = await app.inject({ url, headers: { accept: 'application/json' } })
    assert.deepEqual([json.statusCode, json.json().voters], [200, 6])
    const page = await app.inject({ url, headers: { accept: 'text/html,*/*;q=0.8' } })
    assert.deepEqual([page.statusCode, page.headers.location], [303, '/questions/sample-language/results'])
    const head = await app.inject({ url, method: 'HEAD' })
    assert.deepEqual(
      [head.statusCode, head.headers['content-type']],
      [200, 'text/event-stream; charset=utf-8']
    )
    assert.equal((await app.inject('/questions/77/events')).statusCode, 404)
  })
})
