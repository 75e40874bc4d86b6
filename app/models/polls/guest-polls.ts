/**
 * Polls of guests: made without an account, managed by a secret link until an account claims them.
 */
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database } from '../../db/database.ts'
import { NonceUsed } from '../../errors.ts'
import { hashOfSecret, linkToken } from '../../values/secret.ts'
import { lockAccount } from '../accounts/lock.ts'
import { startDigestFromNow } from '../mail/digests.ts'
import { startPollFromNow } from '../webhooks/webhooks.ts'
import type { Draft } from './draft.ts'
import type { LockedPolls, Owner } from './locked-poll.ts'
import type { Management } from './management.ts'
import { findManagers, type Manager, removeManager } from './manager-rows.ts'
import type { Question } from './question-row.ts'

/** A new poll of a guest; its token is told this once. */
export interface GuestPoll {
  slug: string
  token: string
}

type Creation = Pick<Management, 'create' | 'duplicate'>

export class GuestPolls {
  readonly #secret: string
  readonly #management: Creation
  readonly #polls: LockedPolls
  readonly #find: (hash: string) => Promise<Manager | undefined>

  /** `secret` makes tokens. */
  constructor(db: Database, secret: string, management: Creation, polls: LockedPolls) {
    this.#secret = secret
    this.#management = management
    this.#polls = polls
    this.#find = createBatchLoader(async (hashes: string[]) => {
      const found = await findManagers(db, hashes)
      return new Map(found.map(manager => [manager.hash, manager]))
    })
  }

  /** Finds what a token is good for; undefined if there is no such token, or none any more. */
  find(token: string): Promise<Manager | undefined> {
    return this.#find(hashOfSecret(token))
  }

  /**
   * Creates a poll without an account. A repeat with the same nonce returns the same poll with the
   * same token, so that a lost answer loses no poll: the nonce must be as hard to guess as a token.
   * Throws InvalidInput, NonceUsed.
   */
  create(draft: Draft, nonce: string): Promise<GuestPoll> {
    return this.#make(nonce, owner => this.#management.create(owner, draft, nonce))
  }

  /** Creates a poll like this one, as `create` does. */
  duplicate(question: Question, nonce: string): Promise<GuestPoll> {
    return this.#make(nonce, owner => this.#management.duplicate(owner, question, nonce))
  }

  /**
   * Gives the poll to an account, and ends its manage link. Throws ManageLinkInvalid,
   * SignInRequired.
   */
  async claim({ question, hash }: Manager, user: number): Promise<void> {
    await this.#polls.change(question, { owner: hash }, async tx => {
      await lockAccount(tx, user)
      await removeManager(tx, question)
      await tx.execute('UPDATE question SET user_id = ? WHERE id = ?', [user, question])
      await startPollFromNow(tx, { user, question })
      await startDigestFromNow(tx, { user, question })
    })
  }

  async #make(nonce: string, create: (owner: Owner) => Promise<string>): Promise<GuestPoll> {
    const token = linkToken(this.#secret, `manage ${nonce}`)
    const slug = await create(hashOfSecret(token))
    if (!(await this.find(token))) throw new NonceUsed(slug) // claimed since the first request
    return { slug, token }
  }
}
