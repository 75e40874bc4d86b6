/** Replicas are killed and replaced during votes. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../app/models/polls/audit.ts'
import { isReady } from '../../app/ops/readiness.ts'
import { eventuallyTrue } from '../support/eventually.ts'
import { rounds } from '../support/rounds.ts'
import { type Answer, ask, sharedStack, steadily, vote, voters } from '../support/stack.ts'

const rate = 200

/** Sends votes of 5,000 voters in turn while `work` runs. Returns the answers. */
async function underLoad(work: () => Promise<void>) {
  const stack = await sharedStack()
  const cookies = await voters(stack.app, 5_000)
  const answers: Answer[] = []
  const acknowledged = new Set<string>()
  const before = await counted()
  const stop = new AbortController()
  const load = steadily(rate, stop.signal, async n => {
    const cookie = cookies[n % cookies.length]!
    answers[n] = await vote(stack.port, cookie)
    if (answers[n].status === 200) acknowledged.add(cookie)
  })
  await work()
  stop.abort()
  await load
  return { answers, cookies: cookies.slice(0, answers.length), acknowledged, before }
}

async function counted() {
  const { app } = await sharedStack()
  return (await app.db.fetchone<{ voters: number }>('SELECT voters FROM question WHERE id = 1'))!.voters
}

/** `8000 x 200, 2 x 503 ...`: how often each status came, with what it said where it is not 200. */
function summary(answers: Answer[]) {
  const kinds = Object.groupBy(answers, ({ status, body }) => (status === 200 ? '200' : `${status} ${body}`))
  return Object.entries(kinds)
    .map(([kind, those]) => `${those?.length} x ${kind}`)
    .join(', ')
}

/** Repeats the votes without a confirmation. Then every voter has exactly one vote. */
async function settle({ cookies, acknowledged, before }: Awaited<ReturnType<typeof underLoad>>) {
  const stack = await sharedStack()
  assert.ok((await counted()) - before >= acknowledged.size, 'an acknowledged vote is missing')
  for (const cookie of cookies) {
    if (!acknowledged.has(cookie)) assert.equal((await vote(stack.port, cookie)).status, 200)
  }
  assert.equal((await counted()) - before, cookies.length)
  assert.deepEqual(await audit(stack.app.db), [])
}

/** Half of the time in which a vote is answered: then it may not be counted in time. */
const MAX_STANDSTILL_MS = 750

/** Returns the answers that no standstill of the machine explains. */
const unexplained = (answers: Answer[]) =>
  answers.filter(
    ({ status, standstillMs }) => status !== 200 && !(status === 503 && standstillMs > MAX_STANDSTILL_MS)
  )

const untilReady = (ports: readonly number[]) =>
  eventuallyTrue(async () => (await Promise.all(ports.map(isReady))).every(Boolean), 'every replica is ready')

const pairs = rounds(3, 10)
const rolls = rounds(1, 3)

describe('stack/replicas', () => {
  test(`${2 * pairs} replicas are killed: no counted vote is lost or duplicated, only requests in flight fail`, async t => {
    const stack = await sharedStack()
    const run = await underLoad(async () => {
      for (let round = 0; round < pairs; round++) {
        for (const n of [2 * round, 2 * round + 1])
          process.kill(await stack.replicaOn(stack.ports[n % stack.replicas]!), 'SIGKILL')
        await delay(300)
        await untilReady(stack.ports)
      }
    })
    const failed = unexplained(run.answers)
    t.diagnostic(`${run.answers.length} votes: ${summary(run.answers)}`)
    assert.ok(failed.length <= 2 * pairs, `${failed.length} failed`)
    await settle(run)
  })

  test(`rolling restarts, ${rolls} times: every answer is 2xx or 3xx`, async t => {
    const stack = await sharedStack()
    const pages: Answer[] = []
    const stop = new AbortController()
    const load = steadily(20, stop.signal, async () => {
      pages.push(await ask(stack.port, '/login', { headers: { accept: 'text/html' } }))
      // nginx never repeats a POST, so none may be sent to a replica that closes.
      const body = 'account=nobody@example.invalid&password=wrong-password'
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      pages.push(await ask(stack.port, '/logout', { method: 'POST', headers, body }))
    })
    const run = await underLoad(async () => {
      for (let n = 0; n < rolls; n++) assert.equal(await stack.roll(), 0)
    })
    stop.abort()
    await load
    const answers = [...run.answers, ...pages]
    t.diagnostic(summary(answers))
    assert.deepEqual(unexplained(answers), [])
    await settle(run)
  })
})
