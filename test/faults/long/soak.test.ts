/** Mixed use for a while: what a replica holds, its connections and the keys in Redis stay as they are. SOAK_SECONDS=900 for longer. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audit } from '../../../app/models/audit.ts'
import { members, PASSWORD } from '../../support/app.ts'
import { ask as askPoll } from '../../support/polls.ts'
import { type Answer, ask, cookieOf, type Running, startStack, steadily } from '../../support/stack.ts'
import { open } from '../../support/streams.ts'

const seconds = Number(process.env.SOAK_SECONDS ?? 60)
/** Requests in a second; samples in a run. */
const [rate, samples] = [100, 40]
/** MB that a replica may grow by between the second and the last quarter. */
const growth = 30

const html = { accept: 'text/html' }
const json = { 'content-type': 'application/json', accept: 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded', ...html }
const cookiesIn = ({ headers }: Answer) => (headers['set-cookie'] ?? []).map(line => line.split(';')[0]!)
const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)]!

type Poll = Awaited<ReturnType<typeof askPoll>>

/** Somebody who signs in and out again by turns; `cookie` while signed in. */
interface Person {
  email: string
  cookie?: string | undefined
  busy?: boolean
}

/** Everything that people do, each in its share; answers what is asked for the nth time. */
function usage({ port }: Running, polls: Poll[], cookies: string[], people: Person[]) {
  const put = (poll: Poll, cookie: string) =>
    ask(port, `/questions/${poll.slug}/vote`, {
      method: 'PUT',
      headers: { ...json, cookie },
      body: JSON.stringify({ choice: pick(poll.choices) })
    })
  const page = (path: string, cookie?: string) =>
    ask(port, path, { headers: { ...html, ...(cookie && { cookie }) } })
  const vote = () => put(pick(polls), pick(cookies))

  async function guest() {
    const poll = pick(polls)
    const [browser] = cookiesIn(await put(poll, ''))
    return put(poll, browser!)
  }

  async function signInOrOut() {
    const person = pick(people.filter(({ busy }) => !busy))
    person.busy = true
    const body = new URLSearchParams({ account: person.email, password: PASSWORD }).toString()
    const answer = person.cookie
      ? await ask(port, '/logout', { method: 'POST', headers: { ...form, cookie: person.cookie } })
      : await ask(port, '/login', { method: 'POST', headers: form, body })
    person.cookie = person.cookie ? undefined : cookiesIn(answer)[0]
    person.busy = false
    return answer
  }

  async function watch(t: { after(work: () => void): void }) {
    const stream = await open(t as never, `http://127.0.0.1:${port}/questions/${pick(polls).slug}/events`)
    await delay(1_000)
    stream.close()
    return undefined
  }

  const withdraw = () =>
    ask(port, `/questions/${pick(polls).slug}/vote`, {
      method: 'DELETE',
      headers: { ...json, cookie: pick(cookies) }
    })
  const odd = () =>
    pick([
      () => page('/nowhere'),
      () => page('/questions/%ff'),
      () => ask(port, '/login', { method: 'PATCH' }),
      () => ask(port, '/login', { method: 'POST', headers: json, body: '{"account":' }),
      () =>
        ask(port, '/questions', {
          method: 'POST',
          headers: { ...form, cookie: pick(cookies) },
          body: 'question_text='
        })
    ])()

  const shares: Array<[share: number, work: (t: never) => Promise<Answer | undefined>]> = [
    [40, vote],
    [20, () => page(pick(['/', '/questions', '/login', '/register', '/static/css/vote.css']))],
    [12, () => page(`/questions/${pick(polls).slug}`, pick(cookies))],
    [8, () => page(pick(['/account', '/account/sessions', '/questions?q=it']), pick(cookies))],
    [6, () => ask(port, `/questions/${pick(polls).id}/choice`, { headers: json })],
    [5, withdraw],
    [4, guest],
    [3, odd],
    [1, watch],
    [1, signInOrOut]
  ]
  const all = shares.flatMap(([share, work]) => Array.from({ length: share }, () => work))
  return (t: unknown) => pick(all)(t as never)
}

const megabytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
const handles = (pid: number) => readdirSync(`/proc/${pid}/fd`).length
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!

test(`${seconds} seconds of everything at ${rate} requests a second leave nothing behind`, async t => {
  const stack = await startStack()
  t.after(() => stack.stop())
  const polls = await Promise.all(
    Array.from({ length: 20 }, () => askPoll(stack.app, {}, ['one', 'two', 'three']))
  )
  const cookies = (await members(stack.app, 250)).map(cookieOf)
  const people: Person[] = []
  for (let n = 0; n < 20; n++) {
    const email = `soak${n}@example.org`
    await ask(stack.port, '/register', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: 'Ann', email, password: PASSWORD })
    })
    people.push({ email })
  }
  await stack.app.redis!.del(
    ...(await stack.app.redis!.keys('sess*')).filter(
      key => !cookies.some(cookie => cookie.includes(key.slice(6, -1)))
    )
  )
  const pids = await Promise.all(stack.ports.map(port => stack.replicaOn(port)))
  const act = usage(stack, polls, cookies, people)
  const statuses = new Map<number, number>()
  const stop = new AbortController()
  const load = steadily(rate, stop.signal, async () => {
    const answer = await act(t)
    if (answer) statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
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
  assert.deepEqual(
    [...statuses.keys()].filter(status => status === 0 || status >= 500),
    []
  )
  const sessions = (await stack.app.redis!.keys('sess:*')).filter(key => !key.endsWith(':x'))
  assert.equal(
    sessions.length,
    cookies.length + people.filter(({ cookie }) => cookie).length,
    'the live sessions'
  )
  assert.deepEqual(
    await Promise.all(stack.ports.map(port => stack.replicaOn(port))),
    pids,
    'nothing restarted'
  )
  for (const port of stack.ports)
    assert.doesNotMatch(stack.log(`app-${port}`), /"level":[56]0|[Uu]nhandled|Warning/)
  assert.deepEqual(await audit(stack.app.db), [])
})
