/** kill -9 during votes: acknowledged votes are stored once. SIGTERM: no request is cut off. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { describe } from 'node:test'
import type { TestContext } from 'node:test'
import { PASSWORD } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { type Engine, embedded, onEngines, shared, type Tree } from '../support/engines.ts'
import { type Caller, caller, type Program, registered, run, serve, writeConfig } from '../support/program.ts'

type Server = Program & { url: string }
const options: Record<number, number[]> = { 1: [1, 2, 3], 2: [4, 5, 6], 3: [7, 8, 9] }
/** Codes: busy, not stored, not confirmed, database down, sessions down. */
const retried = new Set([20015, 20016, 20017, 20018, 20022])
const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)]!

/**
 * A voter who votes, changes and withdraws in a loop, and remembers the last request and answer.
 */
async function voter(servers: Server[]) {
  const somebody = await registered(pick(servers).url)
  const answered = new Map<number, number[]>()
  const asked = new Map<number, number[]>()
  let answers = 0
  async function act(url: string) {
    const question = pick([1, 2, 3])
    const choice = Math.random() < 0.2 ? [] : [pick(options[question]!)]
    asked.set(question, choice)
    const method = choice.length > 0 ? 'PUT' : 'DELETE'
    const body = choice.length > 0 ? { choice } : undefined
    const send = () => somebody.send(`${url}/questions/${question}/vote`, method, body)
    let answer = await send()
    // A busy server asks to repeat the request, so it is repeated until it is counted.
    while (answer.status === 503 && retried.has(Number(answer.body.error_code))) answer = await send()
    assert.equal(answer.status, 200)
    answered.set(question, choice)
    asked.delete(question)
    answers++
  }
  return {
    answers: () => answers,
    /** Runs until no server answers. */
    async act(isOver: () => boolean) {
      while (!isOver()) {
        try {
          await act(pick(servers).url)
        } catch (error) {
          if (isOver()) return // the last vote may be counted or not
          throw error
        }
      }
    },
    async verify(url: string) {
      for (const question of [1, 2, 3]) {
        const { status, body } = await somebody.send(`${url}/questions/${question}/vote`)
        assert.equal(status, 200, 'the session is kept')
        const possible = [answered.get(question) ?? [], asked.get(question)].map(choice =>
          JSON.stringify(choice)
        )
        assert.ok(
          possible.includes(JSON.stringify(body.choice)),
          `${JSON.stringify(body.choice)} of ${possible.join()}`
        )
      }
    }
  }
}

/**
 * Sends the headers of a vote, awaits that the server has read them, and returns what sends the
 * body and returns the status.
 */
async function beginVote(url: string, { cookies }: Caller) {
  const sent = request(url, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      expect: '100-continue',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    }
  })
  sent.flushHeaders()
  await once(sent, 'continue')
  return async (body: object) => {
    sent.end(JSON.stringify(body))
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.resume()
    return answer.statusCode
  }
}

/** Runs the command `audit`. */
async function isAudited(t: TestContext, tree: Tree) {
  const { file, env } = writeConfig(t, tree)
  const { code, stdout } = await run(t, ['audit', '--config', file], env).ended
  assert.deepEqual([code, stdout], [0, 'every counter equals its rows\n'])
}

async function crash(t: TestContext, engine: Engine, processes: number) {
  const tree = await engine.config(t)
  for (let round = 0; round < 2; round++) {
    const servers = await Promise.all(Array.from({ length: processes }, () => serve(t, tree)))
    const voters = await Promise.all(Array.from({ length: 8 }, () => voter(servers)))
    let killed = false
    const acting = voters.map(one => one.act(() => killed))
    const enough = 100 + Math.random() * 100
    const watch = setInterval(() => {
      if (voters.reduce((sum, one) => sum + one.answers(), 0) < enough) return
      clearInterval(watch)
      killed = true
      for (const { process } of servers) process.kill('SIGKILL')
    }, 1)
    t.after(() => clearInterval(watch))
    await Promise.all([...acting, ...servers.map(({ ended }) => ended)])
    const again = await serve(t, tree)
    for (const one of voters) await one.verify(again.url)
    again.process.kill('SIGTERM')
    assert.equal((await again.ended).code, 0)
    await isAudited(t, tree)
  }
}

describe('faults/crash', () => {
  onEngines('kill -9 of the process loses and duplicates no vote', (t, engine) => crash(t, engine, 1), [
    embedded
  ])
  onEngines(
    'kill -9 of four processes loses and duplicates no vote',
    (t, engine) => crash(t, engine, 4),
    shared
  )

  onEngines(
    'SIGTERM finishes the requests in flight and exits with 0; the next start has all votes',
    async (t, engine) => {
      const tree = await engine.config(t)
      const server = await serve(t, tree)
      const voters = await Promise.all(Array.from({ length: 10 }, () => registered(server.url)))
      const vote = (url: string) => `${url}/questions/1/vote`
      const finish = await Promise.all(voters.map(one => beginVote(vote(server.url), one)))
      server.process.kill('SIGTERM')
      server.process.kill('SIGTERM')
      await eventually(() => assert.rejects(fetch(`${server.url}/health/ready`), 'it accepts no more'))
      assert.deepEqual(await Promise.all(finish.map(send => send({ choice: 2 }))), Array(10).fill(200))
      const { code, signal, stderr } = await server.ended
      assert.deepEqual([code, signal, stderr], [0, null, ''])

      const again = await serve(t, tree)
      for (const one of voters) {
        const kept = await one.send(vote(again.url))
        assert.deepEqual([kept.status, kept.body.choice], [200, [2]], 'session and vote')
      }
      const [ann] = voters as [(typeof voters)[0]]
      const login = await caller().send(`${again.url}/login`, 'POST', {
        account: ann.email,
        password: PASSWORD
      })
      assert.equal(login.status, 200, 'the account')
      const polls = await caller().send(`${again.url}/questions`)
      assert.equal((polls.body.questions as unknown[]).length, 3, 'the sample data was not loaded again')
      again.process.kill('SIGINT')
      assert.equal((await again.ended).code, 0)
      await isAudited(t, tree)
    }
  )
})
