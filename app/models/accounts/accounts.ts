/** What people do with their own accounts: look, change, sign out everywhere. */
import type { Database, Transaction } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { AccountTaken, InvalidInput, SignInRequired, WrongPassword } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { toE164 } from '../../values/phone.ts'
import type { Limits } from '../limits/limits.ts'
import type { Passwords } from './passwords.ts'

/** An account as its owner sees it, and an administrator. */
export interface Account {
  id: number
  name: string
  email: string
  phone: string | null
  is_admin: boolean
  create_time: string
}

/** `locale`: the language that was chosen, by its tag; null: as the browser asks for it. */
export type OwnAccount = Account & { locale: string | null }

export interface AccountChange {
  name: string
  email: string
  /** Null for none; undefined as before. */
  phone?: string | null | undefined
  /** Null: as the browser asks for it; undefined: as before. */
  locale?: string | null | undefined
  /** The current password. */
  current: string
}

type Row = Omit<OwnAccount, 'is_admin'> & { is_admin: number; password: string }

export const toAccount = <R extends { is_admin: number }>({ is_admin, ...row }: R) => ({
  ...row,
  is_admin: is_admin === 1
})

/** Ends every session of an account, and every link that could set its password. `now`: the database's clock. */
export async function shutOut(tx: Transaction, id: number, now: string) {
  await tx.execute('UPDATE user SET session_epoch = session_epoch + 1 WHERE id = ?', [id])
  const sql = `UPDATE password_reset SET used_time = ${now} WHERE user_id = ? AND used_time IS NULL`
  await tx.execute(sql, [id])
}

export type Accounts = ReturnType<typeof createAccounts>

export function createAccounts(db: Database, passwords: Passwords, limits: Limits, homeRegion: string) {
  const { now, forUpdate } = db.dialect

  /** The owner of a session, who may have been deleted since it was looked at. */
  async function read(id: number): Promise<Row> {
    const columns = 'id, name, email, phone, is_admin, create_time, locale, password'
    const row = await db.fetchone<Row>(`SELECT ${columns} FROM user WHERE id = ? AND delete_flag = 0`, [id])
    if (!row) throw new SignInRequired()
    return row
  }

  async function confirm(row: Row, current: string) {
    const check = async () => (await passwords.verify(current, row.password)) || undefined
    if (!(await limits.password(String(row.id), null, check))) throw new WrongPassword('current')
  }

  /** Runs `work` while the account is locked, if its password is still this one; its sessions end. Answers the new epoch. */
  const endSessions = (id: number, known: string | undefined, work: (tx: Transaction) => Promise<unknown>) =>
    db.transaction(async tx => {
      const sql = `SELECT password, session_epoch FROM user WHERE id = ? AND delete_flag = 0 ${forUpdate}`
      const row = await tx.fetchone<{ password: string; session_epoch: number }>(sql, [id])
      if (!row || (known !== undefined && row.password !== known)) throw new SignInRequired()
      await work(tx)
      await shutOut(tx, id, now)
      return row.session_epoch + 1
    })

  return {
    /** Throws SignInRequired for an account that is not there any more. */
    async find(id: number): Promise<OwnAccount> {
      const { password: _password, ...row } = await read(id)
      return toAccount(row)
    },

    /** Whether this is the account's password: answers its hash, or throws WrongPassword. */
    async confirm(id: number, current: string): Promise<string> {
      const row = await read(id)
      await confirm(row, current)
      return row.password
    },

    /** Another e-mail or phone needs the password. Throws WrongPassword, AccountTaken, InvalidInput, SignInRequired. */
    async change(id: number, { name, email, phone, locale, current }: AccountChange) {
      const row = await read(id)
      const number = phone ? toE164(phone, homeRegion) : phone === undefined ? row.phone : null
      if (number === undefined) throw new InvalidInput({ phone: messageKey('notAPhone') })
      if (email !== row.email || number !== row.phone) await confirm(row, current)
      try {
        const sql = `UPDATE user SET name = ?, email = ?, phone = ?, locale = ?
                     WHERE id = ? AND delete_flag = 0 AND password = ?`
        const values = [name, email, number, locale === undefined ? row.locale : locale]
        const { affectedRows } = await db.execute(sql, [...values, id, row.password])
        // Changed or deleted meanwhile: this session has ended with it.
        if (affectedRows === 0) throw new SignInRequired()
      } catch (error) {
        throw error instanceof DuplicateKey ? new AccountTaken(error.key) : error
      }
    },

    /** The language of this account's pages from now on. */
    async chooseLocale(id: number, locale: string) {
      await db.execute('UPDATE user SET locale = ? WHERE id = ? AND delete_flag = 0', [locale, id])
    },

    /** Sets another password and ends all sessions; answers the epoch of new ones. Throws WrongPassword, InvalidInput, SignInRequired. */
    async changePassword(id: number, current: string, password: string): Promise<number> {
      const row = await read(id)
      await confirm(row, current)
      const hash = await passwords.choose(password, row)
      return endSessions(id, row.password, tx =>
        tx.execute('UPDATE user SET password = ? WHERE id = ?', [hash, id])
      )
    },

    /** Ends all sessions; answers the epoch of new ones. Throws SignInRequired. */
    endSessions: (id: number): Promise<number> => endSessions(id, undefined, async () => {})
  }
}
