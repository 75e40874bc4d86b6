/** Accounts: registration and sign-in. */
import type { Config } from '../../config/load.ts'
import { caseById } from '../../db/case-by-id.ts'
import type { Database, Statement } from '../../db/database.ts'
import { DatabaseError, DuplicateKey } from '../../db/errors.ts'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { AccountTaken, BadLogin, InvalidInput, InvalidAccount, RegistrationFailed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { accountKey, normalizeEmail } from '../../schemas/accounts.ts'
import { toE164 } from '../../values/phone.ts'
import type { Limits } from '../limits/limits.ts'
import type { Passwords } from './passwords.ts'

/** Somebody who is signed in, as the rest of the program sees them. */
export interface User {
  id: number
  name: string
  is_admin: boolean
  session_epoch: number
  /** The language that was chosen, by its tag; null: as the browser asks for it. */
  locale: string | null
}

interface UserRow extends Omit<User, 'is_admin'> {
  is_admin: number
  password: string
}

export interface Registration {
  name: string
  email: string
  phone?: string | null | undefined
  password: string
}

/** Deleted and disabled accounts are nobody: they sign in nowhere and no session is theirs. */
const isActive = 'delete_flag = 0 AND disabled_time IS NULL'

/** The accounts among these that are there, with the epoch of their sessions. */
export const epochsOf = (ids: readonly number[]): Statement => [
  `SELECT id, session_epoch FROM user WHERE id IN (?) AND ${isActive}`,
  [ids]
]

/** A condition: all of these accounts, by their ids, are there with this epoch of their sessions. */
export function haveEpochs(epochs: ReadonlyMap<number, number>): Required<Statement> {
  const [epoch, args] = caseById([...epochs])
  const count = `SELECT COUNT(*) FROM user WHERE session_epoch = ${epoch} AND id IN (?) AND ${isActive}`
  return [`(${count}) = ?`, [...args, [...epochs.keys()], epochs.size]]
}

const columns = 'id, name, is_admin, session_epoch, locale'
const toUser = ({
  password: _password,
  is_admin,
  ...row
}: Omit<UserRow, 'password'> & { password?: string }): User => ({
  ...row,
  is_admin: is_admin === 1
})

export type Users = ReturnType<typeof createUsers>

export function createUsers(
  db: Database,
  passwords: Passwords,
  limits: Limits,
  settings: Config['accounts']
) {
  const insert = 'INSERT INTO user (name, email, phone, password, is_admin) VALUES (?, ?, ?, ?, ?)'
  const named = settings.administrator && normalizeEmail(settings.administrator)
  // Whoever takes the configured address once it is free again is nobody special.
  const exists = named
    ? 'SELECT id FROM user WHERE is_admin = 1 LIMIT 1'
    : "SELECT id FROM user WHERE password <> '' LIMIT 1"
  let hasAdministrator = false
  const findsAdministrator = async () => (hasAdministrator ||= (await db.fetchone(exists)) !== undefined)
  /** The first account that can sign in, or the configured one, becomes the administrator; one at a time until then. */
  async function store(values: [string, string, string | null, string]) {
    if (named && values[1] !== named) return db.execute(insert, [...values, false])
    if (await findsAdministrator()) return db.execute(insert, [...values, false])
    return db.withAdvisoryLock('vote:first-account', async queries =>
      queries.execute(insert, [...values, (await queries.fetchone(exists)) === undefined])
    )
  }

  /** Hashes the password as it is done now, unless it was changed meanwhile. */
  async function renew({ id, password: known }: UserRow, password: string) {
    const sql = 'UPDATE user SET password = ? WHERE id = ? AND password = ?'
    await db.execute(sql, [await passwords.hash(password), id, known])
  }

  const find = createBatchLoader<number, User>(Number, async ids => {
    const sql = `SELECT ${columns} FROM user WHERE id IN (?) AND ${isActive}`
    const rows = await db.select<Omit<UserRow, 'password'>>(sql, [[...new Set(ids)]])
    return new Map(rows.map(row => [row.id, toUser(row)]))
  })

  return {
    /** Whether nobody has an account yet, so that the next one becomes the administrator. */
    async awaitsFirst(): Promise<boolean> {
      if (named) return false
      return !(await findsAdministrator())
    },

    /**
     * Makes an account for somebody at this network address. Throws AccountTaken, InvalidInput (a phone number that is
     * none, a password of one's own words), RegistrationFailed, TooManyRequests, Busy.
     */
    async register({ name, email, phone, password }: Registration, address: string): Promise<User> {
      const number = phone ? toE164(phone, settings.homeRegion) : null
      if (number === undefined) throw new InvalidInput({ phone: messageKey('notAPhone') })
      await limits.registration(address)
      const hash = await passwords.choose(password, { name, email, phone: number })
      try {
        const { insertId } = await store([name, email, number, hash])
        return { ...(await find(insertId))! }
      } catch (error) {
        if (error instanceof DuplicateKey) throw new AccountTaken(error.key)
        if (error instanceof DatabaseError) throw new RegistrationFailed({ cause: error })
        throw error
      }
    },

    /**
     * The account behind an e-mail address or phone number, for somebody at this network address. Throws InvalidAccount,
     * BadLogin, TooManyPasswords, Busy.
     */
    async authenticate(account: string, password: string, address: string): Promise<User> {
      const key = accountKey(account, settings.homeRegion)
      if (key === undefined) throw new InvalidAccount('account')
      const [column, value] = key
      const sql = `SELECT ${columns}, password FROM user WHERE ${column} = ? AND ${isActive}`
      const row = await db.fetchone<UserRow>(sql, [value])
      // By its number: an account is one, whether its address is guessed at or its phone number.
      const user = await limits.password(String(row?.id ?? value), address, async () =>
        (await passwords.verify(password, row?.password)) ? toUser(row!) : undefined
      )
      if (!user) throw new BadLogin('account')
      // What fails here is tried again at the next sign-in.
      if (passwords.isOld(row!.password)) await renew(row!, password).catch(() => {})
      return user
    },

    /** The account with this id, unless it was deleted or disabled. */
    find
  }
}
