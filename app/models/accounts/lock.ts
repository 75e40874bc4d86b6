/** The lock on an account under which something is stored for it. */
import type { Dialect, Transaction } from '../../db/database.ts'
import { SignInRequired } from '../../errors.ts'
import { IS_ACTIVE } from './user-row.ts'

/**
 * Locks an active account until the transaction ends, and returns the database's time. Limits that are counted under the
 * lock hold, and a concurrent deletion waits. Throws SignInRequired if the account was deleted or disabled meanwhile.
 */
export async function lockAccount(
  tx: Transaction,
  id: number,
  { clock, forUpdate }: Pick<Dialect, 'clock' | 'forUpdate'>
): Promise<string> {
  const sql = `SELECT ${clock} AS now FROM user WHERE id = ? AND ${IS_ACTIVE} ${forUpdate}`
  const row = await tx.fetchone<{ now: string }>(sql, [id])
  if (!row) throw new SignInRequired()
  return row.now
}
