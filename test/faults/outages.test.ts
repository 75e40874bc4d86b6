/** MariaDB and Redis restarted, frozen, killed and flushed while people vote and look. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../app/models/audit.ts'
import { type Answer, ask, type Running, sharedStack, steadily, vote, voters } from '../support/stack.ts'

const html = { headers: { accept: 'text/html' } }

/** What stays up whatever is down, and how long it took: the middle and the slowest tenth. */
const percentile = (answers: Answer[], share: number) =>
  answers.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)[
    Math.floor(answers.length * share)
  ]!

interface Seen {
  votes: Answer[]
  pages: Answer[]
  files: Answer[]
  live: Answer[]
  /** Cookies of voters who were told "counted". */
  counted: Set<string>
}

/** Votes, pages, static files and liveness are asked for while `work` goes on. */
async function during(stack: Running, work: () => Promise<void>): Promise<Seen> {
  const cookies = await voters(stack.app, 3_000)
  const seen: Seen = { votes: [], pages: [], files: [], live: [], counted: new Set() }
  const stop = new AbortController()
  const load = [
    steadily(60, stop.signal, async n => {
      const cookie = cookies[n % cookies.length]!
      const answer = await vote(stack.port, cookie, 2, 4)
      seen.votes.push(answer)
      if (answer.status === 200) seen.counted.add(cookie)
    }),
    steadily(10, stop.signal, async n => {
      const { port } = stack
      seen.pages.push(await ask(port, ['/questions', '/login', '/questions/sample-fruit'][n % 3]!, html))
    }),
    steadily(5, stop.signal, async () => {
      seen.files.push(await ask(stack.port, '/static/css/vote.css'))
      seen.live.push(await ask(stack.port, '/health/live'))
    })
  ]
  await delay(500)
  await work()
  stop.abort()
  await Promise.all(load)
  return seen
}

/** Milliseconds until every replica is ready and takes votes. */
async function recovery(stack: Running) {
  const started = performance.now()
  const [cookie] = await voters(stack.app, 1).catch(() => [])
  for (;;) {
    const answers = await Promise.all(
      stack.ports.map(port => (cookie ? vote(port, cookie, 2, 4) : ask(port, '/health/ready')))
    )
    const elapsed = performance.now() - started
    if (answers.every(({ status }) => status === 200)) return elapsed
    assert.ok(elapsed < 15_000, 'no recovery')
    await delay(50)
  }
}

/** The bars of every outage; what is told to voters says whether the vote counted. */
function check(t: TestContext, { votes, pages, files, live }: Seen) {
  const all = [...votes, ...pages]
  const slowest = Math.max(...all.map(({ milliseconds }) => milliseconds))
  const unavailable = all.filter(({ status }) => status === 503)
  t.diagnostic(
    `${all.length} requests, ${unavailable.length} x 503, slowest ${Math.round(slowest)} ms; static and live: ` +
      [...[0.5, 0.95].map(share => percentile([...files, ...live], share)), percentile(live, 0.5)]
        .map(milliseconds => `${milliseconds.toFixed(1)} ms`)
        .join(', ')
  )
  const odd = all.filter(({ status }) => status !== 200 && status !== 303 && status !== 503)
  assert.deepEqual(odd, [])
  for (const { headers, body } of unavailable) {
    assert.equal(headers['retry-after'], '2')
    assert.match(body, /NOT counted|no vote was counted|none are being taken|not confirmed|Too many people/)
  }
  assert.ok(slowest < 2_000, `${slowest} ms`)
  for (const { status } of [...files, ...live]) assert.equal(status, 200)
  assert.ok(percentile([...files, ...live], 0.5) < 50)
}

/** Everybody who was told "counted" has a vote, and every counter equals its rows. */
async function checkVotes(stack: Running, before: number, { counted }: Seen) {
  const after = (await stack.app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = 2'))!
  assert.ok(after.voters - before >= counted.size, 'an acknowledged vote is missing')
  assert.deepEqual(await audit(stack.app.db), [])
}

async function outage(t: TestContext, work: (stack: Running, back: () => Promise<void>) => Promise<void>) {
  const stack = await sharedStack()
  const before = (await stack.app.db.fetchone<{ voters: number }>(
    'SELECT voters FROM question WHERE id = 2'
  ))!.voters
  const pids = await Promise.all(stack.ports.map(port => stack.replicaOn(port)))
  let recovered = 0
  const seen = await during(stack, () =>
    work(stack, async () => {
      recovered = await recovery(stack)
    })
  )
  t.diagnostic(`recovered after ${Math.round(recovered)} ms`)
  check(t, seen)
  assert.ok(recovered < 5_000, `${recovered} ms`)
  assert.deepEqual(
    await Promise.all(stack.ports.map(port => stack.replicaOn(port))),
    pids,
    'nothing restarted'
  )
  await checkVotes(stack, before, seen)
}

test('MariaDB is frozen for ten seconds', t =>
  outage(t, async (stack, back) => {
    const pid = await stack.pid('database')
    process.kill(pid, 'SIGSTOP')
    await delay(10_000)
    process.kill(pid, 'SIGCONT')
    await back()
  }))

test('MariaDB is killed and comes back', t =>
  outage(t, async (stack, back) => {
    process.kill(await stack.pid('database'), 'SIGKILL')
    await delay(300)
    while (!(await stack.states()).some(({ name, pid }) => name === 'database' && pid > 0)) await delay(100)
    await back()
  }))

test('MariaDB is restarted', t =>
  outage(t, async (stack, back) => {
    await stack.control('restart', 'database')
    await back()
  }))

test('Redis is frozen for five seconds', t =>
  outage(t, async (stack, back) => {
    const pid = await stack.pid('redis')
    process.kill(pid, 'SIGSTOP')
    await delay(5_000)
    process.kill(pid, 'SIGCONT')
    await back()
  }))

test('Redis is killed and comes back', t =>
  outage(t, async (stack, back) => {
    process.kill(await stack.pid('redis'), 'SIGKILL')
    await delay(300)
    await back()
  }))

test('Redis is flushed: everybody is asked to sign in, and nothing fails', async () => {
  const stack = await sharedStack()
  const [cookie] = await voters(stack.app, 1)
  assert.equal((await vote(stack.port, cookie!, 2, 4)).status, 200)
  await stack.app.redis!.flushall()
  const answer = await vote(stack.port, cookie!, 2, 5)
  assert.equal(answer.status, 401)
  assert.match(answer.body, /Please sign in/)
  assert.deepEqual(await audit(stack.app.db), [])
})
