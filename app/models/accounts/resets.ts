/** Links that set a new password, for whoever has lost theirs: one at a time, a day long, for one use. */
import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../../db/database.ts'
import { AccountDisabled, ResetGone, ResetNotFound, UserNotFound } from '../../errors.ts'
import { fromDatabase, toDatabase } from '../../values/time.ts'
import { shutOut } from './accounts.ts'
import type { Owner, Passwords } from './passwords.ts'

/** Milliseconds: long enough to hand it over in person. */
const lifetime = 86_400_000

/** Only this is stored: who reads the table can open nothing. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

interface ResetRow extends Owner {
  user_id: number
  valid: number
}

export type Resets = ReturnType<typeof createResets>

export function createResets(db: Database, passwords: Passwords) {
  const { now, forUpdate } = db.dialect

  /** Throws ResetNotFound, ResetGone. */
  async function find(token: string): Promise<ResetRow> {
    const row = await db.fetchone<ResetRow>(
      `SELECT r.user_id, u.name, u.email, u.phone, (r.used_time IS NULL AND r.expires_time > ${now}) AS valid
       FROM password_reset r JOIN user u ON u.id = r.user_id WHERE r.token_hash = ?`,
      [hashOf(token)]
    )
    if (!row) throw new ResetNotFound()
    if (!row.valid) throw new ResetGone()
    return row
  }

  return {
    /**
     * A token that sets this account's password once, and until when (UTC); an earlier one ends. Nobody can be told it
     * again. Throws UserNotFound, AccountDisabled.
     */
    async make(userId: number): Promise<{ token: string; expires_time: string }> {
      const token = randomBytes(16).toString('base64url')
      return db.transaction(async tx => {
        // A sample account has no password, and shall not get one.
        const sql = `SELECT disabled_time, ${now} AS now FROM user
          WHERE id = ? AND delete_flag = 0 AND password <> '' ${forUpdate}`
        const user = await tx.fetchone<{ disabled_time: string | null; now: string }>(sql, [userId])
        if (!user) throw new UserNotFound()
        if (user.disabled_time !== null) throw new AccountDisabled()
        await tx.execute('UPDATE password_reset SET used_time = ? WHERE user_id = ? AND used_time IS NULL', [
          user.now,
          userId
        ])
        const expires_time = toDatabase(fromDatabase(user.now) + lifetime)
        const row = [hashOf(token), userId, expires_time]
        await tx.execute('INSERT INTO password_reset (token_hash, user_id, expires_time) VALUES ?', [[row]])
        return { token, expires_time }
      })
    },

    /** The name on the account that this token opens; opening spends nothing. Throws ResetNotFound, ResetGone. */
    async open(token: string): Promise<string> {
      return (await find(token)).name
    },

    /** Sets the password and ends all sessions of the account; once. Throws ResetNotFound, ResetGone, InvalidInput. */
    async spend(token: string, password: string): Promise<void> {
      const { user_id: id, ...owner } = await find(token)
      const hash = await passwords.choose(password, owner)
      await db.transaction(async tx => {
        await tx.fetchone(`SELECT id FROM user WHERE id = ? ${forUpdate}`, [id])
        const sql = `UPDATE password_reset SET used_time = ${now}
          WHERE token_hash = ? AND used_time IS NULL AND expires_time > ${now}`
        const { affectedRows } = await tx.execute(sql, [hashOf(token)])
        if (affectedRows === 0) throw new ResetGone()
        await tx.execute('UPDATE user SET password = ? WHERE id = ?', [hash, id])
        await shutOut(tx, id, now)
      })
    }
  }
}
