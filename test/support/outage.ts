/** Sends load while a part of the stack is broken, and checks the answers and the stored votes. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../app/models/polls/audit.ts'
import { members } from './app.ts'
import { eventually } from './eventually.ts'
import { ask as askPoll } from './polls.ts'
import { type Answer, ask, cookieOf, type Running, sharedStack, steadily, vote, voters } from './stack.ts'

const html = { headers: { accept: 'text/html' } }
/** More than the votes of any run, so that no voter votes twice. */
const VOTERS = 4_000

interface Voter {
  name: string
  cookie: string
  choice: number
}

/** An answer, when its request was sent and when it came. */
interface Timed extends Answer {
  sentAt: number
  endedAt: number
}

export interface Seen {
  votes: Timed[]
  pages: Timed[]
  files: Timed[]
  live: Timed[]
  /** Every voter who sent a vote, and whether an answer said that it was counted. */
  asked: Map<Voter, boolean>
}

/** Returns the response time that this share of the answers does not exceed. */
const percentile = (answers: Answer[], share: number) =>
  answers.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)[
    Math.floor(answers.length * share)
  ]!

/** Waits for the answer to a request that is sent now, and notes both times. */
async function timed(answer: Promise<Answer>): Promise<Timed> {
  const sentAt = performance.now()
  return { ...(await answer), sentAt, endedAt: performance.now() }
}

/** Requests votes, pages, static files and liveness while `work` runs. */
async function loadDuring(
  stack: Running,
  question: number,
  all: Voter[],
  rate: number,
  work: () => Promise<void>
) {
  const seen: Seen = { votes: [], pages: [], files: [], live: [], asked: new Map() }
  const stop = new AbortController()
  const { port } = stack
  const load = [
    steadily(rate, stop.signal, async n => {
      const voter = all[n % all.length]!
      const answer = await timed(vote(port, voter.cookie, question, voter.choice))
      seen.votes.push(answer)
      seen.asked.set(voter, answer.status === 200 || seen.asked.get(voter) === true)
    }),
    steadily(10, stop.signal, async n => {
      const path = ['/questions', '/login', '/questions/sample-fruit'][n % 3]!
      seen.pages.push(await timed(ask(port, path, html)))
    }),
    steadily(5, stop.signal, async () => {
      seen.files.push(await timed(ask(port, '/static/css/vote.css')))
      seen.live.push(await timed(ask(port, '/health/live')))
    })
  ]
  await delay(500)
  await work()
  stop.abort()
  await Promise.all(load)
  return seen
}

/** Returns the milliseconds until every replica accepts votes. */
async function recovery(stack: Running) {
  const started = performance.now()
  // Creating a session also checks that the test's own connections work again.
  const [cookie] = await eventually(() => voters(stack.app, 1))
  await eventually(async () => {
    for (const answer of await Promise.all(stack.ports.map(port => vote(port, cookie!, 2, 4))))
      assert.equal(answer.status, 200, answer.body)
  })
  return performance.now() - started
}

/** More than are sent by chance just before another request is answered. */
const MIN_SENT = 3

/**
 * Checks that these answers need no part that others wait for: of those sent while a request
 * waited, one came before its answer.
 */
function checkOvertaking(others: Timed[], answers: Timed[]) {
  const sentDuring = others
    .map(waiting => {
      const isMeanwhile = (time: number) => time > waiting.sentAt && time < waiting.endedAt
      const sent = answers.filter(({ sentAt }) => isMeanwhile(sentAt))
      return { sent: sent.length, answered: sent.filter(one => isMeanwhile(one.endedAt)).length }
    })
    .filter(({ sent }) => sent >= MIN_SENT)
  assert.ok(sentDuring.length === 0 || sentDuring.some(({ answered }) => answered > 0), 'all waited')
}

