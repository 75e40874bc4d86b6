/** 100 concurrent requests of one voter to four processes: always exactly one ballot. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test, type TestContext } from 'node:test'
import { audit } from '../../app/models/polls/audit.ts'
import { members, start } from '../support/app.ts'
import { freePort } from '../../app/ops/servers.ts'
import { mariadb, secret, type Tree } from '../support/engines.ts'
import { rounds } from '../support/rounds.ts'
import { captureOutput } from '../support/secrets.ts'

const times = rounds(200, 1_000)
const parallel = 100
const server = join(import.meta.dirname, '../../app/server.ts')
const config = join(import.meta.dirname, '../../config/production.yaml')

async function replica(t: TestContext, tree: Tree) {
  const port = await freePort()
  const { database, redis } = tree
  const args = [server, '--config', config, '--port', String(port)]
  const env = {
    ...process.env,
    VOTE_SESSION_SECRET: secret,
    VOTE_DATABASE_SOCKET_PATH: String(database!.socketPath),
    VOTE_DATABASE_USER: 'root',
    VOTE_DATABASE_DATABASE: String(database!.database),
    VOTE_REDIS_SOCKET_PATH: String(redis!.socketPath),
    VOTE_LIMITS_VOTES_MOST: '1000000'
  }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  captureOutput(t, child.stdout)
  await new Promise<void>(resolve => {
    child.stdout.on('data', text => String(text).includes('"listening"') && resolve())
  })
  return { port, child }
}

const agent = new Agent({ keepAlive: true, maxSockets: 50 })

/** Returns the status of the answer, and the body unless it is 200. */
function put(port: number, cookie: string): Promise<string> {
  const body = '{"choice": 1}'
  const headers = { cookie, 'content-type': 'application/json', 'content-length': body.length }
  return new Promise((resolve, reject) => {
    const path = '/questions/1/vote'
    request({ agent, port, path, method: 'PUT', headers }, answer => {
      const { statusCode: status } = answer
      void text(answer).then(said => resolve(status === 200 ? '200' : `${status} ${said}`), reject)
    })
      .once('error', reject)
      .end(body)
  })
}

describe('faults/one-voter', () => {
  test(`${times} rounds of ${parallel} parallel votes of one voter over four processes`, async t => {
    const tree = await mariadb.config(t)
    const app = await start(t, tree)
    const voters = await members(app, times)
    const replicas = await Promise.all([1, 2, 3, 4].map(() => replica(t, tree)))
    t.after(() => agent.destroy())
    t.after(async () => {
      for (const { child } of replicas) child.kill()
      await Promise.all(replicas.map(({ child }) => once(child, 'exit')))
    })

    const told = new Set<string>()
    const play = async (voter: (typeof voters)[number]) => {
      const cookie = `sessionid=${encodeURIComponent(voter.cookies.get('sessionid')!)}`
      const answers = Array.from({ length: parallel }, (_, n) => put(replicas[n % 4]!.port, cookie))
      for (const answer of await Promise.all(answers)) told.add(answer)
    }
    // Four voters at a time, so that their ballots also meet in batches.
    const waiting = [...voters]
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        for (let voter = waiting.pop(); voter; voter = waiting.pop()) await play(voter)
      })
    )

    assert.deepEqual([...told], ['200'])
    const row = await app.db.fetchone<{ votes: number }>('SELECT votes FROM choice WHERE id = 1')
    assert.equal(row!.votes, 3 + times)
    assert.deepEqual(await audit(app.db), [])
  })
})
