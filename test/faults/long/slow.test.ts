/** Hundreds of very slow clients: other clients are served, and the slow ones are disconnected. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, before, test, type TestContext } from 'node:test'
import { install } from '../../../app/ops/install.ts'
import { slowClientPackages } from '../../support/packages.ts'
import { scratch } from '../../support/engines.ts'
import { type Answer, ask, type Running, sharedStack, steadily } from '../../support/stack.ts'

/** Seconds until every slow connection is closed, and seconds to open a thousand. */
const [patience, opening] = [30, 5]
/** Connections of the other clients. */
const few = 10
/**
 * Seconds in which others are served, as `ask` has them: a busy machine opens a thousand
 * connections slowly.
 */
const served = 10

/** Arguments of slowhttptest, except URL and number. */
const attacks: Record<string, string[]> = {
  'send headers': ['-H', '-i', '3', '-u', '/questions'],
  'send bodies': ['-B', '-i', '12', '-s', '8192', '-u', '/login'],
  'read answers': ['-X', '-k', '3', '-w', '512', '-y', '1024', '-n', '5', '-z', '32', '-u', '/questions']
}

let stack: Running

describe('faults/long/slow', () => {
  before(async () => {
    await install(slowClientPackages)
    stack = await sharedStack()
  })

  /**
   * Counts the connections of this port on the server's side. One that the server closed does not
   * count.
   */
  function connections(port: number) {
    const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
    const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n')
    return lines.filter(line => {
      const [, own = '', , state = ''] = line.trim().split(/\s+/)
      return state === '01' && own.endsWith(local)
    }).length
  }

  /**
   * Runs slowhttptest; answers how many connections were open in each second from its start, and
   * when it was not served.
   */
  async function attack(t: TestContext, port: number, many: number, options: string[]) {
    const report = join(scratch(t), 'report')
    const args = options.map(one => (one.startsWith('/') ? `http://127.0.0.1:${port}${one}` : one))
    const bounds = ['-c', String(many), '-r', '200', '-l', String(patience + 10), '-p', String(served)]
    const child = spawn('slowhttptest', [...args, ...bounds, '-g', '-o', report], { stdio: 'ignore' })
    t.after(() => child.kill('SIGKILL'))
    const open: number[] = []
    const count = setInterval(() => open.push(connections(port)), 1_000)
    await once(child, 'exit')
    clearInterval(count)
    const [, ...lines] = readFileSync(`${report}.csv`, 'utf8').trim().split('\n')
    const unserved = lines.filter(line => Number(line.split(',')[4]) === 0)
    return { open, unserved }
  }

  for (const [what, options] of Object.entries(attacks)) {
    test(`a thousand at nginx and two hundred at a replica ${what} slowly`, async t => {
      const answers: Answer[] = []
      const stop = new AbortController()
      const others = steadily(5, stop.signal, async n => {
        answers.push(
          await ask(n % 2 ? stack.port : stack.ports[0]!, '/login', { headers: { accept: 'text/html' } })
        )
      })
      const runs = await Promise.all([
        attack(t, stack.port, 1_000, options),
        attack(t, stack.ports[0]!, 200, options)
      ])
      stop.abort()
      await others
      for (const { open, unserved } of runs) {
        const most = Math.max(...open)
        const cut = open.findLastIndex(count => count > few) + 1
        t.diagnostic(`${most} open at once, cut after ${cut} s`)
        assert.deepEqual(unserved, [])
        assert.ok(most >= 200 && cut <= opening + patience)
      }
      const slowest = Math.max(...answers.map(({ milliseconds }) => milliseconds))
      t.diagnostic(`${answers.length} others, slowest ${Math.round(slowest)} ms`)
      for (const { status, body } of answers) assert.equal(status, 200, body)
    })
  }
})
