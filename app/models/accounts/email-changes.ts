/**
 * New e-mail addresses of accounts, which wait until they are confirmed by the link in a mail to
 * them.
 */
import type { Database, Queries, Transaction } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { AccountTaken, EmailChangeGone } from '../../errors.ts'
import { userSearchText } from '../../values/search-text.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { DAY_MS } from '../../values/time.ts'
import { queueMail } from '../mail/outbox.ts'
import { newLink, removeEmailChange, voidLinks } from './links.ts'
import { lockAccount } from './lock.ts'
import type { RegistrationRules } from './registration-rules.ts'

const LIFETIME_MS = DAY_MS

/** A change that its user asked for. `locale`: the language of the mail. */
interface NewChange {
  user: number
  /** The new address in its canonical form. */
  email: string
  locale: string
  linkOf: (token: string) => string
  /** Now, on the database's clock. */
  time: string
}

/**
 * Stores a change of an account whose row is locked, with the mail that confirms it. Ends an
 * earlier one.
 */
export async function askToConfirm(
  tx: Transaction,
  { user, email, locale, linkOf, time }: NewChange
): Promise<void> {
  const { token, hash, expires_time: expires } = newLink(time, LIFETIME_MS)
  await removeEmailChange(tx, user)
  await tx.execute(
    'INSERT INTO email_change (user_id, token_hash, email, expires_time) VALUES (?, ?, ?, ?)',
    [user, hash, email, expires]
  )
  const payload = { link: linkOf(token), expires }
  await queueMail(tx, { kind: 'address', payload, recipient: email, user, locale })
}

export class EmailChanges {
  readonly #db: Database
  readonly #rules: Pick<RegistrationRules, 'requireDomain'>

  constructor(db: Database, rules: Pick<RegistrationRules, 'requireDomain'>) {
    this.#rules = rules
    this.#db = db
  }

  /** Returns the canonical address that an account waits for; null: none. */
  async awaited(userId: number): Promise<string | null> {
    return (await this.#find(this.#db, userId))?.email ?? null
  }

  /**
   * Returns the canonical address that a link confirms, without using it. Throws EmailChangeGone.
   */
  async open(userId: number, token: string): Promise<string> {
    return this.#open(this.#db, userId, token)
  }

  /** Keeps the present address of an account. */
  cancel(userId: number): Promise<void> {
    return this.#db.transaction(tx => removeEmailChange(tx, userId))
  }

  /**
   * Uses the link: gives its account the new address, tells the former one, and voids links that
   * the former one has. The account is the one that is signed in: a mistyped address does not give
   * the account to a stranger. `pageLocale`: for a user who has chosen no language. Throws
   * EmailChangeGone, AccountTaken, SignInRequired, and InvalidInput where the address is of another
   * domain than those that may register by now.
   */
  async confirm(userId: number, token: string, pageLocale: string): Promise<void> {
    try {
      await this.#db.transaction(async tx => {
        const owner = await lockAccount(tx, userId)
        const email = await this.#open(tx, userId, token)
        this.#rules.requireDomain(email)
        await tx.execute('UPDATE user SET email = ?, search_text = ? WHERE id = ?', [
          email,
          userSearchText(owner.name, email),
          userId
        ])
        await voidLinks(tx, userId)
        const { email: recipient, locale } = owner
        const mail = { payload: {}, recipient, user: userId, locale: locale ?? pageLocale }
        await queueMail(tx, { kind: 'moved', ...mail })
      })
    } catch (error) {
      throw error instanceof DuplicateKey ? new AccountTaken(error.key) : error
    }
  }

  async #open(queries: Queries, userId: number, token: string): Promise<string> {
    const change = await this.#find(queries, userId)
    if (change?.token_hash !== hashOfSecret(token)) throw new EmailChangeGone()
    return change.email
  }

  #find(queries: Queries, userId: number) {
    return queries.fetchone<{ token_hash: string; email: string }>(
      `SELECT token_hash, email FROM email_change WHERE user_id = ? AND expires_time > ${queries.dialect.clock}`,
      [userId]
    )
  }
}
