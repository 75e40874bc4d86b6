/** Who may register, and whose account becomes the first administrator. */
import type { Config } from '../../config/load.ts'
import type { Database, Queries } from '../../db/database.ts'
import { InvalidInput, InvitationRequired, RegistrationClosed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { canonicalEmail } from '../../values/email.ts'
import { displayDomains, isOfDomains } from '../../values/registration.ts'
import type { Settings } from '../instance/settings.ts'

export class RegistrationRules {
  readonly #db: Database
  readonly #settings: Pick<Settings, 'current'>
  /** The e-mail address whose account becomes administrator; null: the first account. */
  readonly #administratorEmail: string | null
  /** Whether new addresses are confirmed by mail; null: in the mode `domains`, and a named administrator. */
  readonly #confirmEmail: boolean | null
  /** Cached when true: an installation never loses its last administrator (LastAdmin). */
  #hasAdministrator = false

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
    return this.#administratorEmail === null && !(await this.#findsAdministrator())
  }

  /** Returns whether an account of this address becomes the administrator if it is the first one. */
  async mayBecomeAdministrator(email: string): Promise<boolean> {
    const isNamed = this.#administratorEmail === null || email === this.#administratorEmail
    return isNamed && !(await this.#findsAdministrator())
  }

  /**
   * Reads whether an administrator exists. With a configured address it must be one; without, any
   * account that can sign in.
   */
  async hasAdministrator(queries: Pick<Queries, 'fetchone'>): Promise<boolean> {
    const sql =
      this.#administratorEmail === null
        ? "SELECT id FROM user WHERE password <> '' LIMIT 1"
        : 'SELECT id FROM user WHERE is_admin = 1 LIMIT 1'
    return (await queries.fetchone(sql)) !== undefined
  }

  /**
   * Checks that a person may open the form, with an invitation if there is one. Until there is an
   * administrator anyone may: `requireAdmission` looks at the address. Throws RegistrationClosed,
   * InvitationRequired.
   */
  async requireOpen(invitation?: string): Promise<void> {
    const { registration } = this.#settings.current
    if (registration === 'open' || registration === 'domains') return
    if (registration === 'invite' && invitation !== undefined) return
    if (await this.#findsAdministrator()) this.#refuse()
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

  /**
   * Checks that an account with this canonical address may be created. Throws what `requireOpen`
   * throws, and InvalidInput for an address of another domain.
   */
  async requireAdmission(email: string, invitation?: string): Promise<void> {
    const { registration, registration_domains: domains } = this.#settings.current
    if (registration === 'open') return
    if (registration !== 'closed' && invitation !== undefined) return
    if (registration === 'domains' && isOfDomains(email, domains)) return
    if (await this.mayBecomeAdministrator(email)) return
    if (registration === 'domains')
      throw new InvalidInput({ email: messageKey('otherDomain', displayDomains(domains)) })
    this.#refuse()
  }

  #refuse(): never {
    throw this.#settings.current.registration === 'invite'
      ? new InvitationRequired()
      : new RegistrationClosed()
  }

  async #findsAdministrator(): Promise<boolean> {
    this.#hasAdministrator ||= await this.hasAdministrator(this.#db)
    return this.#hasAdministrator
  }
}
