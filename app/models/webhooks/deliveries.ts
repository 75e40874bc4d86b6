/** The outbox of webhooks: claims deliveries that are due, and stores how they ended. */
import type { Database } from '../../db/database.ts'
import { addMs } from '../../values/time.ts'
import type { EventType, Format } from './webhooks.ts'

/** Seconds until the next attempt, after each failed one. After the last the webhook is disabled. */
const RETRY_DELAYS_SECONDS = [60, 300, 1_800, 7_200, 28_800]

/** A claim ends after this time: a process that was killed meanwhile does not keep it. Longer than a request takes. */
const CLAIM_SECONDS = 30

export interface Delivery {
  id: number
  webhook_id: number
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

type Row = Delivery & { now: string }

export class Deliveries {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Claims up to `max` deliveries that are due, the oldest first, one a webhook and none of the
   * webhooks in `busy`. Those of a disabled account wait until it is enabled. Each is claimed by one
   * process: the UPDATE names the attempt that it read.
   */
  async claim(max: number, busy: ReadonlySet<number>): Promise<Delivery[]> {
    const { now } = this.#db.dialect
    const rows = await this.#db.select<Row>(
      `SELECT d.id, d.webhook_id, d.type, d.payload, d.attempt, w.url, w.format, w.secret, u.locale, ${now} AS now
       FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
         JOIN user u ON u.id = w.user_id AND u.disabled_time IS NULL
       WHERE d.id IN (SELECT MIN(e.id) FROM webhook_delivery e WHERE e.next_time <= ${now} GROUP BY e.webhook_id)
         AND w.disabled_time IS NULL
       ORDER BY d.next_time, d.id`,
      [],
      max + busy.size
    )
    const claimed: Delivery[] = []
    for (const { now: time, ...row } of rows
      .filter(({ webhook_id }) => !busy.has(webhook_id))
      .slice(0, max)) {
      const { affectedRows } = await this.#db.execute(
        'UPDATE webhook_delivery SET attempt = attempt + 1, next_time = ? WHERE id = ? AND attempt = ?',
        [addMs(time, CLAIM_SECONDS * 1000), row.id, row.attempt]
      )
      if (affectedRows === 1) claimed.push({ ...row, attempt: row.attempt + 1 })
    }
    return claimed
  }

  /** Removes a delivery that the receiver accepted, and the failure of its webhook. */
  async succeed({ id, webhook_id }: Delivery): Promise<void> {
    await this.#db.execute('DELETE FROM webhook_delivery WHERE id = ?', [id])
    await this.#db.execute('UPDATE webhook SET failure = NULL WHERE id = ? AND failure IS NOT NULL', [
      webhook_id
    ])
  }

  /** Plans the next attempt. After the last one, or if it `isFinal`, disables the webhook. Returns whether it did. */
  fail({ id, webhook_id, attempt }: Delivery, reason: string, isFinal: boolean): Promise<boolean> {
    const { now } = this.#db.dialect
    const delay = isFinal ? undefined : RETRY_DELAYS_SECONDS[attempt - 1]
    return this.#db.transaction(async tx => {
      const row = await tx.fetchone<{ now: string }>(`SELECT ${now} AS now`)
      await tx.execute('UPDATE webhook SET failure = ? WHERE id = ?', [reason.slice(0, 200), webhook_id])
      if (delay !== undefined) {
        const sql = 'UPDATE webhook_delivery SET next_time = ? WHERE id = ? AND attempt = ?'
        await tx.execute(sql, [addMs(row!.now, delay * 1000), id, attempt])
        return false
      }
      await tx.execute('UPDATE webhook SET disabled_time = ? WHERE id = ?', [row!.now, webhook_id])
      await tx.execute('DELETE FROM webhook_delivery WHERE webhook_id = ?', [webhook_id])
      return true
    })
  }
}
