/**
 * Who accounts are at an OpenID provider: sign-in by issuer and subject, never by e-mail address.
 */
import type { Database, Queries } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import {
  AccountBlocked,
  AccountConnected,
  AccountTaken,
  EmailMissing,
  EmailTaken,
  IdentityTaken,
  NotConnected,
  OnlyWayIn
} from '../../errors.ts'
import type { Config } from '../../config/load.ts'
import type { Claims } from '../../schemas/identity.ts'
import type { Administration } from './administration.ts'
import { lockAccount } from './lock.ts'
import { hasPassword } from './passwords.ts'
import type { SessionUser, User } from './user-row.ts'
import type { Users } from './users.ts'

/** An identity of an account. */
export interface Identity {
  issuer: string
  subject: string
  create_time: string
}

type Key = Pick<Claims, 'issuer' | 'subject'>

const insertIdentity = (queries: Pick<Queries, 'execute'>, { issuer, subject }: Key, userId: number) =>
  queries.execute('INSERT INTO external_identity (issuer, subject, user_id) VALUES (?, ?, ?)', [
    issuer,
    subject,
    userId
  ])

export class Identities {
  readonly #db: Database
  readonly #users: Pick<Users, 'find' | 'registerWithoutPassword'>
  readonly #administration: Pick<Administration, 'followGroup'>
  readonly #settings: Config['signIn']

  constructor(
    db: Database,
    users: Pick<Users, 'find' | 'registerWithoutPassword'>,
    administration: Pick<Administration, 'followGroup'>,
    settings: Config['signIn']
  ) {
    this.#db = db
    this.#users = users
    this.#administration = administration
    this.#settings = settings
  }

  /**
   * Returns the user of these claims, for a client at this address; the first time, of a new
   * account. Throws AccountBlocked, NotConnected, EmailMissing, EmailTaken, and the errors of a
   * registration.
   */
  async signIn(claims: Claims, address: string): Promise<User> {
    const id = (await this.#ownerOf(claims)) ?? (await this.#register(claims, address))
    const group = this.#settings.oidc?.adminGroup
    if (group && (await this.#users.find(id)))
      await this.#administration.followGroup(id, group, claims.groups.includes(group))
    const user = await this.#users.find(id)
    if (!user) throw new AccountBlocked()
    return user
  }

  /** Lists the identities of an account. */
  list(userId: number): Promise<Identity[]> {
    const sql =
      'SELECT issuer, subject, create_time FROM external_identity WHERE user_id = ? ORDER BY create_time'
    return this.#db.select<Identity>(sql, [userId])
  }

  /**
   * Connects an account. Does nothing if it is connected to this identity. Throws IdentityTaken,
   * AccountConnected, and SignInRequired, also where the user's session has ended meanwhile.
   */
  async connect({ id: userId, session_epoch }: SessionUser, key: Key): Promise<void> {
    try {
      await this.#db.transaction(async tx => {
        await lockAccount(tx, userId, { session_epoch })
        await insertIdentity(tx, key, userId)
      })
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      const owner = await this.#ownerOf(key)
      if (owner !== userId) throw owner === undefined ? new AccountConnected() : new IdentityTaken()
    }
  }

  /** Removes the identities of an account. Throws OnlyWayIn, SignInRequired. */
  disconnect(userId: number): Promise<void> {
    return this.#db.transaction(async tx => {
      const { password } = await lockAccount(tx, userId)
      if (!this.#settings.passwords || !hasPassword(password)) throw new OnlyWayIn()
      await tx.execute('DELETE FROM external_identity WHERE user_id = ?', [userId])
    })
  }

  async #ownerOf({ issuer, subject }: Key): Promise<number | undefined> {
    const sql = 'SELECT user_id FROM external_identity WHERE issuer = ? AND subject = ?'
    return (await this.#db.fetchone<{ user_id: number }>(sql, [issuer, subject]))?.user_id
  }

  async #register(claims: Claims, address: string): Promise<number> {
    const { name, email, isVerified } = claims
    if (!this.#settings.oidc?.autoRegister) throw new NotConnected()
    if (email === null) throw new EmailMissing()
    try {
      const person = { name, email, isVerified }
      const user = await this.#users.registerWithoutPassword(person, address, (queries, id) =>
        insertIdentity(queries, claims, id)
      )
      return user.id
    } catch (error) {
      if (!(error instanceof AccountTaken)) throw error
      const id = await this.#ownerOf(claims) // two tabs may register at once
      if (id === undefined) throw new EmailTaken({ cause: error })
      return id
    }
  }
}
