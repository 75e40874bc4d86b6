/**
 * Deletes accounts: their polls, their names, and the link between them and their votes. Every
 * tally stays correct.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../../db/database.ts'
import { Deadlock } from '../../db/errors.ts'
import { removeDigest } from '../mail/digests.ts'
import { removeMail } from '../mail/outbox.ts'
import type { Removals } from '../polls/removal.ts'
import { REMOVED_BY_OWNER } from '../polls/removed.ts'
import { removeTemplatesOf } from '../polls/templates.ts'
import { removeRoomsOf } from '../rooms/room-removal.ts'
import { removeWebhooksOf } from '../webhooks/webhooks.ts'
import { DepartedVoters, type VotesFate } from '../voting/departed-voter.ts'
import type { PollKeys } from '../voting/poll-keys.ts'
import { forgetSuggester } from '../voting/suggestion-rows.ts'
import { accountVoterKey } from '../voting/voter-key.ts'
import type { Accounts } from './accounts.ts'
import type { Proof } from './proofs.ts'
import { requireOtherAdmin } from './administration.ts'
import { removeEmailChange } from './links.ts'
import { lockAccount } from './lock.ts'
import { removeSecondFactor } from './second-factor.ts'

/** The polls that are deleted together with an account. */
export interface Loss {
  polls: number
  /** Number of voters in these polls. */
  votes: number
}

const MAX_ATTEMPTS = 5
/**
 * Bounds the random delay before a transaction is retried after a deadlock. Grows with each
 * attempt.
 */
const RETRY_DELAY_MS = 20

export class Deletion {
  readonly #db: Database
  readonly #accounts: Pick<Accounts, 'confirm'>
  readonly #removals: Pick<Removals, 'remove' | 'sweep'>
  readonly #pollKeys: Pick<PollKeys, 'votersOf'>
  readonly #departed: DepartedVoters
  readonly #onChange: (questionIds: Iterable<number>) => void
  readonly #onFailure: (error: unknown, user: number) => void

  /**
   * `onChange` is called with the questions whose tally or settings may have changed, `onFailure` with the error that left
   * votes or polls of a deleted account, and its id. Nothing tries that again.
   */
  constructor(
    db: Database,
    accounts: Pick<Accounts, 'confirm'>,
    removals: Pick<Removals, 'remove' | 'sweep'>,
    pollKeys: Pick<PollKeys, 'votersOf'>,
    onChange: (questionIds: Iterable<number>) => void,
    onFailure: (error: unknown, user: number) => void
  ) {
    this.#db = db
    this.#accounts = accounts
    this.#removals = removals
    this.#pollKeys = pollKeys
    this.#departed = new DepartedVoters(db)
    this.#onChange = onChange
    this.#onFailure = onFailure
  }

  /** Counts what a deletion of this account would delete. */
  async lossOf(id: number): Promise<Loss> {
    const sql = 'SELECT voters FROM question WHERE user_id = ? AND delete_flag = 0'
    const polls = await this.#db.select<{ voters: number }>(sql, [id])
    return { polls: polls.length, votes: polls.reduce((sum, { voters }) => sum + voters, 0) }
  }

  /** Deletes the account and its polls. Throws WrongPassword, SignInAgain, LastAdmin, SignInRequired. */
  async remove(id: number, proof: Proof, fate: VotesFate): Promise<void> {
    const hash = await this.#accounts.confirm(id, proof)
    await this.#clear(id, fate, tx => this.#erase(tx, id, hash))
    // A concurrent request may have added a vote or a poll. If this second run fails, they stay
    // with the nameless row of the account.
    await this.#clear(id, fate, async () => {}).catch(error => this.#onFailure(error, id))
  }

  /**
   * Removes votes and polls of the account and runs `work`, in one transaction. Retries after a
   * deadlock.
   */
  async #clear(id: number, fate: VotesFate, work: (tx: Transaction) => Promise<void>) {
    for (let attempt = 1; ; attempt++) {
      const key = accountVoterKey(id)
      const hidden = await this.#pollKeys.votersOf(key)
      const voted = await this.#departed.votedIn(key, hidden)
      const ownIds = await this.#questionsOf(id)
      try {
        await this.#db.transaction(async tx => {
          const locked = await this.#departed.settle(tx, {
            voted,
            own: ownIds,
            fate
          })
          const presentIds = ownIds.filter(ownId => !locked.get(ownId)?.delete_flag)
          for (const ownId of presentIds) await this.#removals.remove(tx, ownId, REMOVED_BY_OWNER)
          await this.#eraseTexts(tx, ownIds)
          await forgetSuggester(tx, [key, ...hidden.map(({ voter }) => voter)])
          await work(tx)
        })
        void this.#removals.sweep()
        this.#onChange([...voted.map(({ question }) => question), ...ownIds])
        return
      } catch (error) {
        if (!(error instanceof Deadlock) || attempt === MAX_ATTEMPTS) throw error
        await delay(attempt * RETRY_DELAY_MS * Math.random())
      }
    }
  }

  /** Clears the row of the account. The row stays, so that its id is never used again. */
  async #erase(tx: Transaction, id: number, hash: string) {
    await requireOtherAdmin(tx, id, this.#db.dialect.forUpdate)
    await lockAccount(tx, id, this.#db.dialect, { password: hash })
    await tx.execute('DELETE FROM password_reset WHERE user_id = ?', [id])
    await tx.execute('DELETE FROM token WHERE user_id = ?', [id])
    await tx.execute('DELETE FROM external_identity WHERE user_id = ?', [id])
    await removeEmailChange(tx, id)
    await removeMail(tx, 'user_id', id)
    await removeSecondFactor(tx, id)
    await removeDigest(tx, id)
    await removeWebhooksOf(tx, this.#db.dialect, 'user_id', id)
    await removeRoomsOf(tx, id)
    await removeTemplatesOf(tx, id)
    await tx.execute(
      `UPDATE user SET delete_flag = 1, name = '', email = ?, phone = NULL, password = '', locale = NULL, search_text = '',
         is_admin = 0, session_epoch = session_epoch + 1 WHERE id = ?`,
      [`deleted-${id}`, id] // unique, and no valid address: it has no @
    )
  }

  async #eraseTexts(tx: Transaction, questionIds: number[]) {
    if (questionIds.length === 0) return
    await tx.execute(
      "UPDATE question SET question_text = '', search_text = '', description = '', request_hash = NULL WHERE id IN (?)",
      [questionIds]
    )
    await tx.execute("UPDATE choice SET choice_text = '' WHERE question_id IN (?)", [questionIds])
  }

  async #questionsOf(id: number): Promise<number[]> {
    const rows = await this.#db.select<{ id: number }>('SELECT id FROM question WHERE user_id = ?', [id])
    return rows.map(row => row.id)
  }
}
