/** Leases of rows of an outbox: each is sent by one process, and again after a process that was killed. */
import type { Database } from '../db/database.ts'

/** The table of an outbox, with its columns `id`, `attempt` and `next_time`. */
type Outbox = 'mail' | 'webhook_delivery'

interface Attempt {
  id: number
  /** The number of attempts, as it was read. */
  attempt: number
}

/**
 * Leases a row until this time, and counts an attempt. Returns whether it did: the UPDATE names the attempt that was read,
 * so that one process leases it.
 */
export async function lease(db: Database, outbox: Outbox, { id, attempt }: Attempt, until: string) {
  const sql = `UPDATE ${outbox} SET attempt = attempt + 1, next_time = ? WHERE id = ? AND attempt = ?`
  const { affectedRows } = await db.execute(sql, [until, id, attempt])
  return affectedRows === 1
}

/** Gives a lease back: the row is due at this time, and this attempt does not count. */
export async function giveBack(db: Database, outbox: Outbox, { id, attempt }: Attempt, time: string) {
  const sql = `UPDATE ${outbox} SET next_time = ?, attempt = attempt - 1 WHERE id = ? AND attempt = ?`
  await db.execute(sql, [time, id, attempt])
}
