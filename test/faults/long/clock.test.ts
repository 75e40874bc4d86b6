/** Replicas with wrong clocks: the database's clock closes polls, and sessions stay valid. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, before, test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { install } from '../../../app/ops/install.ts'
import { clockPackages } from '../../support/packages.ts'
import { audit } from '../../../app/models/polls/audit.ts'
import { members, start } from '../../support/app.ts'
import { mariadb, type Tree } from '../../support/engines.ts'
import { ask as askPoll } from '../../support/polls.ts'
import { registered, serve } from '../../support/program.ts'
import { ask, cookieOf, vote } from '../../support/stack.ts'

describe('faults/long/clock', () => {
  before(() => install(clockPackages))

  /** Starts a server whose clock is wrong by `by`, such as `+3h`. Its timers are correct. */
  async function skewed(t: TestContext, tree: Tree, by: string) {
    const library = execFileSync('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketime.so.1'], {
      encoding: 'utf8'
    }).trim()
    const env: Record<string, string> =
      by === '' ? {} : { LD_PRELOAD: library, FAKETIME: by, FAKETIME_DONT_FAKE_MONOTONIC: '1' }
    const { url } = await serve(t, tree, env)
    return { url, port: Number(new URL(url).port) }
  }

  const skews = ['', '+5m', '-5m', '+3h', '-3h']
  const minutes = [0, 5, -5, 180, -180]

  test('replicas with wrong clocks count no vote after the close and lose none before it', async t => {
    const tree = await mariadb.config(t)
    const app = await start(t, tree)
    const servers = await Promise.all(skews.map(by => skewed(t, tree, by)))
    for (const [index, { url }] of servers.entries()) {
      const { headers } = await fetch(`${url}/health/live`)
      const wrong = (Date.parse(headers.get('date')!) - Date.now()) / 60_000
      assert.ok(Math.abs(wrong - minutes[index]!) < 1, 'the clock is as wrong as it is meant to be')
    }
    const poll = await askPoll(app)
    const voters = (await members(app, 2_000)).map(one => ({ cookie: cookieOf(one), name: `u:${one.id}` }))
    const closing = 'UPDATE question SET close_time = SYSDATE() + INTERVAL 3 SECOND WHERE id = ?'
    await app.db.execute(closing, [poll.id])
    app.changeEvents.publishEdits([poll.id])

    const counted = new Set<string>()
    const late: string[] = []
    const waiting = voters.values()
    const worker = async (port: number) => {
      for (const { cookie, name } of waiting) {
        const { status, body } = await vote(port, cookie, poll.id, poll.choices[0])
        if (status === 200) counted.add(name)
        else if (status === 409 && body.includes('20012')) late.push(name)
        else assert.fail(`${status} ${body}`)
        if (late.length > 100) return
        await delay(5)
      }
    }
    await Promise.all(servers.map(({ port }) => worker(port)))
    t.diagnostic(`${counted.size} counted, ${late.length} too late`)
    assert.ok(counted.size > 100 && late.length > 100)

    const sql = `SELECT v.voter, v.cast_time < q.close_time AS early FROM vote v JOIN question q ON q.id = v.question_id WHERE q.id = ?`
    const rows = await app.db.select<{ voter: string; early: number }>(sql, [poll.id])
    assert.deepEqual(
      rows.filter(({ early }) => early !== 1),
      []
    )
    assert.deepEqual(new Set(rows.map(({ voter }) => voter)), counted)
    assert.deepEqual(await audit(app.db), [])
    for (const { url } of servers) {
      const answer = await fetch(`${url}/questions/${poll.slug}`, { headers: { accept: 'application/json' } })
      assert.equal(
        ((await answer.json()) as { open: boolean }).open,
        false,
        'every replica says that it is closed'
      )
    }
  })

  test('a session of one replica is valid on replicas with other clocks', async t => {
    const tree = await mariadb.config(t)
    const servers = await Promise.all(skews.map(by => skewed(t, tree, by)))
    for (const { url } of servers) {
      const ann = await registered(url)
      for (const round of [1, 2]) {
        for (const other of servers) {
          const { status } = await ann.send(`${other.url}/account`)
          assert.equal(status, 200, `round ${round}`)
        }
      }
      assert.equal((await ann.send(`${url}/logout`, 'POST', {})).status, 200)
      for (const other of servers) assert.equal((await ann.send(`${other.url}/account`)).status, 401)
    }
    assert.equal((await ask(servers[3]!.port, '/health/ready')).status, 200)
  })
})
