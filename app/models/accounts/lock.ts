/** The lock on an account under which something is stored for it. */
import type { Dialect, Transaction } from '../../db/database.ts'
import { SignInRequired } from '../../errors.ts'
import { IS_ACTIVE } from './user-row.ts'

/**
 * Locks an account to the end of the transaction and returns the time: what is stored for it is counted with the lock, and
 * deleted with the account. Throws SignInRequired if it was deleted or disabled since its session was checked.
 */
export async function lockAccount(
  tx: Transaction,
  id: number,
  { now, forUpdate }: Pick<Dialect, 'now' | 'forUpdate'>
): Promise<string> {
  const sql = `SELECT ${now} AS now FROM user WHERE id = ? AND ${IS_ACTIVE} ${forUpdate}`
  const row = await tx.fetchone<{ now: string }>(sql, [id])
  if (!row) throw new SignInRequired()
  return row.now
}