/** Checks the answers of every outage: status, time, and whether they say if the vote counted. */
function checkAnswers(
  t: TestContext,
  { votes, pages, files, live }: Seen,
  others: number[],
  deadlineMs: number
) {
  const all = [...votes, ...pages]
  const last = all.reduce((one, other) => (one.milliseconds > other.milliseconds ? one : other))
  const slowest = last.milliseconds
  const unavailable = all.filter(({ status }) => status === 503)
  t.diagnostic(
    `${all.length} requests, ${unavailable.length} x 503, slowest ${Math.round(slowest)} ms; static and live: ` +
      [...[0.5, 0.95].map(share => percentile([...files, ...live], share)), percentile(live, 0.5)]
        .map(milliseconds => `${milliseconds.toFixed(1)} ms`)
        .join(', ')
  )
  const usual = new Set([200, 303, 503, ...others])
  assert.deepEqual(
    all.filter(({ status }) => !usual.has(status)),
    []
  )
  for (const { headers, body } of unavailable) {
    assert.equal(headers['retry-after'], '2')
    assert.match(
      body,
      /NOT counted|no vote was counted|no new vote can be counted|not confirmed|Too many people/
    )
  }
  // A static file needs only nginx. The time of the slowest one measures how busy the machine is.
  const machineDelayMs = Math.max(...files.map(({ milliseconds }) => milliseconds))
  assert.ok(slowest < deadlineMs + machineDelayMs, `${slowest} ms: ${last.status} ${last.body}`)
  for (const { status } of [...files, ...live]) assert.ok(status === 200 || others.includes(status))
  for (const answers of [files, live]) checkOvertaking(all, answers)
}

/** Checks that every acknowledged vote is stored, no other one is, and a repeat stores the rest. */
async function checkVotes(stack: Running, question: number, { asked }: Seen, repeats: boolean) {
  const stored = async () => {
    const sql = 'SELECT voter, choice_id AS choice FROM vote WHERE question_id = ?'
    const rows = await stack.app.db.select<{ voter: string; choice: number }>(sql, [question])
    return new Map(rows.map(({ voter, choice }) => [voter, choice]))
  }
  const wanted = new Map([...asked.keys()].map(({ name, choice }) => [name, choice]))
  const before = await stored()
  const open: Voter[] = []
  for (const [voter, counted] of asked) {
    if (counted) assert.equal(before.get(voter.name), voter.choice, 'an acknowledged vote is missing')
    else if (repeats) open.push(voter)
  }
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let voter = open.pop(); voter; voter = open.pop()) {
        const { status, body } = await vote(stack.port, voter.cookie, question, voter.choice)
        assert.equal(status, 200, body)
      }
    })
  )
  const after = await stored()
  for (const [name, choice] of after) assert.equal(choice, wanted.get(name), 'another voter’s vote')
  if (repeats) assert.equal(after.size, wanted.size)
  assert.deepEqual(await audit(stack.app.db), [])
}

export interface Outage {
  /** Votes per second. */
  rate?: number
  /** Statuses that are allowed beside 200, 303 and 503. */
  others?: number[]
  /** Whether votes that were not counted can be repeated afterwards. */
  repeats?: boolean
  /** Maximum response time, whatever is broken. */
  deadlineMs?: number
  /** Further checks of the answers. */
  also?: (seen: Seen) => void
}

/**
 * Runs `work` under load and checks answers, votes and recovery. `work` calls `back` after the
 * repair.
 */
export async function outage(
  t: TestContext,
  work: (stack: Running, back: () => Promise<void>, poll: { id: number }) => Promise<void>,
  { rate = 60, others = [], repeats = true, deadlineMs = 2_000, also }: Outage = {}
): Promise<void> {
  const stack = await sharedStack()
  const poll = await askPoll(stack.app, { audience: 'members' }, ['one', 'two', 'three'])
  const all = (await members(stack.app, VOTERS)).map((voter, n): Voter => {
    return { name: `u:${voter.id}`, cookie: cookieOf(voter), choice: poll.choices[n % 3]! }
  })
  const pids = await Promise.all(stack.ports.map(port => stack.replicaOn(port)))
  let recovered = 0
  const seen = await loadDuring(stack, poll.id, all, rate, () =>
    work(
      stack,
      async () => {
        recovered = await recovery(stack)
      },
      poll
    )
  )
  t.diagnostic(`recovered after ${Math.round(recovered)} ms`)
  checkAnswers(t, seen, others, deadlineMs)
  assert.ok(recovered < 5_000, `${recovered} ms`)
  assert.deepEqual(
    await Promise.all(stack.ports.map(port => stack.replicaOn(port))),
    pids,
    'nothing restarted'
  )
  await checkVotes(stack, poll.id, seen, repeats)
  also?.(seen)
}
