/** Webhooks: transactions that meet at one of them. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../../app/db/database.ts'
import { NotOwner, QuestionRemoved, WebhookNotFound } from '../../../app/errors.ts'
import { LockedPolls } from '../../../app/models/polls/locked-poll.ts'
import { Rooms } from '../../../app/models/rooms/rooms.ts'
import { Deliveries, type Delivery } from '../../../app/models/webhooks/deliveries.ts'
import { countAsReported, Webhooks } from '../../../app/models/webhooks/webhooks.ts'
import { changesIn } from '../../support/changes.ts'
import { open } from '../../support/database.ts'
import { delegate, delegateTransaction } from '../../support/delegate.ts'
import { onEngines, shared } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const subject = { user: 1, question: null }

const hook = (db: Database) =>
  new Webhooks(db).create(subject, {
    url: 'https://hooks.example.org/',
    events: ['poll.edited'],
    format: 'standard'
  })

/**
 * Wraps the database: each transaction waits for `meeting` after its first statement that is like
 * `pattern`.
 */
function pausing(db: Database, pattern: RegExp, meeting: () => Promise<unknown>): Database {
  return {
    ...delegate(db),
    transaction: work =>
      db.transaction(tx => {
        let met: Promise<unknown> | undefined
        const pause = async <T>(sql: string, result: T) => {
          if (pattern.test(sql)) await (met ??= meeting())
          return result
        }
        return work({
          ...delegateTransaction(tx),
          select: async (sql, args, size) => pause(sql, await tx.select(sql, args, size)) as never,
          fetchone: async (sql, args) => pause(sql, await tx.fetchone(sql, args)) as never,
          execute: async (sql, args) => pause(sql, await tx.execute(sql, args))
        })
      })
  }
}

/** Wraps the database to collect the errors of its transactions. */
const collecting = (db: Database, errors: unknown[]): Database => ({
  ...delegate(db),
  transaction: work =>
    db.transaction(work).catch((error: unknown) => {
      errors.push(error)
      throw error
    })
})

/** The server renews its table of transactions only after it was not read for 100 ms. */
const POLL_INTERVAL_MS = 150

/** Waits until a transaction of this database waits for a lock. */
async function untilBlocked(db: Database) {
  const sql = `SELECT trx_id FROM information_schema.innodb_trx JOIN information_schema.processlist p
    ON p.id = trx_mysql_thread_id WHERE trx_state = 'LOCK WAIT' AND p.db = DATABASE()`
  while ((await db.select(sql)).length === 0) await delay(POLL_INTERVAL_MS)
}

const disable = (db: Database, id: number) =>
  db.execute("UPDATE webhook SET disabled_time = '2026-01-01 00:00:00' WHERE id = ?", [id])

/** `id`: of the webhook. */
type Act = (db: Database, id: number, delivery: Delivery, question: number) => Promise<unknown>
const fail: Act = (db, _id, delivery) => new Deliveries(db).fail(delivery, 'HTTP 410', true)
const enable: Act = async (db, id) => {
  await disable(db, id)
  await new Webhooks(db).enable(subject, id)
}
const remove: Act = (db, id) => new Webhooks(db).remove(subject, id)
const sweep: Act = db => changesIn(db).sweep()
/** A sweep that found the webhook before it was disabled. */
const lateSweep: Act = async (db, ...rest) => {
  const isEnabled = 'w.disabled_time IS NULL AND'
  const replaced: string[] = []
  const select: Database['select'] = (sql, args, size) => {
    if (sql.includes(isEnabled)) replaced.push(sql)
    return db.select(sql.replace(isEnabled, ''), args, size)
  }
  await sweep({ ...delegate(db), select }, ...rest)
  assert.ok(replaced.length > 0)
}
const start: Act = async (db, id, delivery, question) => {
  await db.execute('DELETE FROM webhook_state WHERE question_id = ?', [question]) // it was told nothing
  return sweep(db, id, delivery, question)
}
const report: Act = (db, _id, _delivery, question) =>
  new LockedPolls(db, () => {}).change(question, { owner: 1 }, tx => countAsReported(tx, question))

const gather: Act = (db, _id, _delivery, question) => new Rooms(db, () => {}).create(1, 'Class', [question])
const create: Act = db =>
  new Webhooks(db).create(subject, {
    url: 'https://other.example/',
    events: ['poll.edited'],
    format: 'standard'
  })

const LOCKS = /FOR UPDATE$/
const WRITES = /^UPDATE/

const meetings: Array<[first: string, first: Act, pattern: RegExp, second: string, second: Act]> = [
  ['a late failure', fail, LOCKS, 'a deletion', remove],
  ['enabling', enable, WRITES, 'a deletion', remove],
  ['enabling', enable, WRITES, 'a change of a poll', lateSweep],
  ['a correction of a poll', report, LOCKS, 'enabling', enable],
  ['the first report of a poll', start, LOCKS, 'enabling', enable],
  ['a new room', gather, LOCKS, 'a new webhook', create]
]

describe('models/webhooks/webhooks', () => {
  for (const [one, first, pattern, other, second] of meetings)
    onEngines(
      `${one} and ${other} do not wait for each other`,
      async (t, engine) => {
        const db = await open(t, engine)
        const { id: question } = await ask({ db })
        const { id } = await hook(db)
        await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [question])
        await changesIn(db).sweep()
        const [delivery] = await new Deliveries(db).lease(1, [])
        await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [question])
        const errors: unknown[] = []
        let met: Promise<unknown> | undefined
        const meeting = async () => {
          met = second(collecting(db, errors), id, delivery!, question)
          await Promise.race([untilBlocked(db), met])
        }
        await first(collecting(pausing(db, pattern, meeting), errors), id, delivery!, question)
        await met
        assert.deepEqual(errors, [])
      },
      shared
    )

  onEngines('a webhook that is enabled already keeps what it has to send', async (t, engine) => {
    const db = await open(t, engine)
    const { id: question } = await ask({ db })
    const { id } = await hook(db)
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [question])
    const changes = changesIn(db)
    const waiting = 'SELECT id FROM webhook_delivery WHERE webhook_id = ?'
    await changes.sweep()
    assert.equal((await db.select(waiting, [id])).length, 1)
    await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [question])
    const webhooks = new Webhooks(db)
    await webhooks.enable(subject, id)
    await changes.sweep()
    assert.equal(
      (await db.select(waiting, [id])).length,
      2,
      'it is told what has changed since the last sweep'
    )
    await disable(db, id)
    await webhooks.enable(subject, id)
    assert.deepEqual(await db.select(waiting, [id]), [])
    await assert.rejects(webhooks.enable(subject, id + 1), WebhookNotFound)
  })

  onEngines('a poll that was removed or claimed meanwhile gets no webhook', async (t, engine) => {
    const db = await open(t, engine)
    const { id } = await ask({ db }, { user_id: 2 })
    const create = (user: number) =>
      new Webhooks(db).create(
        { user, question: id },
        { url: 'https://hooks.example.org/', events: ['poll.closed'], format: 'standard' }
      )
    await assert.rejects(create(1), NotOwner)
    await db.execute('UPDATE question SET delete_flag = 1 WHERE id = ?', [id])
    await assert.rejects(create(2), QuestionRemoved)
    assert.deepEqual(await db.select('SELECT id FROM webhook WHERE question_id = ?', [id]), [])
  })
})
