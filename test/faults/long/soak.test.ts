/** Mixed use leaks no memory, connections or Redis keys. SOAK_SECONDS=900 for longer. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../../app/models/polls/audit.ts'
import { members, PASSWORD } from '../../support/app.ts'
import { ask as askPoll } from '../../support/polls.ts'
import { ask, cookieOf, startStack, steadily } from '../../support/stack.ts'
import { cookiesIn, type Person, usage } from '../../support/usage.ts'

const seconds = Number(process.env.SOAK_SECONDS ?? 60)
/** Requests per second; samples per run. */
const [rate, samples] = [100, 40]
/** MB by which a replica may grow between the second and the last quarter. */
const growth = 30
/** One answer in this many may be "busy": other processes use the machine too. */
const rare = 1_000

const megabytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
const handles = (pid: number) => readdirSync(`/proc/${pid}/fd`).length
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!

describe('faults/long/soak', () => {
  test(`${seconds} seconds of mixed use at ${rate} requests per second leak nothing`, async t => {
    const stack = await startStack()
    t.after(() => stack.stop())
    const polls = await Promise.all(
      Array.from({ length: 20 }, () => askPoll(stack.app, {}, ['one', 'two', 'three']))
    )
    const cookies = (await members(stack.app, 250)).map(cookieOf)
    const people: Person[] = []
    const headers = { 'content-type': 'application/json' }
    for (let n = 0; n < 20; n++) {
      const email = `soak${n}@example.org`
      const body = JSON.stringify({ name: 'Ann', email, password: PASSWORD })
      const answer = await ask(stack.port, '/register', { method: 'POST', headers, body })
      people.push({ email, cookie: cookiesIn(answer)[0] })
    }
    const pids = await Promise.all(stack.ports.map(port => stack.replicaOn(port)))
    const act = usage(t, stack, polls, cookies, people)
    const statuses = new Map<number, number>()
    const refusals = new Set<string>()
    const stop = new AbortController()
    const load = steadily(rate, stop.signal, async () => {
      const answer = await act()
      if (!answer) return
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status === 503) refusals.add(/"error":"\w+"|<h1>[^<]+/.exec(answer.body)![0])
    })
    const seen: Array<{ memory: number[]; handles: number[]; keys: number }> = []
    for (let n = 0; n < samples; n++) {
      await delay((seconds * 1000) / samples)
      seen.push({
        memory: pids.map(megabytes),
        handles: pids.map(handles),
        keys: await stack.app.redis!.dbsize()
      })
    }
    stop.abort()
    await load

    const quarter = (which: number) => seen.slice((which * samples) / 4, ((which + 1) * samples) / 4)
    for (const [index] of pids.entries()) {
      const held = [0, 1, 2, 3].map(which => median(quarter(which).map(({ memory }) => memory[index]!)))
      t.diagnostic(`replica ${index + 1}: ${held.map(Math.round).join(', ')} MB`)
      assert.ok(held[3]! - held[1]! < growth, `grew from ${held[1]} to ${held[3]} MB`)
      const opened = [1, 3].map(which => median(quarter(which).map(one => one.handles[index]!)))
      assert.ok(opened[1]! - opened[0]! < 20, `from ${opened.join(' to ')} open files and connections`)
    }
    t.diagnostic(
      `answers: ${[...statuses]
        .toSorted(([a], [b]) => a - b)
        .map(pair => pair.join(': '))
        .join(', ')}`
    )
    t.diagnostic(
      `keys in Redis: ${[0, 1, 2, 3].map(which => median(quarter(which).map(({ keys }) => keys))).join(', ')}`
    )
    const isBroken = (status: number) => status === 0 || (status >= 500 && status !== 503)
    assert.deepEqual([...statuses.keys()].filter(isBroken), [])
    const busy = statuses.get(503) ?? 0
    assert.ok(busy <= (rate * seconds) / rare, `${busy} x 503: ${[...refusals].join(', ')}`)
    const sessions = (await stack.app.redis!.keys('sess:*')).filter(key => !key.endsWith(':x'))
    const live = cookies.length + people.filter(({ cookie }) => cookie).length
    assert.ok(
      Math.abs(sessions.length - live) <= busy,
      `${sessions.length} sessions for ${live} who are signed in`
    )
    assert.deepEqual(
      await Promise.all(stack.ports.map(port => stack.replicaOn(port))),
      pids,
      'nothing restarted'
    )
    for (const port of stack.ports)
      assert.doesNotMatch(stack.log(`app-${port}`), /"level":60|[Uu]nhandled|Warning/)
    assert.deepEqual(await audit(stack.app.db), [])
  })
})
