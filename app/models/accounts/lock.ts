/** The lock on an account under which something is stored for it. */
import type { Dialect, Transaction } from '../../db/database.ts'
import { SignInRequired } from '../../errors.ts'
import { IS_ACTIVE } from './user-row.ts'

interface LockedAccount {
  name: string
  email: string
  phone: string | null
  locale: string | null
  /** The hash. */
  password: string
  totp_secret: string | null
  session_epoch: number
  /** The database's time. */
  now: string
}

/**
 * Locks an active account until the transaction ends. Limits that are counted under the lock hold, and a concurrent
 * deletion waits. `expectedHash`: of the password that the client has proved. Throws SignInRequired if the account was
 * deleted or disabled meanwhile, or its password changed.
 */
export async function lockAccount(
  tx: Transaction,
  id: number,
  { clock, forUpdate }: Pick<Dialect, 'clock' | 'forUpdate'>,
  expectedHash?: string
): Promise<LockedAccount> {
  const sql = `SELECT name, email, phone, locale, password, totp_secret, session_epoch, ${clock} AS now FROM user
    WHERE id = ? AND ${IS_ACTIVE} ${forUpdate}`
  const row = await tx.fetchone<LockedAccount>(sql, [id])
  if (!row || (expectedHash !== undefined && row.password !== expectedHash)) throw new SignInRequired()
  return row
}
