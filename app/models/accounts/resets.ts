/** Password reset links. An account has at most one valid link; it works once, within a day. */
import type { Database, Transaction } from '../../db/database.ts'
import { AccountDisabled, ResetGone, ResetNotFound, UserNotFound } from '../../errors.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { DAY_MS } from '../../values/time.ts'
import { recordAct } from '../instance/admin-log.ts'
import { endSessionsAndLinks } from './all-sessions.ts'
import { isUsable, newLink, voidResets } from './links.ts'
import { lockLinkMaker } from './lock.ts'
import type { Owner, Passwords } from './passwords.ts'
import { IS_REGISTERED } from './user-row.ts'

/** Long enough to give the link to its user in person. */
export const RESET_LIFETIME_MS = DAY_MS

interface ResetRow extends Owner {
  user_id: number
  is_valid: number
}

/** A token, and when it expires (UTC). */
interface NewReset {
  token: string
  expires_time: string
}

/**
 * Stores a token for an account whose row is locked, and voids an earlier one with its mail. `now`:
 * the time by the database's clock.
 */
export async function insertReset(tx: Transaction, userId: number, now: string): Promise<NewReset> {
  const { token, hash, expires_time } = newLink(now, RESET_LIFETIME_MS)
  await voidResets(tx, userId)
  await tx.execute('INSERT INTO password_reset (token_hash, user_id, expires_time) VALUES (?, ?, ?)', [
    hash,
    userId,
    expires_time
  ])
  return { token, expires_time }
}

export class Resets {
  readonly #db: Database
  readonly #passwords: Passwords

  constructor(db: Database, passwords: Passwords) {
    this.#db = db
    this.#passwords = passwords
  }

  /**
   * Creates a token that sets this account's password once, and voids an earlier one.
   * `expires_time` is UTC. `admin`: who acts, null for a command. Throws UserNotFound,
   * AccountDisabled, SignInRequired.
   */
  make(userId: number, admin: number | null = null): Promise<NewReset> {
    const { clock, forUpdate } = this.#db.dialect
    return this.#db.transaction(async tx => {
      await lockLinkMaker(tx, admin)
      const user = await tx.fetchone<{ disabled_time: string | null; now: string }>(
        `SELECT disabled_time, ${clock} AS now FROM user WHERE id = ? AND ${IS_REGISTERED} ${forUpdate}`,
        [userId]
      )
      if (!user) throw new UserNotFound()
      if (user.disabled_time !== null) throw new AccountDisabled()
      const made = await insertReset(tx, userId, user.now)
      await recordAct(tx, { admin, act: 'reset', user: userId })
      return made
    })
  }

  /**
   * Returns the name of a token's account without using the token. Throws ResetNotFound, ResetGone.
   */
  async open(token: string): Promise<string> {
    return (await this.#get(token)).name
  }

  /**
   * Uses the token: sets the password and ends all sessions. Throws ResetNotFound, ResetGone,
   * InvalidInput, Busy.
   */
  async spend(token: string, password: string): Promise<void> {
    const { user_id: id, ...owner } = await this.#get(token)
    const hash = await this.#passwords.choose(password, owner)
    const { clock, forUpdate } = this.#db.dialect
    await this.#db.transaction(async tx => {
      await tx.fetchone(`SELECT id FROM user WHERE id = ? ${forUpdate}`, [id])
      const { affectedRows } = await tx.execute(
        `UPDATE password_reset SET used_time = ${clock}
         WHERE token_hash = ? AND ${isUsable(clock)}`,
        [hashOfSecret(token)]
      )
      if (affectedRows === 0) throw new ResetGone()
      await tx.execute('UPDATE user SET password = ? WHERE id = ?', [hash, id])
      await endSessionsAndLinks(tx, id)
    })
  }

  async #get(token: string): Promise<ResetRow> {
    const { clock } = this.#db.dialect
    const row = await this.#db.fetchone<ResetRow>(
      `SELECT r.user_id, u.name, u.email, u.phone, ${isUsable(clock)} AS is_valid
       FROM password_reset r JOIN user u ON u.id = r.user_id WHERE r.token_hash = ?`,
      [hashOfSecret(token)]
    )
    if (!row) throw new ResetNotFound()
    if (!row.is_valid) throw new ResetGone()
    return row
  }
}
