/**
 * Actions of administrators: find, list, disable and enable accounts, end sessions, appoint
 * administrators. Each act is a line of the log; `admin` is who acts, null for a command.
 */
import type { Database, Queries, Sql, Transaction } from '../../db/database.ts'
import { hasWords } from '../../db/has-words.ts'
import { AccountDisabled, LastAdmin, InvalidAccount, OwnSecondFactor, UserNotFound } from '../../errors.ts'
import { parseAccountKey } from '../../values/account-key.ts'
import { plainDigits } from '../../values/digits.ts'
import { searchWords } from '../../values/search-text.ts'
import { cutText } from '../../values/text.ts'
import { ABOVE_ALL, type ListPage, PAGE_QUERY_SIZE, toPage } from '../list-page.ts'
import { recordAct } from '../instance/admin-log.ts'
import type { Settings } from '../instance/settings.ts'
import { endSessionsAndLinks } from './all-sessions.ts'
import { lockAdmins } from './lock.ts'
import { voidLinksMadeBy } from './made-links.ts'
import { removeSecondFactor } from './second-factor.ts'
import {
  ACCOUNT_COLUMNS,
  type AccountRow,
  IS_REGISTERED,
  type ListedAccount,
  toListedAccount
} from './user-row.ts'

/** Throws LastAdmin if no other active administrator exists. Locks all administrators. */
export async function requireOtherAdmin(tx: Transaction, id: number) {
  const active = await lockAdmins(tx)
  if (active.length === 1 && active[0] === id) throw new LastAdmin()
}

export class Administration {
  readonly #db: Database
  readonly #settings: Pick<Settings, 'current'>

  constructor(db: Database, settings: Pick<Settings, 'current'>) {
    this.#db = db
    this.#settings = settings
  }

  /** Reads an account. Throws UserNotFound. */
  get(id: number): Promise<ListedAccount> {
    return this.#get(id, this.#db)
  }

  /**
   * Finds the account of an e-mail address or phone number. Throws InvalidAccount, UserNotFound.
   */
  async findByKey(account: string): Promise<ListedAccount> {
    const key = parseAccountKey(account, this.#settings.current.home_region)
    if (!key) throw new InvalidAccount('account')
    const sql = `SELECT ${ACCOUNT_COLUMNS} FROM user WHERE ${key.kind} = ? AND ${IS_REGISTERED}`
    const row = await this.#db.fetchone<AccountRow>(sql, [key.value])
    if (!row) throw new UserNotFound()
    return toListedAccount(row)
  }

  /**
   * Lists the accounts whose name and e-mail have the words of `q`, whose phone contains it, or
   * whose key it is, newest first, after the id `after`.
   */
  async list(q: string, after = ABOVE_ALL): Promise<ListPage<ListedAccount>> {
    const [isFound, texts]: Sql = q ? searchCondition(q, this.#settings.current.home_region) : ['TRUE', []]
    const where = `${IS_REGISTERED} AND ${isFound} AND id < ?`
    const sql = `SELECT ${ACCOUNT_COLUMNS} FROM user WHERE ${where} ORDER BY id DESC`
    const rows = await this.#db.select<AccountRow>(sql, [...texts, after], PAGE_QUERY_SIZE)
    return toPage(rows.map(toListedAccount))
  }

  /**
   * Disables sign-in, ends all sessions and reset links, and voids the links that the account has
   * made for others. Idempotent. Throws UserNotFound, LastAdmin.
   */
  disable(id: number, admin: number | null = null): Promise<void> {
    return this.#db.transaction(async tx => {
      await requireOtherAdmin(tx, id)
      const { affectedRows } = await tx.execute(
        `UPDATE user SET disabled_time = ${tx.dialect.clock} WHERE id = ? AND disabled_time IS NULL AND ${IS_REGISTERED}`,
        [id]
      )
      if (affectedRows === 0) {
        await this.#get(id, tx)
        return
      }
      await endSessionsAndLinks(tx, id)
      await voidLinksMadeBy(tx, id, admin)
      await recordAct(tx, { admin, act: 'disable', user: id })
    })
  }

