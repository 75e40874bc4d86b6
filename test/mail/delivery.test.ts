/** From the outbox to the mail server: each mail at least once, retries, and the end of them. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { Deadlock } from '../../app/db/errors.ts'
import { freePort } from '../../app/ops/servers.ts'
import { DAY_MS, fromDatabase, toDatabase } from '../../app/values/time.ts'
import { build, member, start, visitor } from '../support/app.ts'
import { embedded, onEngines, shared } from '../support/engines.ts'
import { eventually, eventuallyEqual } from '../support/eventually.ts'
import { mailAt, mailbox, silentServer } from '../support/mailbox.ts'
import { registered, serve } from '../support/program.ts'
import { standstillMs } from '../support/standstill.ts'

/** The database's clock counts seconds. */
const CLOCK_STEP_MS = 1_000
const past = '2026-01-01 00:00:00'
/** Makes all waiting mail due. */
const hurry = async (app: FastifyInstance) => {
  await app.db.execute('UPDATE mail SET next_time = ? WHERE next_time IS NOT NULL', [past])
  app.mailSender!.wake()
}
const rowsOf = (app: FastifyInstance) =>
  app.db.select<Record<string, string | number | null>>('SELECT * FROM mail ORDER BY id')
const forget = (app: FastifyInstance, email: string) => visitor(app).post('/forgot', { email })

