/** A user's own account: reading it, changing it, changing the password, ending all sessions. */
import type { Database } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { SignInRequired, TooManyRequests, WrongPassword } from '../../errors.ts'
import { userSearchText } from '../../values/search-text.ts'
import type { Limits } from '../limits/limits.ts'
import { endAllSessions, endSessionsAndLinks } from './all-sessions.ts'
import { askToConfirm } from './email-changes.ts'
import type { Settings } from '../instance/settings.ts'
import { voidLinks } from './links.ts'
import { lockAccount } from './lock.ts'
import { storedPhone } from './phone-number.ts'
import type { Passwords } from './passwords.ts'
import type { Proof, Proofs } from './proofs.ts'
import type { RegistrationRules } from './registration-rules.ts'
import { accountTaken } from './taken-keys.ts'
import {
  ACCOUNT_COLUMNS,
  type AccountRow,
  type OwnAccount,
  type SessionUser,
  toOwnAccount
} from './user-row.ts'

interface AccountChange {
  name: string
  email: string
  /** Null removes the number; undefined keeps it. */
  phone?: string | null | undefined
  /** Null follows the browser; undefined keeps the language. */
  locale?: string | null | undefined
}

/** How a new e-mail address is confirmed by mail. */
interface Confirmation {
  linkOf: (token: string) => string
  /** Of the client. */
  address: string
  /** The language of the mail, for a user who has chosen none. */
  pageLocale: string
}

type PasswordRow = AccountRow & { password: string }

export class Accounts {
  readonly #db: Database
  readonly #passwords: Passwords
  readonly #limits: Limits
  readonly #settings: Pick<Settings, 'current'>
  readonly #proofs: Proofs
  readonly #rules: Pick<RegistrationRules, 'requireDomain'>

  constructor(
    db: Database,
    passwords: Passwords,
    limits: Limits,
    settings: Pick<Settings, 'current'>,
    proofs: Proofs,
    rules: Pick<RegistrationRules, 'requireDomain'>
  ) {
    this.#rules = rules
    this.#proofs = proofs
    this.#db = db
    this.#passwords = passwords
    this.#limits = limits
    this.#settings = settings
  }

  /** Reads an account. Throws SignInRequired if it was deleted since the session was checked. */
  async get(id: number): Promise<OwnAccount> {
    return toOwnAccount(await this.#read(id))
  }

  /**
   * Tells whether the account proves itself by its password, not by a sign-in just now. Throws
   * SignInRequired.
   */
  async asksPassword(id: number): Promise<boolean> {
    return this.#proofs.asksPassword(await this.#read(id))
  }

  /**
   * Checks the proof and returns the password's hash. Throws SignInRequired, and what
   * `Proofs.check` throws.
   */
  async confirm(id: number, proof: Proof): Promise<string> {
    const row = await this.#read(id)
    await this.#proofs.check(row, proof)
    return row.password
  }

  /**
   * Stores changed data. A changed e-mail or phone needs the proof. A new e-mail address waits for
   * its confirmation; where `confirmation` is null, because no mail server is configured, it is
   * used at once. Returns whether it waits. Throws WrongPassword, SignInAgain, AccountTaken,
   * InvalidInput, SignInRequired, TooManyRequests.
   */
  async change(
    id: number,
    { name, email: asked, phone, locale: chosen }: AccountChange,
    proof: Proof,
    confirmation: Confirmation | null
  ): Promise<boolean> {
    const row = await this.#read(id)
    const number = phone === undefined ? row.phone : storedPhone(phone, this.#settings.current.home_region)
    const isMoved = asked !== row.email
    const isRenumbered = number !== row.phone
    if (isMoved) this.#rules.requireDomain(asked)
    if (isMoved || isRenumbered) {
      if (proof.current === '' && this.#proofs.asksPassword(row)) throw new WrongPassword('current')
      await this.#proofs.check(row, proof)
      // The answer tells whether another account has the address or number.
      await this.#limits.accountChange(id)
    }
    const waits = isMoved && confirmation !== null
    if (waits) await this.#limitMail(asked, confirmation.address)
    try {
      await this.#db.transaction(async tx => {
        const locked = await lockAccount(tx, id, { password: row.password })
        // What is not changed here may have been changed meanwhile.
        const email = isMoved && !waits ? asked : locked.email
        const stored = isRenumbered ? number : locked.phone
        const locale = chosen === undefined ? locked.locale : chosen
        await tx.execute(
          'UPDATE user SET name = ?, email = ?, search_text = ?, phone = ?, locale = ? WHERE id = ?',
          [name, email, userSearchText(name, email), stored, locale, id]
        )
        if (waits) {
          const { linkOf, pageLocale } = confirmation
          const change = { user: id, email: asked, locale: locale ?? pageLocale, linkOf, time: locked.now }
          await askToConfirm(tx, change)
        } else if (isMoved) await voidLinks(tx, id)
      })
      return waits
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      const keys = { email: isMoved && !waits ? asked : null, phone: isRenumbered ? number : null }
      throw await accountTaken(this.#db, keys, error, id)
    }
  }

  /** Sets the language of the account's pages. */
  async chooseLocale(id: number, locale: string) {
    await this.#db.execute('UPDATE user SET locale = ? WHERE id = ? AND delete_flag = 0', [locale, id])
  }

  /**
   * Sets a new password and ends all sessions. Returns the epoch of new sessions, and when the
   * client last proved its identity. Throws WrongPassword, SignInAgain, InvalidInput,
   * SignInRequired.
   */
  async changePassword(id: number, proof: Proof, password: string) {
    const row = await this.#read(id)
    const since = await this.#proofs.check(row, proof)
    const hash = await this.#passwords.choose(password, row)
    return this.#db.transaction(async tx => {
      const locked = await lockAccount(tx, id, { password: row.password })
      await tx.execute('UPDATE user SET password = ? WHERE id = ?', [hash, id])
      await endSessionsAndLinks(tx, id)
      return { epoch: locked.session_epoch + 1, since }
    })
  }

  /**
   * Ends all sessions of the user of one of them, and returns the epoch of new sessions. Reset
   * links stay valid: a stolen session cannot void the owner's. Throws SignInRequired, also where
   * that session has ended meanwhile.
   */
  endSessions({ id, session_epoch }: SessionUser): Promise<number> {
    return this.#db.transaction(async tx => {
      await lockAccount(tx, id, { session_epoch })
      await endAllSessions(tx, id)
      return session_epoch + 1
    })
  }

  async #limitMail(email: string, address: string) {
    await this.#limits.mail(address)
    const waitMs = await this.#limits.mailTo('address', email)
    if (waitMs > 0) throw new TooManyRequests(waitMs)
  }

  async #read(id: number): Promise<PasswordRow> {
    const sql = `SELECT ${ACCOUNT_COLUMNS}, password FROM user WHERE id = ? AND delete_flag = 0`
    const row = await this.#db.fetchone<PasswordRow>(sql, [id])
    if (!row) throw new SignInRequired()
    return row
  }
}
