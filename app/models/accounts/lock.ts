/** Locks on accounts: on one under which something is stored for it, and on all administrators. */
import type { Transaction } from '../../db/database.ts'
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

/** What the client has proved before: the password (its hash), or a session of this epoch. */
type Proved = Partial<Pick<LockedAccount, 'password' | 'session_epoch'>>

/**
 * Locks an active account until the transaction ends. Limits that are counted under the lock hold,
 * and a concurrent deletion waits. Throws SignInRequired if the account was deleted or disabled
 * meanwhile, or what the client has proved has changed.
 */
export async function lockAccount(tx: Transaction, id: number, proved: Proved = {}): Promise<LockedAccount> {
  const { clock, forUpdate } = tx.dialect
  const sql = `SELECT name, email, phone, locale, password, totp_secret, session_epoch, ${clock} AS now FROM user
    WHERE id = ? AND ${IS_ACTIVE} ${forUpdate}`
  const row = await tx.fetchone<LockedAccount>(sql, [id])
  const names = Object.keys(proved) as Array<keyof Proved>
  if (!row || names.some(name => row[name] !== proved[name])) throw new SignInRequired()
  return row
}

/**
 * Locks all administrators, by ascending id, until the transaction ends. Returns the ids of the
 * active ones.
 */
export async function lockAdmins(tx: Transaction): Promise<number[]> {
  const admins = await tx.select<{ id: number; delete_flag: number; disabled_time: string | null }>(
    `SELECT id, delete_flag, disabled_time FROM user WHERE is_admin = 1 ORDER BY id ${tx.dialect.forUpdate}`
  )
  const active = admins.filter(({ delete_flag, disabled_time }) => !delete_flag && disabled_time === null)
  return active.map(({ id }) => id)
}

/**
 * Locks all administrators before one of them makes a link for others: what ends the rights of the
 * maker waits, and voids the link. Throws SignInRequired if the rights have ended meanwhile. Null:
 * a command, which locks nothing.
 */
export async function lockLinkMaker(tx: Transaction, admin: number | null): Promise<void> {
  if (admin !== null && !(await lockAdmins(tx)).includes(admin)) throw new SignInRequired()
}
