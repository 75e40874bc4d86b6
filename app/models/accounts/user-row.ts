/** Rows of the `user` table, and their conversion to domain objects. */
import { displayEmail } from '../../values/email.ts'

/** Neither deleted nor disabled: only these accounts sign in and have sessions. */
export const IS_ACTIVE = 'delete_flag = 0 AND disabled_time IS NULL'

/** Neither deleted nor one of the sample data, whose accounts have no password. */
export const IS_REGISTERED = "delete_flag = 0 AND password <> ''"

/** The signed-in user of a request. */
export interface User {
  id: number
  name: string
  is_admin: boolean
  session_epoch: number
  /** The tag of the chosen language; null follows the browser. */
  locale: string | null
  /** A sign-in with the password also needs a code. */
  second_factor: boolean
}

/** The user of a session, which ends when the account's epoch is raised. */
export type SessionUser = Pick<User, 'id' | 'session_epoch'>

const SECOND_FACTOR = 'totp_secret IS NOT NULL AS second_factor'

export const USER_COLUMNS = `id, name, is_admin, session_epoch, locale, ${SECOND_FACTOR}`
export type UserRow = Omit<User, 'is_admin' | 'second_factor'> & { is_admin: number; second_factor: number }

export const toUser = ({ id, name, is_admin, session_epoch, locale, second_factor }: UserRow): User => ({
  id,
  name,
  is_admin: is_admin === 1,
  session_epoch,
  locale,
  second_factor: second_factor === 1
})

/** An account as its owner and administrators see it. */
export interface Account {
  id: number
  name: string
  /** As people write it: an international domain is in its own script. */
  email: string
  phone: string | null
  is_admin: boolean
  create_time: string
  /** As in User. */
  second_factor: boolean
}

/** An account as its owner sees it. `locale` as in User. */
export interface OwnAccount extends Account {
  locale: string | null
}

/** An account as administrators see it. */
export interface ListedAccount extends Account {
  disabled_time: string | null
}

export const ACCOUNT_COLUMNS = `id, name, email, phone, is_admin, create_time, locale, disabled_time, ${SECOND_FACTOR}`
export type AccountRow = Omit<OwnAccount & ListedAccount, 'is_admin' | 'second_factor'> &
  Pick<UserRow, 'is_admin' | 'second_factor'>

const toAccount = ({
  id,
  name,
  email,
  phone,
  is_admin,
  create_time,
  second_factor
}: AccountRow): Account => ({
  id,
  name,
  email: displayEmail(email),
  phone,
  is_admin: is_admin === 1,
  create_time,
  second_factor: second_factor === 1
})

export const toOwnAccount = (row: AccountRow): OwnAccount => ({ ...toAccount(row), locale: row.locale })

export const toListedAccount = (row: AccountRow): ListedAccount => ({
  ...toAccount(row),
  disabled_time: row.disabled_time
})
