/** The second factor of accounts: codes by time from an app, and recovery codes that work once. */
import type { Database, Transaction } from '../../db/database.ts'
import { SecondFactorOff, SecondFactorOn, WrongSecondCode } from '../../errors.ts'
import {
  bareCode,
  newRecoveryCodes,
  newTotpSecret,
  totpAddress,
  totpStep
} from '../../values/one-time-codes.ts'
import type { Sealer } from '../../values/sealed.ts'
import { hashOfSecret } from '../../values/secret.ts'
import type { Settings } from '../instance/settings.ts'
import type { Limits } from '../limits/limits.ts'
import type { Accounts } from './accounts.ts'
import { lockAccount } from './lock.ts'
import type { Proof } from './proofs.ts'

/**
 * A secret that is not yet in use. `setup` is the secret for the form that confirms it, sealed for
 * the account.
 */
interface SecondFactorOffer {
  setup: string
  secret: string
  /** What the QR code holds. */
  address: string
}

interface FactorRow {
  totp_secret: string
  totp_step: number
}

/** Removes the second factor of an account. */
export async function removeSecondFactor(tx: Transaction, userId: number): Promise<void> {
  await tx.execute('DELETE FROM recovery_code WHERE user_id = ?', [userId])
  await tx.execute('UPDATE user SET totp_secret = NULL, totp_step = 0 WHERE id = ?', [userId])
}

export class SecondFactor {
  readonly #db: Database
  readonly #accounts: Pick<Accounts, 'get' | 'confirm'>
  readonly #limits: Pick<Limits, 'password'>
  readonly #settings: Pick<Settings, 'current'>
  readonly #sealer: Sealer

  constructor(
    db: Database,
    accounts: Pick<Accounts, 'get' | 'confirm'>,
    limits: Pick<Limits, 'password'>,
    settings: Pick<Settings, 'current'>,
    sealer: Sealer
  ) {
    this.#db = db
    this.#accounts = accounts
    this.#limits = limits
    this.#settings = settings
    this.#sealer = sealer
  }

  /** Offers a secret: that of `setup` if it was sealed for this account, otherwise a new one. */
  async offer(userId: number, setup = ''): Promise<SecondFactorOffer> {
    const { email } = await this.#accounts.get(userId)
    const opened = this.#sealer.open(setup, `setup ${userId}`)
    const secret = opened?.text ?? newTotpSecret()
    return {
      setup: opened ? setup : this.#sealer.seal(secret, `setup ${userId}`),
      secret,
      address: totpAddress(secret, this.#settings.current.name, email)
    }
  }

  /**
   * Turns the second factor on with the secret of an offer, and returns recovery codes. Throws
   * WrongPassword, SignInAgain, WrongSecondCode, SecondFactorOn, SignInRequired.
   */
  async turnOn(userId: number, proof: Proof, setup: string, code: string): Promise<string[]> {
    const password = await this.#accounts.confirm(userId, proof)
    const opened = this.#sealer.open(setup, `setup ${userId}`)
    const step = opened && totpStep(opened.text, bareCode(code), Date.now())
    if (!opened || step === undefined) throw new WrongSecondCode('code')
    const sealed = this.#sealer.seal(opened.text, String(userId))
    return this.#db.transaction(async tx => {
      const { totp_secret } = await lockAccount(tx, userId, { password })
      if (totp_secret !== null) throw new SecondFactorOn()
      await tx.execute('UPDATE user SET totp_secret = ?, totp_step = ? WHERE id = ?', [sealed, step, userId])
      return this.#replaceCodes(tx, userId)
    })
  }

  /**
   * Turns the second factor off. Throws WrongPassword, SignInAgain, WrongSecondCode,
   * SecondFactorOff, SignInRequired.
   */
  async turnOff(userId: number, proof: Proof, code: string): Promise<void> {
    await this.#proved(userId, proof, code, tx => removeSecondFactor(tx, userId))
  }

  /** Replaces the recovery codes and returns the new ones. Throws like `turnOff`. */
  async renewCodes(userId: number, proof: Proof, code: string): Promise<string[]> {
    return this.#proved(userId, proof, code, tx => this.#replaceCodes(tx, userId))
  }

  /** Checks the proof and the code, then changes the factor under the account's lock. */
  async #proved<T>(
    userId: number,
    proof: Proof,
    code: string,
    change: (tx: Transaction) => Promise<T>
  ): Promise<T> {
    const password = await this.#accounts.confirm(userId, proof)
    await this.check(userId, code, null)
    return this.#db.transaction(async tx => {
      const { totp_secret } = await lockAccount(tx, userId, { password })
      if (totp_secret === null) throw new SecondFactorOff()
      return change(tx)
    })
  }

  /** Counts the recovery codes that are left. */
  async codesLeft(userId: number): Promise<number> {
    const sql = 'SELECT COUNT(*) AS n FROM recovery_code WHERE user_id = ?'
    return (await this.#db.fetchone<{ n: number }>(sql, [userId]))?.n ?? 0
  }

  /**
   * Uses a code up, for a client at this address; null for a signed-in user. Wrong ones count like
   * wrong passwords. Throws WrongSecondCode, SecondFactorOff, TooManyPasswords.
   */
  async check(userId: number, code: string, address: string | null): Promise<void> {
    const sql = 'SELECT totp_secret, totp_step FROM user WHERE id = ? AND totp_secret IS NOT NULL'
    const row = await this.#db.fetchone<FactorRow>(sql, [userId])
    if (!row) throw new SecondFactorOff()
    const accept = () => this.#accept(userId, bareCode(code), row)
    if (!(await this.#limits.password(String(userId), address, accept))) throw new WrongSecondCode('code')
  }

  /** Each statement changes a row for one client only: replicas accept a code once. */
  async #accept(userId: number, code: string, row: FactorRow): Promise<boolean> {
    if (!/^\d{6}$/.test(code)) {
      const sql = 'DELETE FROM recovery_code WHERE user_id = ? AND code_hash = ?'
      return (await this.#db.execute(sql, [userId, hashOfSecret(code)])).affectedRows === 1
    }
    const opened = this.#sealer.open(row.totp_secret, String(userId))
    const step = opened && totpStep(opened.text, code, Date.now())
    if (!opened || step === undefined) return false
    const sealed = opened.isOutdated ? this.#sealer.seal(opened.text, String(userId)) : row.totp_secret
    const { affectedRows } = await this.#db.execute(
      'UPDATE user SET totp_step = ?, totp_secret = ? WHERE id = ? AND totp_step < ? AND totp_secret = ?',
      [step, sealed, userId, step, row.totp_secret]
    )
    return affectedRows === 1
  }

  async #replaceCodes(tx: Transaction, userId: number): Promise<string[]> {
    const codes = newRecoveryCodes()
    await tx.execute('DELETE FROM recovery_code WHERE user_id = ?', [userId])
    const rows = codes.map(code => [userId, hashOfSecret(bareCode(code))])
    await tx.execute('INSERT INTO recovery_code (user_id, code_hash) VALUES ?', [rows])
    return codes
  }
}
