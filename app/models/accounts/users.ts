/** Registration, sign-in, and the user behind a session. */
import { randomInt } from 'node:crypto'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { DatabaseError, DatabaseFull, DuplicateKey } from '../../db/errors.ts'
import { BadLogin, EmailMissing, InvalidAccount, RegistrationFailed } from '../../errors.ts'
import { parseAccountKey } from '../../values/account-key.ts'
import { userSearchText } from '../../values/search-text.ts'
import type { Limits } from '../limits/limits.ts'
import type { Settings } from '../instance/settings.ts'
import { useInvitation } from './invitations.ts'
import { storedPhone } from './phone-number.ts'
import { NO_PASSWORD, type Passwords } from './passwords.ts'
import type { RegistrationRules } from './registration-rules.ts'
import { accountTaken } from './taken-keys.ts'
import { IS_ACTIVE, toUser, type User, USER_COLUMNS, type UserRow } from './user-row.ts'

export interface Registration {
  name: string
  email: string
  phone?: string | null | undefined
  password: string
  /** The token of an invitation. */
  invitation?: string | undefined
}

/** A new row of `user`, with canonical phone number and hashed password. */
export interface NewUser {
  name: string
  email: string
  phone: string | null
  hash: string
}

/**
 * A new account begins with a random epoch below this: after a restore its id may be one that was
 * given before, whose sessions are still in Redis. The column is a signed 32-bit integer, and an
 * epoch is raised by one at a time.
 */
const MAX_FIRST_EPOCH = 2 ** 30

interface Person extends Pick<NewUser, 'name' | 'email'> {
  /** The provider has verified the address. */
  isVerified: boolean
}

/** How an account is created. */
interface Creation {
  /** Stores what belongs to the account, in the same transaction. */
  connect?: (tx: Transaction, userId: number) => Promise<unknown>
  /** Invited by an administrator: the account does not become one. */
  isInvited?: boolean
}

async function loadUsers(db: Database, ids: readonly number[]): Promise<Map<unknown, User>> {
  const sql = `SELECT ${USER_COLUMNS} FROM user WHERE id IN (?) AND ${IS_ACTIVE}`
  const rows = await db.select<UserRow>(sql, [ids])
  return new Map(rows.map(row => [row.id, toUser(row)]))
}

export class Users {
  readonly #db: Database
  readonly #passwords: Passwords
  readonly #limits: Limits
  readonly #rules: RegistrationRules
  readonly #settings: Pick<Settings, 'current'>
  readonly #load: (id: number) => Promise<User | undefined>

  constructor(
    db: Database,
    passwords: Passwords,
    limits: Limits,
    rules: RegistrationRules,
    settings: Pick<Settings, 'current'>
  ) {
    this.#db = db
    this.#passwords = passwords
    this.#limits = limits
    this.#settings = settings
    this.#rules = rules
    this.#load = createBatchLoader((ids: number[]) => loadUsers(db, ids))
  }

  /**
   * Returns the user, or undefined if the account was deleted or disabled. Concurrent calls share a
   * SELECT.
   */
  find(id: number): Promise<User | undefined> {
    return this.#load(id)
  }

