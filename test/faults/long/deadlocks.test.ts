/**
 * Votes, changes and withdrawals in a few polls through four replicas: no deadlock of the database
 * reaches a voter.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../../app/models/polls/audit.ts'
import { seeded } from '../../support/faulty.ts'
import { ask as askPoll } from '../../support/polls.ts'
import { type Answer, ask, type Running, startStack, steadily, voters } from '../../support/stack.ts'
import { cookiesIn } from '../../support/usage.ts'

/** Seconds of steady load before the rolling restart. DEADLOCK_SECONDS=300 for longer. */
const seconds = Number(process.env.DEADLOCK_SECONDS ?? 25)
/** Requests per second. */
const RATE = 200
/**
 * Few voters and polls, so that most requests change or withdraw a vote and conflict with others.
 */
const [VOTERS, POLLS, OPTIONS] = [100, 6, ['one', 'two', 'three', 'four']]
const WITHDRAWN_SHARE = 0.15
/**
 * Deadlocks that are retried unseen. All writers lock in one order; with two orders it is 4 % of
 * the requests.
 */
const RETRIED_SHARE = 0.001

/**
 * Lists cookies of accounts, of browsers, and of accounts in those browsers, which adopt a vote of
 * the browser.
 */
async function cookiesFor({ app, port }: Running, question: number): Promise<string[]> {
  const accounts = await voters(app, VOTERS)
  const headers = { 'content-type': 'application/json' }
  const path = `/questions/${question}/vote`
  const unknown = await Promise.all(
    accounts.map(() => ask(port, path, { method: 'PUT', headers, body: '{"choice":1}' }))
  )
  const browsers = unknown.map(answer => cookiesIn(answer)[0]!)
  return [...accounts, ...browsers, ...accounts.map((account, n) => `${account}; ${browsers[n]}`)]
}

/** `5000 x 200, 2 x 503 ...`: how often each answer came. */
function summary(answers: readonly Answer[]) {
  const kinds = Object.groupBy(answers, ({ status, body }) => (status === 200 ? '200' : `${status} ${body}`))
  return Object.entries(kinds)
    .map(([kind, those]) => `${those?.length} x ${kind}`)
    .join(', ')
}

describe('faults/long/deadlocks', () => {
  test(`${seconds} seconds of ${RATE} votes a second in ${POLLS} polls, then a rolling restart`, async t => {
    const stack = await startStack()
    t.after(() => stack.stop())
    const settings = { audience: 'link', kind: 'multiple', max_choices: OPTIONS.length } as const
    const polls = await Promise.all(
      Array.from({ length: POLLS }, () => askPoll(stack.app, settings, OPTIONS))
    )
    const cookies = await cookiesFor(stack, polls[0]!.id)
    const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
    t.diagnostic(`TEST_SEED=${seed}`)
    const random = seeded(seed)
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!

    const answers: Answer[] = []
    async function act() {
      const { id, choices } = pick(polls)
      const chosen = choices.filter(() => random() < 0.5)
      const isWithdrawal = chosen.length === 0 || random() < WITHDRAWN_SHARE
      const headers = { cookie: pick(cookies), 'content-type': 'application/json' }
      const path = `/questions/${id}/vote`
      const answer = isWithdrawal
        ? await ask(stack.port, path, { method: 'DELETE', headers: { cookie: headers.cookie } })
        : await ask(stack.port, path, { method: 'PUT', headers, body: JSON.stringify({ choice: chosen }) })
      answers.push(answer)
    }
    const stop = new AbortController()
    const load = steadily(RATE, stop.signal, act)
    await delay(seconds * 1000)
    const calm = answers.length
    assert.equal(await stack.roll(), 0)
    stop.abort()
    await load

    t.diagnostic(`steady: ${summary(answers.slice(0, calm))}`)
    t.diagnostic(`rolling restart: ${summary(answers.slice(calm))}`)
    const lines = stack.ports.flatMap(port => stack.log(`app-${port}`).split('\n'))
    const reached = lines.filter(line => line.includes('ER_LOCK_DEADLOCK'))
    assert.equal(reached.length, 0, `${reached.length} votes met a deadlock: ${reached[0]}`)
    assert.ok(answers.length > RATE * seconds * 0.9, `${answers.length} answers`)
    const isBroken = ({ status }: Answer) => status !== 200 && status !== 503
    assert.deepEqual(answers.filter(isBroken), [])
    const sql = "SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'"
    const resolved = Number((await stack.app.db.fetchone<{ Value: string }>(sql))!.Value)
    t.diagnostic(`deadlocks that the database resolved: ${resolved}`)
    assert.ok(resolved <= answers.length * RETRIED_SHARE, `${resolved} deadlocks were retried`)
    assert.deepEqual(await audit(stack.app.db), [])
  })
})
