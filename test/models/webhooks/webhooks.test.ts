/** Webhooks: transactions that meet at one of them. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../../app/db/database.ts'
import { Changes } from '../../../app/models/webhooks/changes.ts'
import { Deliveries, type Delivery } from '../../../app/models/webhooks/deliveries.ts'
import { Webhooks } from '../../../app/models/webhooks/webhooks.ts'
import { open } from '../../support/database.ts'
import { delegate, delegateTransaction } from '../../support/delegate.ts'
import { onEngines, shared } from '../../support/engines.ts'
import { ask } from '../../support/polls.ts'

const subject = { user: 1, question: null }

/** Wraps the database: each transaction waits for `meeting` after its first statement. */
function pausing(db: Database, meeting: () => Promise<unknown>): Database {
  return {
    ...delegate(db),
    transaction: work =>
      db.transaction(tx => {
        const inner = delegateTransaction(tx)
        let first: Promise<unknown> | undefined
        return work({
          ...inner,
          select: async (sql, args, size) => {
            const rows = await tx.select(sql, args, size)
            await (first ??= meeting())
            return rows as never[]
          },
          execute: async (sql, args) => {
            const result = await tx.execute(sql, args)
            await (first ??= meeting())
            return result
          }
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

type Act = (db: Database, id: number, delivery: Delivery) => Promise<unknown>
const fail: Act = (db, _id, delivery) => new Deliveries(db).fail(delivery, 'HTTP 410', true)
const enable: Act = (db, id) => new Webhooks(db).enable(subject, id)
const remove: Act = (db, id) => new Webhooks(db).remove(subject, id)
const sweep: Act = db => new Changes(db, slug => slug, assert.ifError).sweep()

const meetings: Array<[first: string, first: Act, second: string, second: Act]> = [
  ['a late failure', fail, 'a deletion', remove],
  ['enabling', enable, 'a deletion', remove],
  ['enabling', enable, 'a change of a poll', sweep]
]

describe('models/webhooks/webhooks', () => {
  for (const [one, first, other, second] of meetings)
    onEngines(
      `${one} and ${other} do not wait for each other`,
      async (t, engine) => {
        const db = await open(t, engine)
        const { id: question } = await ask({ db })
        const url = 'https://hooks.example.org/'
        const { id } = await new Webhooks(db).create(subject, {
          url,
          events: ['poll.edited'],
          format: 'standard'
        })
        await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [question])
        await new Changes(db, slug => slug, assert.ifError).sweep()
        const [delivery] = await new Deliveries(db).lease(1, [])
        await db.execute('UPDATE question SET revision = revision + 1 WHERE id = ?', [question])
        const errors: unknown[] = []
        let met: Promise<unknown> | undefined
        const meeting = async () => {
          met = second(collecting(db, errors), id, delivery!)
          await Promise.race([untilBlocked(db), met])
        }
        await first(pausing(db, meeting), id, delivery!)
        await met
        assert.deepEqual(errors, [])
      },
      shared
    )
})