  /**
   * Checks a registration of a client at this address, and returns the account that it makes.
   * Throws RegistrationClosed, InvitationRequired, InvalidInput (an address of another domain, not
   * a phone number, or a password of the user's own words), TooManyRequests, Busy.
   */
  async check(registration: Registration, address: string): Promise<NewUser> {
    const { name, email, phone, password, invitation } = registration
    await this.#rules.requireAdmission(email, invitation)
    const number = storedPhone(phone, this.#settings.current.home_region)
    await this.#limits.registration(address)
    const hash = await this.#passwords.choose(password, { name, email, phone: number })
    return { name, email, phone: number, hash }
  }

  /**
   * Creates an account for a client at this address. Throws what `check` and `create` throw, and
   * InvitationGone.
   */
  async register(registration: Registration, address: string): Promise<User> {
    const newUser = await this.check(registration, address)
    const { invitation } = registration
    if (invitation === undefined) return this.create(newUser)
    const connect = (tx: Transaction, id: number) => useInvitation(tx, invitation, id)
    return this.create(newUser, { connect, isInvited: true })
  }

  /**
   * Creates an account without a password. `connect` stores how its owner signs in. Throws
   * RegistrationClosed, InvitationRequired, AccountTaken, InvalidInput (an address of another
   * domain), EmailMissing (an unverified address where others are confirmed by mail),
   * RegistrationFailed, TooManyRequests.
   */
  async registerWithoutPassword(
    person: Person,
    address: string,
    connect: NonNullable<Creation['connect']>
  ): Promise<User> {
    const { name, email, isVerified } = person
    await this.#rules.requireAdmission(email)
    if (!isVerified && (await this.#rules.needsConfirmation(email))) throw new EmailMissing()
    await this.#limits.registration(address)
    return this.create({ name, email, phone: null, hash: NO_PASSWORD }, { connect })
  }

  /**
   * Creates a checked account. Throws AccountTaken, RegistrationFailed, DatabaseFull, and what
   * `connect` throws.
   */
  async create(newUser: NewUser, creation: Creation = {}): Promise<User> {
    try {
      const user = await this.#load(await this.#insert(newUser, creation))
      if (!user) throw new RegistrationFailed() // deleted or disabled at the same moment
      return user
    } catch (error) {
      if (error instanceof DuplicateKey) throw await accountTaken(this.#db, newUser, error)
      if (error instanceof DatabaseFull || !(error instanceof DatabaseError)) throw error
      throw new RegistrationFailed({ cause: error })
    }
  }

  /**
   * Returns the user of an e-mail address or phone number, for a client at this address. Throws
   * InvalidAccount, BadLogin, TooManyPasswords, Busy.
   */
  async authenticate(account: string, password: string, address: string): Promise<User> {
    const key = parseAccountKey(account, this.#settings.current.home_region)
    if (key === undefined) throw new InvalidAccount('account')
    const sql = `SELECT ${USER_COLUMNS}, password FROM user WHERE ${key.kind} = ? AND ${IS_ACTIVE}`
    const row = await this.#db.fetchone<UserRow & { password: string }>(sql, [key.value])
    // Counted by id if the account exists: e-mail and phone are keys of the same account.
    const verified = await this.#limits.password(String(row?.id ?? key.value), address, async () => {
      const isRight = await this.#passwords.verify(password, row?.password)
      return isRight ? row : undefined
    })
    if (!verified) throw new BadLogin('account')
    if (this.#passwords.isOutdated(verified.password)) {
      // If this fails, the next sign-in tries again.
      await this.#rehash(verified.id, verified.password, password).catch(() => {})
    }
    return toUser(verified)
  }

  /**
   * Hashes a password with the current parameters and stores it, unless it was changed
   * concurrently.
   */
  async #rehash(id: number, oldHash: string, password: string) {
    const hash = await this.#passwords.hash(password)
    await this.#db.execute('UPDATE user SET password = ? WHERE id = ? AND password = ?', [hash, id, oldHash])
  }

  /** Inserts an account with what belongs to it, and returns its id. */
  async #insert({ name, email, phone, hash }: NewUser, { connect, isInvited = false }: Creation) {
    const mayBecomeAdministrator = !isInvited && (await this.#rules.mayBecomeAdministrator(email))
    return this.#db.transaction(async tx => {
      const { insertId } = await tx.execute(
        'INSERT INTO user (name, email, phone, password, search_text, session_epoch) VALUES (?, ?, ?, ?, ?, ?)',
        [name, email, phone, hash, userSearchText(name, email), randomInt(MAX_FIRST_EPOCH)]
      )
      await connect?.(tx, insertId)
      if (mayBecomeAdministrator) await this.#rules.appointFirst(tx, insertId)
      return insertId
    })
  }
}
