/**
 * Leases of rows of an outbox: each is sent by one process, and again after a process that was
 * killed.
 */
import type { Database } from '../db/database.ts'
import { addMs } from '../values/time.ts'

/** The table of an outbox, with its columns `id`, `attempt` and `next_time`. */
type Outbox = 'mail' | 'webhook_delivery'

interface Attempt {
  id: number
  /** The number of attempts, as it was read. */
  attempt: number
}

/**
 * Leases rows for so many seconds from `now`, when they were read. Returns those that this process
 * has leased, each with the number of its attempt: the UPDATE names the attempt that was read, so
 * that one process leases it. Throws DatabaseError if none could be leased: what is leased is sent,
 * although the database fails before the last row.
 */
export async function leaseEach<Row extends Attempt & { now: string }>(
  db: Database,
  outbox: Outbox,
  rows: readonly Row[],
  seconds: number
): Promise<Row[]> {
  const leased: Row[] = []
  for (const row of rows) {
    const { id, attempt, now } = row
    const sql = `UPDATE ${outbox} SET attempt = attempt + 1, next_time = ? WHERE id = ? AND attempt = ?`
    try {
      const { affectedRows } = await db.execute(sql, [addMs(now, seconds * 1000), id, attempt])
      if (affectedRows === 1) leased.push({ ...row, attempt: attempt + 1 })
    } catch (error) {
      if (leased.length === 0) throw error
      break
    }
  }
  return leased
}

/** Gives a lease back: the row is due at this time, and this attempt does not count. */
export async function giveBack(db: Database, outbox: Outbox, { id, attempt }: Attempt, time: string) {
  const sql = `UPDATE ${outbox} SET next_time = ?, attempt = attempt - 1 WHERE id = ? AND attempt = ?`
  await db.execute(sql, [time, id, attempt])
}
