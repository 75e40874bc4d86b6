/**
 * The loss of a Sentinel group's primary and of a Redis Cluster node during reads, votes and
 * sign-outs.
 */
import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { members, start } from '../../support/app.ts'
import { mariadb, type Tree } from '../../support/engines.ts'
import { ask as askPoll } from '../../support/polls.ts'
import { serve } from '../../support/program.ts'
import { startRolling } from '../../support/rolling.ts'
import { startRedisCluster, startSentinels } from '../../support/redis-groups.ts'
import { type Answer, ask, cookieOf, steadily, vote } from '../../support/stack.ts'
import { cookiesIn } from '../../support/usage.ts'

const REPLICAS = 4
const MEMBERS = 400
const GUESTS = 100
/** A second. */
const [MEMBER_VOTES, GUEST_VOTES, READS, SIGN_OUTS] = [100, 50, 50, 10]
/** Time until clients use the new primary. */
const RECONNECT_WITHIN_MS = 3_000

/** A group of Redis servers that loses its primary. */
interface Servers {
  primary: { process: ChildProcess }
  hasTakenOver(): Promise<void>
}

interface Timed extends Answer {
  at: number
}

const json = { accept: 'application/json' }

/** Creates guests with a browser cookie. */
async function guests(port: number, slug: string): Promise<string[]> {
  const page = () => ask(port, `/questions/${slug}`, { headers: { accept: 'text/html' } })
  const pages = await Promise.all(Array.from({ length: GUESTS }, page))
  return pages.map(answer => cookiesIn(answer).join('; '))
}

async function loadOf(app: FastifyInstance, ports: number[]) {
  const poll = await askPoll(app, { audience: 'link' }, ['one', 'two'])
  const voters = (await members(app, MEMBERS)).map(cookieOf)
  const leavers = (await members(app, MEMBERS)).map(cookieOf)
  const browsers = await guests(ports[0]!, poll.slug)
  const portOf = (n: number) => ports[n % ports.length]!
  const seen = { voters: [] as Timed[], guests: [] as Timed[], reads: [] as Timed[] }
  const signedOut: string[] = []
  const note = async (list: Timed[], sent: Promise<Answer>) =>
    list.push({ ...(await sent), at: performance.now() })
  const stop = new AbortController()
  const load = [
    steadily(MEMBER_VOTES, stop.signal, n => {
      const choice = poll.choices[Math.floor(n / MEMBERS) % 2]!
      return note(seen.voters, vote(portOf(n), voters[n % MEMBERS]!, poll.id, choice))
    }),
    steadily(GUEST_VOTES, stop.signal, n => {
      const choice = poll.choices[Math.floor(n / GUESTS) % 2]!
      return note(seen.guests, vote(portOf(n), browsers[n % GUESTS]!, poll.id, choice))
    }),
    steadily(READS, stop.signal, n => note(seen.reads, ask(portOf(n), `/questions/${poll.id}/choice`))),
    steadily(SIGN_OUTS, stop.signal, async n => {
      const cookie = leavers[n]
      if (cookie === undefined) return
      const { status } = await ask(portOf(n), '/logout', { method: 'POST', headers: { cookie, ...json } })
      if (status === 200) signedOut.push(cookie)
    })
  ]
  return {
    seen,
    voters,
    signedOut,
    poll,
    async end() {
      stop.abort()
      await Promise.all(load)
    }
  }
}

/**
 * Breaks a server under load. Checks all answers, and the sessions afterwards. `rolling`: the
 * replicas, behind nginx, are replaced one after the other meanwhile.
 */
async function underLoss(
  t: TestContext,
  servers: Servers,
  redis: Tree[string],
  signal: NodeJS.Signals,
  rolling = false
) {
  const tree: Tree = { ...(await mariadb.config(t)), redis }
  const app = await start(t, tree)
  const front = rolling ? await startRolling(t, tree, REPLICAS) : undefined
  const replicas = await Promise.all(Array.from({ length: rolling ? 0 : REPLICAS }, () => serve(t, tree)))
  const ports = front ? [front.port] : replicas.map(({ url }) => Number(new URL(url).port))
  const load = await loadOf(app, ports)
  const { seen, voters, signedOut, poll } = load
  await delay(3_000) // the Redis replica has the sessions
  const brokenAt = performance.now()
  servers.primary.process.kill(signal)
  const rolled = front?.roll()
  await servers.hasTakenOver()
  const failoverMs = performance.now() - brokenAt
  const signedOutBefore = signedOut.length
  await Promise.all([delay(RECONNECT_WITHIN_MS + 2_000), rolled])
  await load.end()

  const refused = seen.voters.filter(({ status }) => status !== 200)
  const pauseMs = Math.max(0, ...refused.map(({ at }) => at - brokenAt))
  t.diagnostic(
    `${seen.voters.length} votes of members, ${refused.length} x 503 up to ${Math.round(pauseMs)} ms after the loss, taken over after ${Math.round(failoverMs)} ms; ` +
      `${seen.guests.length} of guests, ${seen.reads.length} reads, ${signedOut.length} signed out`
  )
  for (const { status, body, headers } of refused) {
    assert.equal(status, 503, body)
    assert.ok(headers['retry-after'])
    assert.match(body, /NOT counted|no vote was counted/)
  }
  // A new replica that is not connected yet answers 503 too.
  if (!rolling) assert.ok(pauseMs < failoverMs + RECONNECT_WITHIN_MS, `${pauseMs} ms`)
  for (const { status, body } of [...seen.guests, ...seen.reads]) assert.equal(status, 200, body)
  const slowest = Math.max(...[...seen.voters, ...seen.guests, ...seen.reads].map(one => one.milliseconds))
  assert.ok(slowest < 3_000, `${slowest} ms`)

  for (const [n, cookie] of voters.entries()) {
    const { status } = await vote(ports[n % ports.length]!, cookie, poll.id, poll.choices[0])
    assert.equal(status, 200, 'a member is still signed in')
  }
  assert.ok(signedOutBefore > 0 && signedOut.length > signedOutBefore, 'people signed out before and after')
  for (const [n, cookie] of signedOut.entries()) {
    const { status } = await ask(ports[n % ports.length]!, '/account', { headers: { cookie, ...json } })
    assert.equal(status, 401, 'a sign-out stays one')
  }
}

describe('faults/long/redis-failover', () => {
  for (const [how, signal] of Object.entries({ killed: 'SIGKILL', frozen: 'SIGSTOP' } as const)) {
    const rolling = signal === 'SIGKILL'
    test(`the primary of a Sentinel group is ${how}${rolling ? ' while the replicas are replaced' : ''}`, async t => {
      const sentinels = await startSentinels()
      t.after(() => sentinels.stop())
      const redis = { sentinels: { name: 'vote', addresses: sentinels.addresses } }
      await underLoss(t, sentinels, redis, signal, rolling)
    })

    test(`a node of a Redis Cluster is ${how}`, async t => {
      const cluster = await startRedisCluster()
      t.after(() => cluster.stop())
      await underLoss(t, cluster, { cluster: cluster.addresses }, signal)
    })
  }
})
