/** Mixed use of the application: every action with a given probability. */
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { PASSWORD } from './app.ts'
import type { ask as askPoll } from './polls.ts'
import { type Answer, ask, type Running } from './stack.ts'
import { open } from './streams.ts'

const html = { accept: 'text/html' }
const json = { 'content-type': 'application/json', accept: 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded', ...html }
/** Returns the cookies that an answer sets, as a Cookie header. */
export const cookiesIn = ({ headers }: Answer) =>
  (headers['set-cookie'] ?? []).map(line => line.split(';')[0]!)
const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)]!

type Poll = Awaited<ReturnType<typeof askPoll>>

/** A user who signs in and out in turn. `cookie`: set while signed in. */
export interface Person {
  email: string
  cookie?: string | undefined
  busy?: boolean
}

/** Returns a function that performs one random action. */
export function usage(t: TestContext, { port }: Running, polls: Poll[], cookies: string[], people: Person[]) {
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
    if (answer.status < 500) person.cookie = person.cookie ? undefined : cookiesIn(answer)[0]
    person.busy = false
    return answer
  }

  async function watch() {
    const stream = await open(t, `http://127.0.0.1:${port}/questions/${pick(polls).slug}/events`)
    await delay(1_000)
    stream.close()
    return undefined
  }

  const withdraw = () =>
    ask(port, `/questions/${pick(polls).slug}/vote`, {
      method: 'DELETE',
      headers: { accept: json.accept, cookie: pick(cookies) }
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

  const shares: Array<[share: number, work: () => Promise<Answer | undefined>]> = [
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
  return () => pick(all)()
}
