/**
 * Deletes accounts: their polls, their names, and the link between them and their votes. Every
 * tally stays correct.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../../db/database.ts'
import { Deadlock } from '../../db/errors.ts'
import { thenPublish } from '../../db/then-publish.ts'
import { inParts } from '../../values/parts.ts'
import { recordAct } from '../instance/admin-log.ts'
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
import { voidLinksMadeBy } from './made-links.ts'
import { removeSecondFactor } from './second-factor.ts'

type Work = (tx: Transaction) => Promise<unknown>

const nothing = async () => {}

/** The polls that are deleted together with an account. */
export interface Loss {
  polls: number
  /** Number of voters in these polls. */
  votes: number
}

/** Own polls that one transaction removes. */
const POLLS_IN_TRANSACTION = 20
/** Ballots that one transaction settles: votes of others in their polls wait for it. */
const BALLOTS_IN_TRANSACTION = 50
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
   * `onChange` is called with the questions whose tally or settings may have changed, `onFailure`
   * with the error that left rows of a deleted account, which nothing tries again, and its id.
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

  /** Deletes account and polls. Throws WrongPassword, SignInAgain, LastAdmin, SignInRequired. */
  async remove(id: number, proof: Proof, fate: VotesFate): Promise<void> {
    const hash = await this.#accounts.confirm(id, proof)
    await this.#resign(id, hash)
    const check = (tx: Transaction) => lockAccount(tx, id, { password: hash })
    await this.#clear(id, fate, check, tx => this.#erase(tx, id, hash))
    // A concurrent request may have added a vote or a poll. If this second run fails, they stay
    // with the nameless row of the account.
    await this.#clear(id, fate, nothing, nothing).catch(error => this.#onFailure(error, id))
    await this.#db.scrub().catch(error => this.#onFailure(error, id))
  }

  /**
   * Ends the rights of an administrator and the links that the administrator has made, so that the
   * last one is refused before anything is deleted, and so is one of two at once.
   */
  async #resign(id: number, hash: string) {
    const sql = 'SELECT id FROM user WHERE id = ? AND is_admin = 1'
    if (!(await this.#db.fetchone(sql, [id]))) return
    await this.#attempt([], async tx => {
      await requireOtherAdmin(tx, id)
      await lockAccount(tx, id, { password: hash })
      await tx.execute('UPDATE user SET is_admin = 0 WHERE id = ?', [id])
      await recordAct(tx, { admin: id, act: 'remove_admin', user: id })
      await voidLinksMadeBy(tx, id, id)
    })
  }

  /**
   * Removes the polls of the account and settles its votes, some in each transaction, so that votes
   * of others wait for one of these at most. Each leaves all counters correct, and is rolled back
   * if `check` throws; the last one ends with `finish`. After an error in between the account is
   * still there, and a repeated deletion goes on with what is left.
   */
  async #clear(id: number, fate: VotesFate, check: Work, finish: Work) {
    for (const part of inParts(await this.#questionsOf(id), POLLS_IN_TRANSACTION))
      await this.#attempt(part, async tx => {
        await this.#removePolls(tx, part)
        await check(tx)
      })
    void this.#removals.sweep()
    const key = accountVoterKey(id)
    const hidden = await this.#pollKeys.votersOf(key)
    for (const part of inParts(await this.#departed.votedIn(key, hidden), BALLOTS_IN_TRANSACTION)) {
      const questions = part.map(({ question }) => question)
      await this.#attempt(questions, async tx => {
        await this.#departed.settle(tx, part, fate)
        await check(tx)
      })
    }
    await this.#attempt([], async tx => {
      await forgetSuggester(tx, [key, ...hidden.map(({ voter }) => voter)])
      await finish(tx)
    })
  }

  /** Runs `work`, which changes these questions, in a transaction. Retries after a deadlock. */
  async #attempt(questions: readonly number[], work: Work) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await thenPublish(this.#db.transaction(work), () => this.#onChange(questions))
      } catch (error) {
        if (!(error instanceof Deadlock) || attempt === MAX_ATTEMPTS) throw error
        await delay(attempt * RETRY_DELAY_MS * Math.random())
      }
    }
  }

  /** Clears the row of the account. The row stays, so that its id is never used again. */
  async #erase(tx: Transaction, id: number, hash: string) {
    await requireOtherAdmin(tx, id)
    await lockAccount(tx, id, { password: hash })
    await tx.execute('DELETE FROM password_reset WHERE user_id = ?', [id])
    await tx.execute('DELETE FROM token WHERE user_id = ?', [id])
    await tx.execute('DELETE FROM external_identity WHERE user_id = ?', [id])
    await removeEmailChange(tx, id)
    await removeMail(tx, 'user_id', id)
    await removeSecondFactor(tx, id)
    await removeDigest(tx, id)
    await removeWebhooksOf(tx, 'user_id', id)
    await removeRoomsOf(tx, id)
    await removeTemplatesOf(tx, id)
    await tx.execute(
      `UPDATE user SET delete_flag = 1, name = '', email = ?, phone = NULL, password = '', locale = NULL, search_text = '',
         is_admin = 0, session_epoch = session_epoch + 1 WHERE id = ?`,
      [`deleted-${id}`, id] // unique, and no valid address: it has no @
    )
  }

  /** Removes those of these polls that are not removed yet, and erases the texts of all. */
  async #removePolls(tx: Transaction, questions: readonly number[]) {
    const sql = `SELECT id, delete_flag FROM question WHERE id IN (?) ORDER BY id ${tx.dialect.forUpdate}`
    const rows = await tx.select<{ id: number; delete_flag: number }>(sql, [questions])
    for (const { id, delete_flag } of rows)
      if (delete_flag === 0) await this.#removals.remove(tx, id, REMOVED_BY_OWNER)
    tx.beforeCommit(
      "UPDATE question SET question_text = '', search_text = '', description = '', request_hash = NULL WHERE id IN (?)",
      [questions]
    )
    tx.beforeCommit("UPDATE choice SET choice_text = '' WHERE question_id IN (?)", [questions])
  }

  /** Returns the polls of the account of which more is left than the row. */
  async #questionsOf(id: number): Promise<number[]> {
    const sql =
      "SELECT id FROM question WHERE user_id = ? AND (delete_flag = 0 OR question_text <> '') ORDER BY id"
    const rows = await this.#db.select<{ id: number }>(sql, [id])
    return rows.map(row => row.id)
  }
}
