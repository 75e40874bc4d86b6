/** The outbox of webhooks: leases deliveries that are due, and stores how they ended. */
import { readNow } from '../../db/clock.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { addMs } from '../../values/time.ts'
import type { EventType, Format } from '../../values/webhooks.ts'
import { giveBack, leaseEach } from '../lease.ts'
import { lockWebhook } from './webhooks.ts'

/**
 * Seconds until the next attempt, after each failed one. After the last the webhook is disabled.
 */
const RETRY_DELAYS_SECONDS = [60, 300, 1_800, 7_200, 28_800]

/**
 * With as many deliveries of a webhook that wait, one that fails again disables it, and no new
 * result is added: its receiver is slow. Other events are added, because many polls may close at
 * once.
 */
const MAX_WAITING = 1_000

/**
 * A lease ends after this time: a process that was killed meanwhile does not keep it. Longer than a
 * request takes.
 */
const LEASE_SECONDS = 30

/**
 * Deliveries of one account that a process sends at the same time: slow receivers hold up only
 * their owner.
 */
const MAX_OF_OWNER = 5

export interface Delivery {
  id: number
  webhook_id: number
  /** The owner of the webhook. */
  user_id: number
  type: EventType
  payload: string
  /** Of this attempt, from 1. */
  attempt: number
  url: string
  format: Format
  secret: string
  /** The language of the webhook's owner; null: none was chosen. */
  locale: string | null
}

/** A delivery that this process is sending. */
type InFlight = Pick<Delivery, 'webhook_id' | 'user_id'>

type Row = Delivery & { place: number; now: string }

export class Deliveries {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Leases up to `max` deliveries that are due, one a webhook. Webhooks of deliveries `inFlight`
   * get none, and an owner has at most MAX_OF_OWNER in flight. First come owners who have fewest,
   * then the oldest. Those of a disabled account wait until it is enabled. Each is leased by one
   * process.
   */
  async lease(max: number, inFlight: readonly InFlight[]): Promise<Delivery[]> {
    const due = (await this.#findDue(max, inFlight)).slice(0, max)
    const leased = await leaseEach(this.#db, 'webhook_delivery', due, LEASE_SECONDS)
    return leased.map(({ place: _place, now: _now, ...delivery }) => delivery)
  }

  /**
   * Reads the heads of the webhooks' queues. `place`: how many of its owner would be sent with it.
   */
  async #findDue(max: number, inFlight: readonly InFlight[]): Promise<Row[]> {
    const { clock } = this.#db.dialect
    const rows = await this.#db.select<Row>(
      `SELECT d.id, d.webhook_id, w.user_id, d.type, d.payload, d.attempt, w.url, w.format, w.secret, u.locale,
         head.place, ${clock} AS now
       FROM (SELECT d.id, ROW_NUMBER() OVER (PARTITION BY w.user_id ORDER BY d.next_time, d.id) AS place
           FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
             JOIN user u ON u.id = w.user_id AND u.disabled_time IS NULL
           WHERE d.id IN (SELECT MIN(e.id) FROM webhook_delivery e WHERE e.next_time <= ${clock} GROUP BY e.webhook_id)
             AND w.disabled_time IS NULL AND w.id NOT IN (?)) head
         JOIN webhook_delivery d ON d.id = head.id JOIN webhook w ON w.id = d.webhook_id JOIN user u ON u.id = w.user_id
       WHERE head.place <= ${MAX_OF_OWNER}
       ORDER BY head.place, d.next_time, d.id`,
      [[0, ...inFlight.map(({ webhook_id }) => webhook_id)]],
      max + inFlight.length
    )
    return rows
      .map(row => ({
        ...row,
        place: row.place + inFlight.filter(({ user_id }) => user_id === row.user_id).length
      }))
      .filter(({ place }) => place <= MAX_OF_OWNER)
      .toSorted((one, other) => one.place - other.place)
  }

  /** Removes a delivery that the receiver accepted, and the failure of its webhook. */
  async succeed({ id, webhook_id }: Delivery): Promise<void> {
    await this.#db.execute('DELETE FROM webhook_delivery WHERE id = ?', [id])
    await this.#db.execute('UPDATE webhook SET failure = NULL WHERE id = ? AND failure IS NOT NULL', [
      webhook_id
    ])
  }

  /** Gives a lease back: the delivery is due at once, and this attempt does not count. */
  async release(delivery: Delivery): Promise<void> {
    await giveBack(this.#db, 'webhook_delivery', delivery, await readNow(this.#db))
  }

  /**
   * Plans the next attempt. After the last one, a repeated one with MAX_WAITING deliveries, or if
   * it `isFinal`, disables the webhook. Returns whether it did. An attempt whose lease has ended
   * changes nothing: another one is made, or the webhook was enabled again.
   */
  fail({ id, webhook_id, attempt }: Delivery, reason: string, isFinal: boolean): Promise<boolean> {
    const delay = isFinal ? undefined : RETRY_DELAYS_SECONDS[attempt - 1]
    const { clock, forUpdate } = this.#db.dialect
    return this.#db.transaction(async tx => {
      await lockWebhook(tx, webhook_id)
      const sql = `SELECT ${clock} AS now FROM webhook_delivery WHERE id = ? AND attempt = ? ${forUpdate}`
      const row = await tx.fetchone<{ now: string }>(sql, [id, attempt])
      if (!row) return false
      await tx.execute('UPDATE webhook SET failure = ? WHERE id = ?', [reason.slice(0, 200), webhook_id])
      if (delay !== undefined && !(attempt > 1 && (await isFull(tx, webhook_id)))) {
        const next = addMs(row.now, delay * 1000)
        await tx.execute('UPDATE webhook_delivery SET next_time = ? WHERE id = ?', [next, id])
        return false
      }
      await tx.execute('UPDATE webhook SET disabled_time = ? WHERE id = ?', [row.now, webhook_id])
      await tx.execute('DELETE FROM webhook_delivery WHERE webhook_id = ?', [webhook_id])
      return true
    })
  }
}

/** Tells whether MAX_WAITING deliveries of a webhook have not arrived. */
export async function isFull(tx: Transaction, webhook: number): Promise<boolean> {
  const sql = 'SELECT COUNT(*) AS waiting FROM webhook_delivery WHERE webhook_id = ?'
  return (await tx.fetchone<{ waiting: number }>(sql, [webhook]))!.waiting >= MAX_WAITING
}

/**
 * Deletes what the webhooks of an account know of one of its polls, and have still to send. The
 * poll's row is locked, and the poll is marked as removed: nothing is added any more.
 */
export async function removePollNews(tx: Transaction, question: number) {
  const known = `SELECT webhook_id FROM webhook_state WHERE question_id = ?
    UNION SELECT webhook_id FROM webhook_delivery WHERE question_id = ?`
  const sql = `SELECT id FROM webhook WHERE id IN (${known}) ORDER BY id ${tx.dialect.forUpdate}`
  await tx.select(sql, [question, question])
  await tx.execute('DELETE FROM webhook_state WHERE question_id = ?', [question])
  await tx.execute('DELETE FROM webhook_delivery WHERE question_id = ?', [question])
}
