/** Who may register, and whose account becomes the first administrator. */
import type { Config } from '../../config/load.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { InvalidInput, InvitationRequired, RegistrationClosed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { canonicalEmail } from '../../values/email.ts'
import { displayDomains, isOfDomains } from '../../values/registration.ts'
import type { Settings } from '../instance/settings.ts'
import { IS_REGISTERED } from './user-row.ts'

export class RegistrationRules {
  readonly #db: Database
  readonly #settings: Pick<Settings, 'current'>
  /** The e-mail address whose account becomes administrator; null: the first account. */
  readonly #administratorEmail: string | null
  /**
   * Whether new addresses are confirmed by mail; null: in the mode `domains`, and a named
   * administrator.
   */
  readonly #confirmEmail: boolean | null
  /** Cached when true: an installation never loses its last administrator (LastAdmin). */
  #isTaken = false

  constructor(
    db: Database,
    { accounts: { administrator }, signIn, mail }: Pick<Config, 'accounts' | 'signIn' | 'mail'>,
    settings: Pick<Settings, 'current'>
  ) {
    this.#db = db
    this.#settings = settings
    this.#confirmEmail = mail === null ? false : signIn.confirmEmail
    this.#administratorEmail = administrator ? canonicalEmail(administrator) : null
  }

  /** Returns whether the next account that registers becomes the administrator. */
  async awaitsFirst(): Promise<boolean> {
    return this.#administratorEmail === null && !(await this.#isFirstAccountTaken())
  }

  /**
   * Returns whether an account of this address becomes the administrator if it is the first one.
   */
  async mayBecomeAdministrator(email: string): Promise<boolean> {
    const isNamed = this.#administratorEmail === null || email === this.#administratorEmail
    return isNamed && !(await this.#isFirstAccountTaken())
  }

  /**
   * Makes a new account the administrator if no other became it: the key of a row decides. It is
   * the last step of the transaction: a rollback after it would end in a deadlock of the
   * transactions that wait for the key.
   */
  async appointFirst(tx: Transaction, id: number): Promise<void> {
    const sql = `${this.#db.dialect.insertIgnore} INTO setting (name, value) VALUES ('first_account', ?)`
    const { affectedRows } = await tx.execute(sql, [JSON.stringify(id)])
    if (affectedRows === 1) await tx.execute('UPDATE user SET is_admin = 1 WHERE id = ?', [id])
  }

  /**
   * Checks that a person may open the form, with an invitation if there is one. Until there is an
   * administrator anyone may: `requireAdmission` looks at the address. Throws RegistrationClosed,
   * InvitationRequired.
   */
  async requireOpen(invitation?: string): Promise<void> {
    const { registration } = this.#settings.current
    if (registration === 'open' || registration === 'domains') return
    if (this.admitsInvited && invitation !== undefined) return
    if (await this.#isFirstAccountTaken()) this.#refuse()
  }

  /**
   * Tells whether this canonical address is confirmed before its account is made. An invitation
   * vouches for its user. The first administrator needs no mail server, but one who is named by the
   * address must own it.
   */
  async needsConfirmation(email: string, invitation?: string): Promise<boolean> {
    if (invitation !== undefined) return false
    if (await this.mayBecomeAdministrator(email))
      return this.#administratorEmail !== null && this.#confirmEmail !== false
    return this.#confirmEmail ?? this.#settings.current.registration === 'domains'
  }

  /** Tells whether a registration by domain confirms its address. */
  get confirmsDomains(): boolean {
    return this.#confirmEmail !== false
  }

  /**
   * Checks that an account with this canonical address may be created. Throws what `requireOpen`
   * throws, and InvalidInput for an address of another domain.
   */
  async requireAdmission(email: string, invitation?: string): Promise<void> {
    const { registration } = this.#settings.current
    if (registration === 'open') return
    if (this.admitsInvited && invitation !== undefined) return
    if (await this.mayBecomeAdministrator(email)) return
    this.requireDomain(email)
    if (registration !== 'domains') this.#refuse()
  }

  /**
   * Checks the canonical address that an account is to have. Throws InvalidInput in the mode
   * `domains` for an address of another domain: each change out of the domains would free an
   * address for one more account.
   */
  requireDomain(email: string): void {
    const { registration, registration_domains: domains } = this.#settings.current
    if (registration === 'domains' && !isOfDomains(email, domains))
      throw new InvalidInput({ email: messageKey('otherDomain', displayDomains(domains)) })
  }

  /** Tells whether a person with an invitation may register now. */
  get admitsInvited(): boolean {
    return this.#settings.current.registration !== 'closed'
  }

  #refuse(): never {
    throw this.#settings.current.registration === 'invite'
      ? new InvitationRequired()
      : new RegistrationClosed()
  }

  /**
   * Reads whether the account is there that becomes the administrator by its registration. With a
   * configured address that is an administrator; without, any account that can sign in.
   */
  async #isFirstAccountTaken(): Promise<boolean> {
    if (this.#isTaken) return true
    const condition = this.#administratorEmail === null ? IS_REGISTERED : 'is_admin = 1'
    this.#isTaken = (await this.#db.fetchone(`SELECT id FROM user WHERE ${condition} LIMIT 1`)) !== undefined
    return this.#isTaken
  }
}
