/** Changes of a poll that its pages show, and that change no result. */
import type { Transaction, Value } from '../../db/database.ts'
import { countAsReported } from '../webhooks/webhooks.ts'

/**
 * Changes columns of a question whose row is locked: pages and results are made anew, and webhooks
 * are sent no new result. `sets`: the assignments of these columns, with arguments.
 */
export async function setShown(tx: Transaction, question: number, sets: string, args: readonly Value[] = []) {
  const sql = `UPDATE question SET ${sets}, tally_version = tally_version + 1 WHERE id = ?`
  await tx.execute(sql, [...args, question])
  await countAsReported(tx, question)
}
