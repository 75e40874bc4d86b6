/** What administrators do with accounts: find, disable, enable, make one of them an administrator. */
import type { Database, Queries, Transaction } from '../../db/database.ts'
import { AccountDisabled, LastAdmin, InvalidAccount, UserNotFound } from '../../errors.ts'
import { accountKey } from '../../schemas/accounts.ts'
import { type Account, shutOut, toAccount } from './accounts.ts'
import { literal } from '../polls/questions.ts'

/** An account in the list of all. */
export interface Listed extends Account {
  disabled_time: string | null
}

const pageSize = 20
type Row = Omit<Listed, 'is_admin'> & { is_admin: number }
const columns = 'id, name, email, phone, is_admin, disabled_time, create_time'
/** Not deleted, and no sample: those have no password. */
const isReal = "delete_flag = 0 AND password <> ''"
const toListed = (row: Row): Listed => ({ ...toAccount(row), disabled_time: row.disabled_time })

/** Throws LastAdmin if nobody could administer without this account. Locks all administrators, by ascending id. */
export async function spareAdmin(tx: Queries, id: number, forUpdate: string) {
  const sql = `SELECT id, delete_flag, disabled_time FROM user WHERE is_admin = 1 ORDER BY id ${forUpdate}`
  const admins = await tx.select<{ id: number; delete_flag: number; disabled_time: string | null }>(sql)
  const active = admins.filter(one => !one.delete_flag && one.disabled_time === null)
  if (active.length === 1 && active[0]!.id === id) throw new LastAdmin()
}

export type Administration = ReturnType<typeof createAdministration>

export function createAdministration(db: Database, homeRegion: string) {
  const { now, forUpdate } = db.dialect

  async function find(id: number, queries: Queries = db): Promise<Listed> {
    const row = await queries.fetchone<Row>(`SELECT ${columns} FROM user WHERE id = ? AND ${isReal}`, [id])
    if (!row) throw new UserNotFound()
    return toListed(row)
  }

  const change = (id: number, work: (tx: Transaction, user: Listed) => Promise<unknown>) =>
    db.transaction(async tx => {
      await tx.fetchone(`SELECT id FROM user WHERE id = ? ${forUpdate}`, [id])
      await work(tx, await find(id, tx))
    })

  return {
    /** Throws UserNotFound. */
    find: (id: number) => find(id),

    /** The account behind an e-mail address or phone number. Throws InvalidAccount, UserNotFound. */
    async locate(account: string): Promise<Listed> {
      const key = accountKey(account, homeRegion)
      if (!key) throw new InvalidAccount('account')
      const sql = `SELECT ${columns} FROM user WHERE ${key[0]} = ? AND ${isReal}`
      const row = await db.fetchone<Row>(sql, [key[1]])
      if (!row) throw new UserNotFound()
      return toListed(row)
    },

    /** A page of accounts, newest first: those whose name, e-mail or phone holds `q`, literally. `next`: continue behind it. */
    async list(q: string, after: number | undefined) {
      const where = [isReal]
      const args: Array<string | number> = []
      if (q) {
        // However it is written: what is stored has no spaces, and no zero before the area.
        const digits = /^[+\d\s()./-]+$/.test(q) ? q.replace(/\D/g, '').replace(/^0+/, '') : ''
        const likes = ['name', 'email', ...(digits ? ['phone'] : [])].map(
          column => `${column} LIKE ? ESCAPE '!'`
        )
        where.push(`(${likes.join(' OR ')})`)
        args.push(literal(q), literal(q.normalize('NFC').toLowerCase()), ...(digits ? [literal(digits)] : []))
      }
      if (after !== undefined) {
        where.push('id < ?')
        args.push(after)
      }
      const sql = `SELECT ${columns} FROM user WHERE ${where.join(' AND ')} ORDER BY id DESC`
      const rows = await db.select<Row>(sql, args, pageSize + 1)
      const users = rows.slice(0, pageSize).map(toListed)
      return { users, next: rows.length > pageSize ? users.at(-1)!.id : null }
    },

    /** Ends all its sessions and links; it signs in no more. Again is success. Throws UserNotFound, LastAdmin. */
    disable: (id: number) =>
      db.transaction(async tx => {
        await spareAdmin(tx, id, forUpdate)
        const sql = `UPDATE user SET disabled_time = ${now} WHERE id = ? AND disabled_time IS NULL AND ${isReal}`
        const { affectedRows } = await tx.execute(sql, [id])
        if (affectedRows === 0) await find(id, tx)
        else await shutOut(tx, id, now)
      }),

    /** It can sign in again, with the password it had. Again is success. Throws UserNotFound. */
    enable: (id: number) =>
      change(id, tx => tx.execute('UPDATE user SET disabled_time = NULL WHERE id = ?', [id])),

    /** Again is success. Throws UserNotFound, AccountDisabled. */
    makeAdmin: (id: number) =>
      change(id, async (tx, user) => {
        if (user.disabled_time !== null) throw new AccountDisabled()
        await tx.execute('UPDATE user SET is_admin = 1 WHERE id = ?', [id])
      })
  }
}
