/**
 * From a change of a poll to its receiver: each event at least once, retries, and the end of them.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { build, member, members, start, type Visitor } from '../support/app.ts'
import { embedded, onEngines, shared } from '../support/engines.ts'
import { eventually, eventuallyEqual } from '../support/eventually.ts'
import { ask } from '../support/polls.ts'
import { registered, serve } from '../support/program.ts'
import { reachesLoopback, receiver, type Received } from '../support/receiver.ts'

const ALL = ['poll.opened', 'poll.closed', 'poll.edited', 'tally.changed']
const past = '2026-01-01 00:00:00'

async function hook(owner: Visitor, at: string, url: string, events = ALL) {
  const answer = await owner.send({ method: 'POST', url: `${at}/webhooks`, payload: { url, events } })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ id: number; secret: string }>()
}

const typesOf = (received: Received[]) =>
  received.map(({ body }) => (JSON.parse(body) as { type: string }).type)
/** Makes all waiting deliveries due. */
const hurry = async (app: FastifyInstance) => {
  await app.db.execute('UPDATE webhook_delivery SET next_time = ?', [past])
  app.webhookSender.wake()
}

describe('webhooks/delivery', () => {
  onEngines('a poll tells of its life: opened, voted, closed, reopened, edited', async (t, engine) => {
    const { url, received } = await receiver(t)
    const app = await build(t, engine, reachesLoopback)
    const ann = await member(app)
    await hook(ann, '/account', url)
    const made = await ann.post('/questions', { question_text: 'Where?', choice_text: ['Sea', 'Hills'] })
    const { slug, choices } = made.json<{ slug: string; choices: Array<{ id: number }> }>()
    await eventuallyEqual(() => typesOf(received), ['poll.opened'])
    await ann.post(`/questions/${slug}`, { question_text: 'Where to?', choice_text: ['Sea', 'Hills'] })
    await eventuallyEqual(() => typesOf(received).slice(1), ['poll.edited'])
    const [{ id: choice }] = (await ann.get(`/questions/${slug}`)).json().choices as typeof choices as [
      { id: number }
    ]
    assert.equal((await ann.put(`/questions/${slug}/vote`, { choice })).statusCode, 200)
    app.webhookSender.wake()
    await eventuallyEqual(() => typesOf(received).slice(2), ['tally.changed'])
    const { data } = JSON.parse(received[2]!.body) as { data: Record<string, unknown> }
    assert.deepEqual([data.voters, data.slug, data.open], [1, slug, true])
    await ann.post(`/questions/${slug}/close`)
    await eventuallyEqual(() => typesOf(received).slice(3), ['poll.closed'])
    await ann.post(`/questions/${slug}/reopen`)
    await eventuallyEqual(() => typesOf(received).slice(4), ['poll.opened'])
    assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 5)
  })

  onEngines('a poll that closes by itself tells so; hidden numbers are not sent', async (t, engine) => {
    const { url, received } = await receiver(t)
    const app = await build(t, engine, reachesLoopback)
    const ann = await member(app)
    const { id, slug } = await ask(app, {
      user_id: ann.id,
      results: 'owner',
      close_time: '2099-01-01 00:00:00'
    })
    await hook(ann, `/questions/${slug}`, url)
    await app.db.execute('UPDATE question SET close_time = ?, voters = 3 WHERE id = ?', [past, id])
    app.webhookSender.wake()
    await eventuallyEqual(() => typesOf(received), ['poll.closed'])
    assert.doesNotMatch(received[0]!.body, /voters|votes/)
  })

  onEngines(
    'a failed delivery is tried again by its plan; after the last the webhook is disabled',
    async (t, engine) => {
      let status = 500
      const { url, received } = await receiver(t, answer => answer.writeHead(status).end())
      const app = await build(t, engine, reachesLoopback)
      const ann = await member(app)
      const { slug } = await ask(app, { user_id: ann.id })
      const { id } = await hook(ann, `/questions/${slug}`, url)
      await ann.post(`/questions/${slug}/close`)
      const minutes: number[] = []
      for (let attempt = 1; attempt <= 5; attempt++) {
        const [row] = await eventually(async () => {
          const rows = await app.db.select<{ attempt: number; next_time: string; now: string }>(
            `SELECT d.attempt, d.next_time, ${app.db.dialect.clock} AS now FROM webhook_delivery d JOIN webhook w
           ON w.id = d.webhook_id WHERE w.failure = ? AND d.attempt = ?`,
            ['HTTP 500', attempt]
          )
          const waitsMs = rows.length === 1 ? Date.parse(rows[0]!.next_time) - Date.parse(rows[0]!.now) : 0
          assert.ok(waitsMs > 35_000)
          return rows
        })
        minutes.push(Math.round((Date.parse(row!.next_time) - Date.parse(row!.now)) / 60_000))
        await hurry(app)
      }
      assert.deepEqual(minutes, [1, 5, 30, 120, 480])
      const read = async () =>
        (await ann.get(`/questions/${slug}/webhooks/${id}`)).json<Record<string, unknown>>()
      await eventually(async () => assert.ok((await read()).disabled_time))
      assert.equal((await read()).failure, 'HTTP 500')
      assert.match((await ann.page(`/questions/${slug}/webhooks`)).body, /Disabled since/)
      assert.equal(received.length, 6)
      assert.equal(
        new Set(received.map(({ headers }) => headers['webhook-id'])).size,
        1,
        'one id for all attempts'
      )
      // Enabled again it tells only what happens from then on.
      status = 204
      await ann.submit(`/questions/${slug}/webhooks/${id}`, { act: 'enable' })
      await ann.post(`/questions/${slug}/reopen`)
      await eventuallyEqual(() => typesOf(received).slice(6), ['poll.opened'])
      await eventuallyEqual(async () => (await read()).failure, null)
    }
  )

  onEngines('410 disables a webhook at once', async (t, engine) => {
    const { url } = await receiver(t, answer => answer.writeHead(410).end())
    const app = await build(t, engine, reachesLoopback)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    const { id } = await hook(ann, `/questions/${slug}`, url)
    await ann.post(`/questions/${slug}/close`)
    await eventually(async () =>
      assert.ok((await ann.get(`/questions/${slug}/webhooks/${id}`)).json().disabled_time)
    )
  })

  onEngines(
    'two replicas send each event once',
    async (t, engine) => {
      const { url, received } = await receiver(t)
      const tree = { ...(await engine.filled(t)), ...reachesLoopback }
      const [one, two] = [await start(t, tree), await start(t, tree)]
      const ann = await member(one)
      const polls = await Promise.all(Array.from({ length: 10 }, () => ask(one, { user_id: ann.id })))
      await hook(ann, '/account', url)
      await Promise.all(polls.map(({ slug }) => ann.post(`/questions/${slug}/close`)))
      for (const app of [one, two, one, two]) app.webhookSender.wake()
      await eventuallyEqual(() => received.length, 10)
      await eventuallyEqual(async () => (await one.db.select('SELECT id FROM webhook_delivery')).length, 0)
      assert.equal(received.length, 10)
    },
    shared
  )

  test('a receiver that hangs holds up neither votes nor other receivers', async t => {
    let isGivenUp = false
    const dead = await receiver(t, answer => {
      answer.once('close', () => {
        isGivenUp = true
      })
    })
    const alive = await receiver(t)
    const app = await build(t, embedded, reachesLoopback)
    const ann = await member(app)
    const { slug, choices } = await ask(app, { user_id: ann.id })
    await hook(ann, `/questions/${slug}`, dead.url)
    await hook(ann, '/account', alive.url, ['poll.closed'])
    const voters = await members(app, 30)
    await voters[0]!.put(`/questions/${slug}/vote`, { choice: choices[0]! })
    app.webhookSender.wake()
    await eventuallyEqual(() => dead.received.length, 1)
    await Promise.all(voters.map(voter => voter.put(`/questions/${slug}/vote`, { choice: choices[1]! })))
    await ann.post(`/questions/${slug}/close`)
    await eventuallyEqual(() => typesOf(alive.received), ['poll.closed'])
    assert.equal(isGivenUp, false, 'it was not waited for')
  })

  onEngines('an event that a closing process was sending is due at once, as before', async (t, engine) => {
    const { url, received } = await receiver(t, () => {})
    const app = await build(t, engine, reachesLoopback)
    const ann = await member(app)
    const { slug } = await ask(app, { user_id: ann.id })
    await hook(ann, `/questions/${slug}`, url, ['poll.closed'])
    await ann.post(`/questions/${slug}/close`)
    await eventuallyEqual(() => received.length, 1)
    await app.webhookSender.close()
    const sql = `SELECT attempt, next_time <= ${app.db.dialect.clock} AS is_due FROM webhook_delivery`
    const [row] = await app.db.select<object>(sql)
    assert.deepEqual({ ...row }, { attempt: 0, is_due: 1 })
  })

  test('an event that a killed process was sending is sent by the next one', async t => {
    const { url, received } = await receiver(t, answer => {
      if (received.length < 2) return
      answer.writeHead(204).end()
    })
    const tree = { ...(await embedded.filled(t)), ...reachesLoopback }
    const server = await serve(t, tree)
    const ann = await registered(server.url)
    const poll = { question_text: 'Where?', choice_text: ['Sea', 'Hills'] }
    const { body } = await ann.send(`${server.url}/questions`, 'POST', poll)
    const place = `${server.url}/questions/${String(body.slug)}`
    await ann.send(`${place}/webhooks`, 'POST', { url, events: ['poll.closed'] })
    await ann.send(`${place}/close`, 'POST')
    await eventuallyEqual(() => received.length, 1)
    server.process.kill('SIGKILL')
    await once(server.process, 'exit')
    const app = await start(t, tree)
    await hurry(app) // the lease of the killed process would end after 30 seconds
    await eventuallyEqual(() => received.length, 2)
    assert.equal(received[0]!.headers['webhook-id'], received[1]!.headers['webhook-id'])
    await eventuallyEqual(async () => (await app.db.select('SELECT id FROM webhook_delivery')).length, 0)
  })
})
