/**
 * Registrations that wait until their e-mail address is confirmed: a link by mail, and the password
 * again.
 */
import { readNow } from '../../db/clock.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { ConfirmationGone, WrongPassword } from '../../errors.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { DAY_MS } from '../../values/time.ts'
import type { Limits } from '../limits/limits.ts'
import { queueMail } from '../mail/outbox.ts'
import { newLink } from './links.ts'
import type { Passwords } from './passwords.ts'
import type { RegistrationRules } from './registration-rules.ts'
import type { User } from './user-row.ts'
import type { NewUser, Registration, Users } from './users.ts'

const LIFETIME_MS = DAY_MS

/** How the mail is made, and where the client goes after it. */
interface Reader {
  locale: string
  next: string
  linkOf: (token: string) => string
}

interface PendingRow extends NewUser {
  next: string
}

export class PendingAccounts {
  readonly #db: Database
  readonly #users: Users
  readonly #passwords: Pick<Passwords, 'verify'>
  readonly #limits: Limits
  readonly #rules: RegistrationRules

  constructor(
    db: Database,
    users: Users,
    passwords: Pick<Passwords, 'verify'>,
    limits: Limits,
    rules: RegistrationRules
  ) {
    this.#db = db
    this.#users = users
    this.#passwords = passwords
    this.#limits = limits
    this.#rules = rules
  }

  /**
   * Stores a registration with the mail that confirms it. Whether an account has the address is
   * looked up after the confirmation: the answer does not tell. `limits.registrations` bounds the
   * mails of a client; `limits.mails` would stop a class that registers at once. Throws what
   * `Users.check` throws.
   */
  async ask(registration: Registration, address: string, { locale, next, linkOf }: Reader): Promise<void> {
    const { name, email, phone, hash } = await this.#users.check(registration, address)
    if ((await this.#limits.mailTo('confirmation', email)) > 0) return
    await this.#db.transaction(async tx => {
      const time = await readNow(tx)
      const { token, hash: tokenHash, expires_time: expires } = newLink(time, LIFETIME_MS)
      await tx.execute(
        `INSERT INTO pending_account (token_hash, name, email, phone, password, next, expires_time)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [tokenHash, name, email, phone, hash, next, expires]
      )
      const payload = { link: linkOf(token), expires }
      await queueMail(tx, { kind: 'confirmation', payload, recipient: email, locale })
    })
  }

  /**
   * Returns the canonical address of a link, and where it leads, without using it. Throws
   * ConfirmationGone.
   */
  async open(token: string): Promise<Pick<PendingRow, 'email' | 'next'>> {
    return this.#get(token)
  }

  /**
   * Uses the link: creates the account. The password is asked for again: otherwise a person could
   * register with the address of another, who would confirm an account whose password is known to
   * the first. Throws ConfirmationGone, WrongPassword, TooManyPasswords, AccountTaken,
   * RegistrationClosed, InvalidInput, Busy.
   */
  async confirm(token: string, password: string, address: string): Promise<{ user: User; next: string }> {
    const { next, ...newUser } = await this.#get(token)
    const hash = hashOfSecret(token)
    const check = () => this.#passwords.verify(password, newUser.hash)
    if (!(await this.#limits.password(`pending ${hash}`, address, check))) throw new WrongPassword('password')
    await this.#rules.requireAdmission(newUser.email)
    const connect = async (tx: Transaction) => {
      const sql = 'DELETE FROM pending_account WHERE token_hash = ?'
      if ((await tx.execute(sql, [hash])).affectedRows === 0) throw new ConfirmationGone()
    }
    return { user: await this.#users.create(newUser, { connect }), next }
  }

  async #get(token: string): Promise<PendingRow> {
    const row = await this.#db.fetchone<PendingRow>(
      `SELECT name, email, phone, password AS hash, next FROM pending_account
       WHERE token_hash = ? AND expires_time > ${this.#db.dialect.clock}`,
      [hashOfSecret(token)]
    )
    if (!row) throw new ConfirmationGone()
    return row
  }
}