  /**
   * Enables sign-in again, with the password that the account had. Idempotent. Throws UserNotFound.
   */
  enable(id: number, admin: number | null = null): Promise<void> {
    return this.#db.transaction(async tx => {
      if ((await this.#lock(tx, id)).disabled_time === null) return
      await tx.execute('UPDATE user SET disabled_time = NULL WHERE id = ?', [id])
      await recordAct(tx, { admin, act: 'enable', user: id })
    })
  }

  /** Makes the account an administrator. Idempotent. Throws UserNotFound, AccountDisabled. */
  makeAdmin(id: number, admin: number | null = null): Promise<void> {
    return this.#db.transaction(async tx => {
      const account = await this.#lock(tx, id)
      if (account.disabled_time !== null) throw new AccountDisabled()
      if (account.is_admin) return
      await tx.execute('UPDATE user SET is_admin = 1 WHERE id = ?', [id])
      await recordAct(tx, { admin, act: 'make_admin', user: id })
    })
  }

  /**
   * Makes the account an administrator or takes that away, as the group of the provider says. The
   * last administrator stays one.
   */
  async followGroup(id: number, group: string, isMember: boolean): Promise<void> {
    if ((await this.#get(id, this.#db)).is_admin === isMember) return
    try {
      await this.#db.transaction(async tx => {
        if (!isMember) await requireOtherAdmin(tx, id)
        if ((await this.#lock(tx, id)).is_admin === isMember) return
        await tx.execute('UPDATE user SET is_admin = ? WHERE id = ?', [isMember, id])
        if (!isMember) await voidLinksMadeBy(tx, id, null)
        const act = isMember ? 'make_admin' : 'remove_admin'
        await recordAct(tx, { admin: null, act, user: id, detail: cutText(group, 200) })
      })
    } catch (error) {
      if (!(error instanceof LastAdmin)) throw error
    }
  }

  /** Ends all sessions and reset links of the account. Throws UserNotFound. */
  endSessions(id: number, admin: number | null = null): Promise<void> {
    return this.#db.transaction(async tx => {
      await this.#lock(tx, id)
      await endSessionsAndLinks(tx, id)
      await recordAct(tx, { admin, act: 'end_sessions', user: id })
    })
  }

  /**
   * Removes the second factor of an account whose owner lost it. Throws UserNotFound,
   * OwnSecondFactor.
   */
  resetSecondFactor(id: number, admin: number | null = null): Promise<void> {
    if (id === admin) throw new OwnSecondFactor()
    return this.#db.transaction(async tx => {
      if (!(await this.#lock(tx, id)).second_factor) return
      await removeSecondFactor(tx, id)
      await recordAct(tx, { admin, act: 'reset_second_factor', user: id })
    })
  }

  /** Returns the names of these accounts, also of sample accounts. */
  async namesOf(ids: readonly number[]): Promise<Map<number, string>> {
    if (ids.length === 0) return new Map()
    const sql = 'SELECT id, name FROM user WHERE id IN (?)'
    const rows = await this.#db.select<{ id: number; name: string }>(sql, [ids])
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  async #get(id: number, queries: Pick<Queries, 'fetchone'>, lock = ''): Promise<ListedAccount> {
    const sql = `SELECT ${ACCOUNT_COLUMNS} FROM user WHERE id = ? AND ${IS_REGISTERED} ${lock}`
    const row = await queries.fetchone<AccountRow>(sql, [id])
    if (!row) throw new UserNotFound()
    return toListedAccount(row)
  }

  #lock(tx: Transaction, id: number) {
    return this.#get(id, tx, tx.dialect.forUpdate)
  }
}

/**
 * Returns the condition that name and e-mail have the words of a text, that the phone contains it,
 * or that it is the key of the account, as for sign-in. Punctuation of numbers is ignored.
 */
function searchCondition(q: string, homeRegion: string): Sql {
  const conditions: Sql[] = [hasWords('search_text', searchWords(q))]
  const key = parseAccountKey(q, homeRegion)
  if (key) conditions.push([`${key.kind} = ?`, [key.value]])
  const plain = plainDigits(q)
  // Stored numbers have no spaces, and no zero before the area code.
  const digits = /^[+\d\s()./\p{Pd}]+$/u.test(plain)
    ? plain.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '')
    : ''
  if (digits) conditions.push(hasWords('phone', [digits]))
  return [`(${conditions.map(([sql]) => sql).join(' OR ')})`, conditions.flatMap(([, args]) => args)]
}
