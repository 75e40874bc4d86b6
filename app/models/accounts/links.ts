/** Links that were sent for an account: those that set its password, and the one that confirms a new e-mail address. */
import type { Transaction } from '../../db/database.ts'

/** Ends the change of an account's e-mail address, with the mail that has its link. */
export async function removeEmailChange(tx: Transaction, id: number): Promise<void> {
  await tx.execute('DELETE FROM email_change WHERE user_id = ?', [id])
  await tx.execute("DELETE FROM mail WHERE user_id = ? AND kind = 'address'", [id])
}

/** Voids all unused links of an account. `now`: the SQL of the database's clock. */
export async function voidLinks(tx: Transaction, id: number, now: string): Promise<void> {
  const sql = `UPDATE password_reset SET used_time = ${now} WHERE user_id = ? AND used_time IS NULL`
  await tx.execute(sql, [id])
  await removeEmailChange(tx, id)
}
