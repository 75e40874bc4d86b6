/** Tokens: secrets of programs that act for an account, each with its scopes. */
import { randomBytes } from 'node:crypto'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database } from '../../db/database.ts'
import { InvalidInput, TooManyTokens } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { fromDatabase } from '../../values/time.ts'
import type { TokenScope } from '../../values/token-scopes.ts'
import { lockAccount } from './lock.ts'
import { IS_ACTIVE, type SessionUser, type User, type UserRow } from './user-row.ts'

/** More than one person uses. Bounds a page and a table. */
const MAX_TOKENS = 50
/** The last use is stored once in this time: it is no reason for a write with every request. */
const USE_INTERVAL_MS = 3_600_000
/** Uses are collected for this time: an UPDATE for each would cost as much as a vote. */
const USE_DELAY_MS = 500
/** Tokens in one statement. The next use of any other stores it. */
const MAX_STORED_USES = 1_000

/** `vote_` lets scanners for leaked secrets find a token; 256 random bits follow. */
const FORM = /^vote_[\w-]{43}$/

/** A token as its owner sees it; times are UTC. */
export interface Token {
  id: number
  name: string
  scopes: TokenScope[]
  expires_time: string | null
  /** Last use, precise to an hour. */
  used_time: string | null
  create_time: string
}

/** The owner of a valid token, and what the token may do. */
export interface TokenIdentity {
  user: User
  scopes: ReadonlySet<string>
}

interface TokenRow extends Omit<Token, 'scopes'> {
  scopes: string
}

type IdentityRow = Omit<UserRow, 'is_admin' | 'second_factor'> & {
  token_hash: string
  token_id: number
  scopes: string
  used_time: string | null
  now: string
}

const isDue = ({ used_time, now }: IdentityRow) =>
  used_time === null || fromDatabase(now) - fromDatabase(used_time) > USE_INTERVAL_MS

const COLUMNS = 'id, name, scopes, expires_time, used_time, create_time'
const toToken = ({ scopes, ...row }: TokenRow): Token => ({
  ...row,
  scopes: scopes.split(' ') as TokenScope[]
})

/** Tokens that are in use: a lookup joins them with their owners. */
export class Tokens {
  readonly #db: Database
  readonly #used = new Set<number>()
  readonly #load: (hash: string) => Promise<IdentityRow | undefined>

  constructor(db: Database) {
    this.#db = db
    this.#load = createBatchLoader((hashes: string[]) => this.#identities(hashes))
  }

  /**
   * Finds the owner of a token. Undefined if the token is unknown, expired or revoked, or if its
   * owner is disabled. Nothing is cached: a revoked token is refused by every process at once.
   */
  async find(token: string): Promise<TokenIdentity | undefined> {
    if (!FORM.test(token)) return undefined
    const row = await this.#load(hashOfSecret(token))
    if (!row) return undefined
    const { id, name, session_epoch, locale } = row
    if (isDue(row)) this.#noteUse(row.token_id)
    // A token never has the rights of an administrator.
    return {
      user: { id, name, session_epoch, locale, is_admin: false, second_factor: false },
      scopes: new Set(row.scopes.split(' '))
    }
  }

  /**
   * Creates a token and returns it, this once. Throws InvalidInput, TooManyTokens, and
   * SignInRequired, also where the user's session has ended meanwhile.
   */
  create(
    { id: userId, session_epoch }: SessionUser,
    { name, scopes, expires }: { name: string; scopes: TokenScope[]; expires: string | null }
  ) {
    const token = `vote_${randomBytes(32).toString('base64url')}`
    return this.#db.transaction(async tx => {
      const { now } = await lockAccount(tx, userId, { session_epoch })
      if (expires !== null && expires <= now) throw new InvalidInput({ expires: messageKey('timeIsOver') })
      const present = await tx.select('SELECT id FROM token WHERE user_id = ?', [userId])
      if (present.length >= MAX_TOKENS) throw new TooManyTokens()
      const { insertId } = await tx.execute(
        'INSERT INTO token (user_id, token_hash, name, scopes, expires_time) VALUES (?, ?, ?, ?, ?)',
        [userId, hashOfSecret(token), name, scopes.join(' '), expires]
      )
      const row = await tx.fetchone<TokenRow>(`SELECT ${COLUMNS} FROM token WHERE id = ?`, [insertId])
      return { ...toToken(row!), token }
    })
  }

  /** Lists the tokens of an account, the newest first. Expired ones stay until they are revoked. */
  async list(userId: number): Promise<Token[]> {
    const sql = `SELECT ${COLUMNS} FROM token WHERE user_id = ? ORDER BY id DESC`
    return (await this.#db.select<TokenRow>(sql, [userId])).map(toToken)
  }

  /** Revokes a token. Succeeds if the account has no such token. */
  async revoke(userId: number, id: number): Promise<void> {
    await this.#db.execute('DELETE FROM token WHERE id = ? AND user_id = ?', [id, userId])
  }

  async #identities(hashes: string[]): Promise<Map<unknown, IdentityRow>> {
    const { clock } = this.#db.dialect
    const rows = await this.#db.select<IdentityRow>(
      `SELECT t.token_hash, t.id AS token_id, t.scopes, t.used_time, u.id, u.name, u.session_epoch, u.locale,
         ${clock} AS now
       FROM token t JOIN user u ON u.id = t.user_id
       WHERE t.token_hash IN (?) AND (t.expires_time IS NULL OR t.expires_time > ${clock}) AND ${IS_ACTIVE}`,
      [hashes]
    )
    return new Map(rows.map(row => [row.token_hash, row]))
  }

  #noteUse(id: number) {
    if (this.#used.size === 0) setTimeout(() => void this.#storeUses(), USE_DELAY_MS).unref()
    this.#used.add(id)
  }

  /** Stores the last use of many tokens in one statement. */
  async #storeUses() {
    const ids = [...this.#used].slice(0, MAX_STORED_USES)
    this.#used.clear()
    try {
      const sql = `UPDATE token SET used_time = ${this.#db.dialect.clock} WHERE id IN (?)`
      await this.#db.execute(sql, [ids])
    } catch {
      // the next use stores it
    }
  }
}
