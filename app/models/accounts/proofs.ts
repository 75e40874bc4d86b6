/**
 * What confirms that the client is the owner of an account: its password, or a sign-in just now.
 */
import type { Config } from '../../config/load.ts'
import { InvalidInput, SignInAgain, WrongPassword } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import type { Limits } from '../limits/limits.ts'
import { hasPassword, type Passwords } from './passwords.ts'

/** What the client sends, beside its session. */
export interface Proof {
  /** The current password. */
  current: string
  /** When the session began, in milliseconds since 1970: where no password is asked for. */
  since: number
}

/** A sign-in confirms an account for this long. */
const FRESH_SESSION_MS = 600_000

export class Proofs {
  readonly #passwords: Pick<Passwords, 'verify'>
  readonly #limits: Pick<Limits, 'password'>
  readonly #signIn: Pick<Config['signIn'], 'passwords'>

  constructor(
    passwords: Pick<Passwords, 'verify'>,
    limits: Pick<Limits, 'password'>,
    signIn: Pick<Config['signIn'], 'passwords'>
  ) {
    this.#passwords = passwords
    this.#limits = limits
    this.#signIn = signIn
  }

  /**
   * Tells whether the account proves itself by its password: not if it has none, or if
   * `signIn.passwords` is false. `password`: the stored hash.
   */
  asksPassword({ password }: { password: string }): boolean {
    return this.#signIn.passwords && hasPassword(password)
  }

  /**
   * Checks the proof. Returns when the identity was proved: now by the password, or at the sign-in.
   * Throws SignInAgain, InvalidInput, WrongPassword, TooManyPasswords, Busy.
   */
  async check(account: { id: number; password: string }, { current, since }: Proof): Promise<number> {
    if (!this.asksPassword(account)) {
      if (Date.now() - since > FRESH_SESSION_MS) throw new SignInAgain('current')
      return since
    }
    if (current === '') throw new InvalidInput({ current: messageKey('yourPassword') })
    const verify = () => this.#passwords.verify(current, account.password)
    const isRight = await this.#limits.password(String(account.id), null, verify)
    if (!isRight) throw new WrongPassword('current')
    return Date.now()
  }
}
