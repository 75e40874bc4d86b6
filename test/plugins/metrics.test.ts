/** The metrics: figures after known votes, refusals and streams, on a port of their own. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { freePort } from '../../app/ops/servers.ts'
import { root } from '../../app/config/load.ts'
import { build, member, start, visitor } from '../support/app.ts'
import { embedded, mariadb, onEngines } from '../support/engines.ts'
import { ask, change } from '../support/polls.ts'
import { eventually } from '../support/eventually.ts'

const metrics = { metrics: { port: 0 } }

/** Returns the address of a new poll for anybody with its link, and its options. */
async function poll(app: FastifyInstance) {
  const { slug, choices } = await ask(app, { audience: 'link' })
  return { vote: `/questions/${slug}/vote`, choices }
}

/** Returns a guest who has opened the poll. */
async function guest(app: FastifyInstance, vote: string) {
  const client = visitor(app)
  await client.page(vote.replace('/vote', ''))
  return client
}

async function scrape(app: FastifyInstance): Promise<string> {
  await app.ready()
  const answer = await fetch(`http://127.0.0.1:${app.metrics!.port}/metrics`)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/)
  return answer.text()
}

/** Sums the samples of a metric whose labels contain `labels`. */
function sum(text: string, name: string, labels = ''): number {
  const lines = text.split('\n').filter(line => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return lines
    .filter(line => line.includes(labels))
    .reduce((all, line) => all + Number(line.split(' ').at(-1)), 0)
}

describe('plugins/metrics', () => {
  onEngines('votes, refusals by code, batches and look-ups of sessions are counted', async (t, engine) => {
    const app = await build(t, engine, metrics)
    const ann = await member(app)
    const { vote, choices } = await poll(app)
    for (let n = 0; n < 3; n++) {
      assert.equal((await (await guest(app, vote)).put(vote, { choice: [choices[0]] })).statusCode, 200)
    }
    assert.equal((await ann.put(vote, { choice: [choices[0]] })).statusCode, 200)
    assert.equal((await ann.put(vote, { choice: [choices[1]] })).statusCode, 200)
    assert.equal((await ann.delete(vote)).statusCode, 200)
    assert.equal((await (await guest(app, vote)).put(vote, { choice: [999] })).statusCode, 422)
    assert.equal((await visitor(app).put('/questions/999/vote', { choice: [1] })).statusCode, 404)
    for (const method of ['HEAD', 'PATCH'] as const)
      await visitor(app).send({ method, url: '/questions/999/vote' })
    const text = await scrape(app)
    assert.equal(sum(text, 'vote_ballots_counted_total'), 5)
    assert.equal(sum(text, 'vote_ballots_refused_total', 'error="invalid_input"'), 1)
    assert.equal(sum(text, 'vote_ballots_refused_total'), 2)
    assert.equal(sum(text, 'vote_batch_operations_sum'), 7, 'the refused choice was in a batch')
    assert.equal(sum(text, 'vote_batch_seconds_count'), sum(text, 'vote_batch_operations_count'))
    assert.equal(sum(text, 'vote_batch_retries_total'), 0)
    assert.equal(sum(text, 'vote_queue_operations'), 0)
    assert.ok(sum(text, 'vote_session_lookup_seconds_count') >= 3)
    assert.equal(sum(text, 'vote_session_store_up'), 1)
    assert.equal(sum(text, 'vote_database_up'), 1)
    const labels = 'route="/questions/:question/vote",method="PUT",status="4xx"'
    assert.equal(sum(text, 'vote_http_request_seconds_count', labels), 2)
  })

  onEngines('a cookie that was not signed here is no look-up of a session', async (t, engine) => {
    const app = await build(t, engine, metrics)
    const client = visitor(app)
    client.cookies.set('sessionid', 'foreign')
    assert.equal((await client.get('/questions')).statusCode, 200)
    assert.equal(sum(await scrape(app), 'vote_session_lookup_seconds_count'), 0)
  })

  test('a scrape checks the database and Redis once', async t => {
    const app = await build(t, embedded, metrics)
    const check = app.checkDependencies.bind(app)
    let checks = 0
    app.checkDependencies = () => {
      checks++
      return check()
    }
    for (const expected of [1, 2]) {
      const text = await scrape(app)
      assert.deepEqual([sum(text, 'vote_database_up'), sum(text, 'vote_session_store_up')], [1, 1])
      assert.equal(checks, expected)
    }
  })

  test('a refusal that a form shows, and a limit, are counted', async t => {
    const app = await build(t, embedded, { ...metrics, limits: { votes: { most: 1 } } })
    const { vote, choices } = await poll(app)
    assert.equal((await (await guest(app, vote)).submit(vote, {})).statusCode, 422)
    assert.equal((await (await guest(app, vote)).put(vote, { choice: [choices[0]] })).statusCode, 200)
    assert.equal((await (await guest(app, vote)).put(vote, { choice: [choices[0]] })).statusCode, 429)
    const text = await scrape(app)
    assert.equal(sum(text, 'vote_ballots_refused_total', 'error="invalid_input"'), 1)
    assert.equal(sum(text, 'vote_ballots_refused_total', 'error="too_many_votes"'), 1)
    assert.equal(sum(text, 'vote_limited_total', 'error="too_many_votes"'), 1)
  })

  test('refusals of a frame are counted as those of a poll page', async t => {
    const app = await build(t, embedded, { ...metrics, server: { publicUrl: 'https://polls.example' } })
    const { id, slug, choices } = await ask(app, { audience: 'link', embed_origins: '*' })
    const client = visitor(app)
    await client.page(`/embed/${slug}`)
    assert.equal((await client.submit(`/embed/${slug}`, {})).statusCode, 422)
    assert.equal((await client.submit(`/embed/${slug}`, { choice: choices[0] })).statusCode, 303)
    await change(app, id, { close_time: '2020-01-01 00:00:00' })
    assert.equal((await client.submit(`/embed/${slug}/withdraw`, {})).statusCode, 409)
    const text = await scrape(app)
    assert.equal(sum(text, 'vote_ballots_counted_total'), 1)
    assert.equal(sum(text, 'vote_ballots_refused_total', 'error="invalid_input"'), 1)
    assert.equal(sum(text, 'vote_ballots_refused_total', 'error="withdrawal_refused"'), 1)
  })

  test('open streams are counted while they are open', async t => {
    const app = await build(t, embedded, metrics)
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const ends = [1, 2].map(() => new AbortController())
    for (const { signal } of ends)
      await fetch(`${address}/questions/1/events`, { headers: { accept: 'text/event-stream' }, signal })
    assert.equal(sum(await scrape(app), 'vote_streams'), 2)
    ends[0]!.abort()
    await eventually(async () => assert.equal(sum(await scrape(app), 'vote_streams'), 1))
    ends[1]!.abort()
    await eventually(async () => assert.equal(sum(await scrape(app), 'vote_streams'), 0))
    assert.equal(sum(await scrape(app), 'vote_http_request_seconds_count', '/events'), 0)
  })

  test('labels contain no path, query, address or account of a request', async t => {
    const app = await build(t, embedded, metrics)
    const ann = await member(app)
    await visitor(app).put('/questions/secret-slug/vote', { choice: [1] })
    await ann.get('/nothing/secret-path?token=secret-query')
    await ann.page('/reset/secret-token')
    await ann.send({
      method: 'PROPFIND',
      url: '/questions/secret-slug',
      headers: { 'x-forwarded-for': '192.0.2.7' }
    })
    const text = await scrape(app)
    for (const hidden of ['secret', ann.email, '192.0.2.7', '127.0.0.1', [...ann.cookies.values()][0]!])
      assert.ok(!text.includes(hidden), hidden)
    assert.match(text, /route="none"/)
    const names = new Set(
      [...text.matchAll(/^vote_\w+\{([^}]*)\}/gm)].flatMap(([, all]) =>
        [...all!.matchAll(/(\w+)=/g)].map(([, name]) => name)
      )
    )
    assert.deepEqual(names, new Set(['error', 'le', 'method', 'route', 'status']))
  })

  test('the alerts and the dashboard read figures that are served', async t => {
    const app = await build(t, embedded, metrics)
    await (await member(app)).put('/questions/1/vote', { choice: [1] })
    const served = new Set((await scrape(app)).match(/(?<=^# HELP )\w+|^\w+/gm))
    for (const file of ['prometheus-alerts.yml', 'grafana-dashboard.json']) {
      const text = readFileSync(join(root, 'config/examples', file), 'utf8')
      const names = new Set(text.match(/\b(vote|nodejs|process)_[a-z0-9_]+/g))
      assert.ok(names.size > 5, file)
      assert.deepEqual(
        [...names].filter(name => !served.has(name)),
        []
      )
    }
  })

  test('by default nothing is measured and no port is opened', async t => {
    const app = await build(t, embedded)
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    assert.equal(app.metrics, null)
    assert.equal((await fetch(`${address}/metrics`)).status, 404)
  })

  test('the port serves the metrics alone, and closes with the application', async t => {
    const app = await build(t, embedded, metrics)
    await app.ready()
    const address = `http://127.0.0.1:${app.metrics!.port}`
    for (const path of ['/', '/login', '/questions', '/metrics/x'])
      assert.equal((await fetch(address + path)).status, 404)
    await app.close()
    await assert.rejects(fetch(`${address}/metrics`))
  })

  test('each of several processes counts its own votes', async t => {
    const config = { ...(await mariadb.filled(t)), ...metrics }
    const apps = await Promise.all([1, 2, 3, 4].map(() => start(t, config)))
    const { vote, choices } = await poll(apps[0]!)
    for (const [n, app] of apps.entries()) {
      for (let turn = 0; turn <= n; turn++) await (await guest(app, vote)).put(vote, { choice: [choices[0]] })
    }
    const texts = await Promise.all(apps.map(scrape))
    assert.deepEqual(
      texts.map(text => sum(text, 'vote_ballots_counted_total')),
      [1, 2, 3, 4]
    )
  })

  test('with portOffset the port follows that of the server', async t => {
    const reserved = await freePort()
    const config = {
      ...(await embedded.filled(t)),
      server: { port: reserved - 1 },
      metrics: { portOffset: 1 }
    }
    const app = await start(t, config)
    await scrape(app)
    assert.equal(app.metrics!.port, reserved)
  })

  test('an application that cannot open the port does not start', async t => {
    const app = await build(t, embedded, metrics)
    await app.ready()
    const second = await build(t, embedded, { metrics: { port: app.metrics!.port } })
    await assert.rejects(async () => second.ready(), { code: 'EADDRINUSE' })
  })
})
