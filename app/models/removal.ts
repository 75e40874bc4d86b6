/** How polls go: their votes with them, and who removed them stays known. */
import type { Queries } from '../db/database.ts'

/** A question's delete_flag. */
export const removedByOwner = 1
export const removedByAdmin = 2

/**
 * Removes these questions, whose rows are locked: votes and counters are gone. `now`: the database's clock. Nothing
 * for an empty list.
 */
export async function removeQuestions(tx: Queries, ids: readonly number[], now: string, flag: number) {
  if (ids.length === 0) return
  await tx.execute('DELETE FROM vote WHERE question_id IN (?)', [ids])
  await tx.execute('UPDATE choice SET votes = 0 WHERE question_id IN (?)', [ids])
  const sql = `UPDATE question SET delete_flag = ?, voters = 0, tally_version = tally_version + 1, removed_time = ${now}
    WHERE id IN (?)`
  await tx.execute(sql, [flag, ids])
}