describe('mail/delivery', () => {
  onEngines('a mail is deleted from the outbox when it was sent', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const ann = await member(app)
    await forget(app, ann.email)
    assert.deepEqual((await box.letter()).to, [ann.email])
    await eventuallyEqual(() => rowsOf(app), [])
  })

  onEngines(
    'a mail that a server refuses is tried again by its plan, then given up without its content',
    async (t, engine) => {
      let refusedAt = 0
      const box = await mailbox(t, {
        onRcptTo(_address, _session, callback) {
          refusedAt = Date.now()
          callback(Object.assign(new Error('later'), { responseCode: 450 }))
        }
      })
      const lines: string[] = []
      const tree = { ...(await engine.filled(t)), mail: box.settings }
      const app = await start(t, tree, { lines })
      const ann = await member(app)
      await forget(app, ann.email)
      for (const [n, delaySeconds] of [30, 120, 600, 1_800, 7_200, 21_600].entries()) {
        await eventually(async () => {
          const [row] = await rowsOf(app)
          assert.deepEqual([row!.attempt, row!.failure], [n + 1, 'EENVELOPE 450'])
          // Until the refusal is stored, it is the end of the lease.
          const plannedAt = fromDatabase(String(row!.next_time)) - delaySeconds * 1000
          const isPlanned = plannedAt > refusedAt - CLOCK_STEP_MS && plannedAt <= Date.now()
          assert.ok(isPlanned, `${row!.next_time} after attempt ${n + 1}`)
        })
        await hurry(app)
      }
      await eventually(async () => {
        const [row] = await rowsOf(app)
        assert.deepEqual([row!.next_time, row!.recipient, row!.payload], [null, '', '{}'])
      })
      await eventually(() => assert.ok(lines.some(line => line.includes('"msg":"a mail was given up"'))))
      assert.ok(!lines.join('\n').includes(ann.email))
      assert.deepEqual(await app.outbox.state(), { waiting: 0, failed: 1, failure: 'EENVELOPE 450' })
    }
  )

  onEngines('mail that waited until its link expired is given up without an attempt', async (t, engine) => {
    const box = await mailbox(t)
    const app = await build(t, engine, { mail: box.settings })
    const ann = await member(app)
    const link = JSON.stringify({ link: 'https://polls.example.org/', expires: '2099-01-01 00:00:00' })
    const daysAgo = (days: number) => toDatabase(Date.now() - days * DAY_MS - CLOCK_STEP_MS)
    const rows = [
      ['forgot', ann.email, '{}', past, daysAgo(1)],
      ['confirmation', 'late@example.org', link, past, daysAgo(2)],
      ['invitation', 'late@example.org', link, past, daysAgo(7)],
      ['invitation', 'bob@example.org', link, past, daysAgo(6)],
      ['moved', 'bob@example.org', '{}', past, daysAgo(2)]
    ]
    await app.db.execute('INSERT INTO mail (kind, recipient, payload, next_time, create_time) VALUES ?', [
      rows
    ])
    app.mailSender!.wake()
    const state = { waiting: 0, failed: 3, failure: 'expired' }
    await eventuallyEqual(() => app.outbox.state(), state)
    assert.deepEqual(
      box.letters.map(({ to }) => to),
      [['bob@example.org'], ['bob@example.org']]
    )
    assert.deepEqual(await app.db.select('SELECT user_id FROM password_reset'), [], 'no link was made')
    assert.ok((await rowsOf(app)).every(({ recipient, payload }) => recipient === '' && payload === '{}'))
  })

  onEngines(
    'a mail that the database does not let prepare is prepared again soon, as if it had not been',
    async (t, engine) => {
      const box = await mailbox(t)
      const lines: string[] = []
      const tree = { ...(await engine.filled(t)), mail: box.settings }
      const app = await start(t, tree, { lines })
      const ann = await member(app)
      const fault = t.mock.method(app.resetMails, 'prepare', () => Promise.reject(new Deadlock('injected')))
      await forget(app, ann.email)
      await eventually(async () => {
        const [row] = await rowsOf(app)
        assert.equal(row!.attempt, 0)
        assert.ok(lines.some(line => line.includes('injected')))
        const waitsMs = fromDatabase(String(row!.next_time)) - Date.now()
        assert.ok(waitsMs < 10_000, `${waitsMs} ms`)
      })
      fault.mock.restore()
      await hurry(app)
      assert.deepEqual((await box.letter()).to, [ann.email])
      await eventuallyEqual(() => rowsOf(app), [])
    }
  )

  onEngines('a mail that a closing process was sending is due at once, as before', async (t, engine) => {
    const silent = await silentServer(t)
    const app = await build(t, engine, { mail: mailAt(silent.port) })
    const ann = await member(app)
    await forget(app, ann.email)
    await eventuallyEqual(silent.connections, 1)
    await app.mailSender!.close()
    const sql = `SELECT attempt, next_time <= ${app.db.dialect.clock} AS is_due, failure FROM mail`
    const [row] = await app.db.select<object>(sql)
    assert.deepEqual({ ...row }, { attempt: 0, is_due: 1, failure: null })
  })

  test('a dead server and one that never greets hold up nothing, and the mail arrives when there is one', async t => {
    const silent = await silentServer(t)
    const tree = await embedded.filled(t)
    const first = await start(t, { ...tree, mail: mailAt(silent.port) })
    const ann = await member(first)
    const startedAt = performance.now() - standstillMs()
    assert.equal((await forget(first, ann.email)).statusCode, 202)
    await eventuallyEqual(silent.connections, 1)
    assert.equal((await ann.get('/account')).statusCode, 200)
    await first.close()
    const elapsedMs = performance.now() - standstillMs() - startedAt
    assert.ok(elapsedMs < 8_000, 'before the server is given up')
    const port = await freePort()
    const second = await start(t, { ...tree, mail: mailAt(port) })
    await hurry(second)
    await eventually(async () => assert.equal((await rowsOf(second))[0]!.failure, 'ESOCKET'))
    const box = await mailbox(t, { port })
    await hurry(second)
    assert.deepEqual((await box.letter()).to, [ann.email])
    await eventuallyEqual(() => rowsOf(second), [])
  })

  onEngines(
    'two replicas send one mail',
    async (t, engine) => {
      const box = await mailbox(t)
      const tree = { ...(await engine.filled(t)), mail: box.settings, limits: { mails: { most: 100 } } }
      const [one, two] = [await start(t, tree), await start(t, tree)]
      const ann = await member(one)
      for (let n = 0; n < 10; n++) await one.resetMails.ask(ann.email, 'en-GB')
      for (const app of [one, two, one, two]) app.mailSender!.wake()
      await eventuallyEqual(() => rowsOf(one), [])
      assert.equal(box.letters.length, 10)
      assert.equal(new Set(box.letters.map(({ headers }) => headers['message-id']![0])).size, 10)
    },
    shared
  )

  test('a mail that was sent by a killed process is sent again, with the same id and link', async t => {
    let release = () => {}
    const isHeld = new Promise<void>(resolve => (release = resolve))
    const box = await mailbox(t, { onLetter: () => (box.letters.length === 1 ? isHeld : undefined) })
    const tree = { ...(await embedded.filled(t)), mail: box.settings }
    const server = await serve(t, tree)
    const ann = await registered(server.url)
    await ann.send(`${server.url}/forgot`, 'POST', { email: ann.email })
    await box.letter() // the server has it, and has not said so
    server.process.kill('SIGKILL')
    await once(server.process, 'exit')
    release()
    const app = await start(t, tree)
    await hurry(app) // the lease of the killed process would end after 90 seconds
    const [first, second] = [await box.letter(0), await box.letter(1)]
    assert.deepEqual(second.headers['message-id'], first.headers['message-id'])
    const said = [first, second].map(({ text }) => text.split('\n-- \n')[0]) // the rest names the port
    assert.equal(said[1]!.replace(/http:\S+/, ''), said[0]!.replace(/http:\S+/, ''))
    const [token, again] = said.map(text => /\/reset\/(\S+)/.exec(text!)![1])
    assert.equal(again, token)
    await eventuallyEqual(() => rowsOf(app), [])
  })

  test('without a mail server nothing is asked, shown or stored', async t => {
    const app = await build(t, embedded)
    assert.equal(app.mailSender, null)
    const guest = visitor(app)
    assert.equal((await guest.get('/forgot')).statusCode, 404)
    assert.doesNotMatch((await guest.page('/login')).body, /forgot"/)
    assert.deepEqual(await rowsOf(app), [])
  })
})
