/** Ends all sessions of an account at once. */
import type { Queries } from '../../db/database.ts'

/**
 * Ends every session of an account by raising its epoch, and voids its unused reset links. `now`:
 * the SQL of the database's clock.
 */
export async function endAllSessions(tx: Pick<Queries, 'execute'>, id: number, now: string) {
  await tx.execute('UPDATE user SET session_epoch = session_epoch + 1 WHERE id = ?', [id])
  await voidResets(tx, id, now)
}

/** Voids the unused reset links of an account. `now` as above. */
export async function voidResets(tx: Pick<Queries, 'execute'>, id: number, now: string) {
  const sql = `UPDATE password_reset SET used_time = ${now} WHERE user_id = ? AND used_time IS NULL`
  await tx.execute(sql, [id])
}
