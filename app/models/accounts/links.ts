/**
 * Links of accounts: drawing one, and voiding those that set a password or confirm a new e-mail
 * address.
 */
import type { Transaction } from '../../db/database.ts'
import { randomText } from '../../values/random-text.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { addMs } from '../../values/time.ts'
import { removeMailOfKind } from '../mail/outbox.ts'

/**
 * Returns the SQL for "the link can be used": it was not, and is not over. `clock`: the SQL of the
 * database's clock.
 */
export const isUsable = (clock: string) => `(used_time IS NULL AND expires_time > ${clock})`

/**
 * Draws the token of a link, with the hash that is stored of it. `time`: now, on the database's
 * clock (UTC).
 */
export function newLink(time: string, lifetimeMs: number) {
  const token = randomText()
  return { token, hash: hashOfSecret(token), expires_time: addMs(time, lifetimeMs) }
}

/** Ends the change of an account's e-mail address, with the mail that has its link. */
export async function removeEmailChange(tx: Transaction, id: number): Promise<void> {
  await tx.execute('DELETE FROM email_change WHERE user_id = ?', [id])
  await removeMailOfKind(tx, 'address', id)
}

/** Voids the unused reset links of an account, with the mails that have them. */
export async function voidResets(tx: Transaction, id: number): Promise<void> {
  const sql = `UPDATE password_reset SET used_time = ${tx.dialect.clock} WHERE user_id = ? AND used_time IS NULL`
  await tx.execute(sql, [id])
  await removeMailOfKind(tx, 'reset', id)
}

/** Voids all unused links of an account, with the mails that have them. */
export async function voidLinks(tx: Transaction, id: number): Promise<void> {
  await voidResets(tx, id)
  await removeEmailChange(tx, id)
}
