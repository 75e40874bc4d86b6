/**
 * 200 votes per second during every kind of failure of MariaDB, Redis, their connections and nginx.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { eventuallyTrue } from '../../support/eventually.ts'
import { freeze } from '../../support/freeze.ts'
import { ask, children, openConnections, type Running } from '../../support/stack.ts'
import { type Outage, outage, type Seen } from '../../support/outage.ts'

type Work = Parameters<typeof outage>[1]

const under200 = (t: TestContext, work: Work, more: Outage = {}) => outage(t, work, { rate: 200, ...more })

const allGood = ({ votes, pages }: Seen) =>
  assert.deepEqual(
    [...votes, ...pages].filter(({ status }) => status !== 200),
    []
  )

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** The database's administrator, beside the application. */
async function administrator({ folder }: Running): Promise<Connection> {
  return mysql.createConnection({ socketPath: join(folder, 'mariadb/mariadb.sock'), user: 'root' })
}

/** Ends every connection of the application. */
async function killAll(admin: Connection) {
  const [rows] = await admin.query<RowDataPacket[]>(
    "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'vote'"
  )
  for (const { ID } of rows) await admin.query(`KILL ${ID}`).catch(() => {}) // it may have ended already
}

describe('faults/long/outages', () => {
  test('MariaDB is frozen for ten seconds', t =>
    under200(t, async (stack, back) => {
      const pid = await stack.pid('database')
      await freeze(pid)
      await delay(10_000)
      process.kill(pid, 'SIGCONT')
      await back()
    }))

  test('MariaDB is killed three times', t =>
    under200(t, async (stack, back) => {
      for (let n = 0; n < 3; n++) {
        const killed = await stack.pid('database')
        process.kill(killed, 'SIGKILL')
        const isBack = ({ name, pid }: { name: string; pid: number }) =>
          name === 'database' && pid > 0 && pid !== killed
        while (!(await stack.states()).some(isBack)) await delay(100)
        await back()
      }
    }))

  test('MariaDB is restarted', t =>
    under200(t, async (stack, back) => {
      await stack.control('restart', 'database')
      await back()
    }))

  test('every connection to MariaDB is killed, ten times', t =>
    under200(t, async (stack, back) => {
      const admin = await administrator(stack)
      for (let n = 0; n < 10; n++) {
        await killAll(admin)
        await delay(200)
      }
      await admin.end()
      await back()
    }))

  test('MariaDB accepts no more connections', t =>
    under200(t, async (stack, back) => {
      const admin = await administrator(stack)
      await admin.query('SET GLOBAL max_connections = 10')
      await killAll(admin)
      await delay(3_000)
      await admin.query('SET GLOBAL max_connections = 500')
      await admin.end()
      await back()
    }))

  test('MariaDB is read-only for three seconds', t =>
    under200(t, async (stack, back) => {
      const admin = await administrator(stack)
      await admin.query('SET GLOBAL read_only = 1')
      await delay(3_000)
      await admin.query('SET GLOBAL read_only = 0')
      await admin.end()
      await back()
    }))

  test('the lock of a poll is held for five seconds; other polls continue', t =>
    under200(t, async (stack, back, poll) => {
      const admin = await administrator(stack)
      await admin.query('START TRANSACTION')
      await admin.query('SELECT id FROM vote.question WHERE id = ? FOR UPDATE', [poll.id])
      await delay(5_000)
      await admin.query('ROLLBACK')
      await admin.end()
      await back()
    }))

  test('the table of accounts is locked for five seconds: all connections of the pools wait', t =>
    under200(t, async (stack, back) => {
      const admin = await administrator(stack)
      await admin.query('LOCK TABLES vote.user WRITE')
      await delay(5_000)
      await admin.query('UNLOCK TABLES')
      await admin.end()
      await back()
    }))

  test('Redis is frozen for five seconds', t =>
    under200(t, async (stack, back) => {
      const pid = await stack.pid('redis')
      await freeze(pid)
      await delay(5_000)
      process.kill(pid, 'SIGCONT')
      await back()
    }))

  test('Redis is full: votes continue, and sign-in gets 503', t =>
    under200(
      t,
      async (stack, back) => {
        await stack.app.redis!.config('SET', 'maxmemory', '1')
        const body = 'name=Ann&email=full@example.org&password=long+enough+here'
        const { status } = await ask(stack.port, '/register', { method: 'POST', headers: form, body })
        await delay(2_000)
        await stack.app.redis!.config('SET', 'maxmemory', '256mb')
        assert.equal(status, 503)
        const made = await stack.app.db.select("SELECT id FROM user WHERE email = 'full@example.org'")
        assert.deepEqual(made, [], 'nothing was stored, as the answer says')
        await back()
      },
      { also: allGood }
    ))

  test('Redis is flushed: every client has to sign in again', t =>
    under200(
      t,
      async (stack, back) => {
        await stack.app.redis!.flushall()
        await delay(2_000)
        await back()
      },
      {
        others: [401],
        repeats: false,
        also: ({ votes }) => assert.ok(votes.some(({ status }) => status === 401))
      }
    ))

  test('nginx reloads its configuration ten times: only connections end', t => {
    let open = 0
    return under200(
      t,
      async stack => {
        const pid = await stack.pid('nginx')
        for (let n = 0; n < 10; n++) {
          const former = children(pid)
          open += openConnections()
          process.kill(pid, 'SIGHUP')
          // Until its last worker ends, a reload closes connections.
          const ended = () => children(pid).every(child => !former.includes(child))
          await eventuallyTrue(ended, 'the former workers have ended')
        }
      },
      {
        others: [0], // an idle connection may close when the next request is sent
        also({ votes, pages }) {
          const all = [...votes, ...pages]
          const broken = all.filter(({ status }) => status !== 200)
          assert.ok(broken.every(({ status }) => status === 0))
          // At each reload at most one request of every open connection.
          t.diagnostic(`${broken.length} of ${all.length} requests broke; ${open} connections were open`)
          assert.ok(broken.length <= open)
        }
      }
    )
  })
})
