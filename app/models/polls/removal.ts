/** Deletes the votes of removed polls in chunks, then their texts. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Transaction } from '../../db/database.ts'
import { attemptEach } from '../attempt-each.ts'
import { removeFromRooms } from '../rooms/room-removal.ts'
import { removeReportsOf } from '../instance/reports.ts'
import { removeInvitationsOf } from '../voting/invitation-rows.ts'
import { erasePollKey } from '../voting/poll-keys.ts'
import { removeSuggestionsOf } from '../voting/suggestion-rows.ts'
import { countVoters, countVotes } from '../voting/tally-changes.ts'
import { removePollNews } from '../webhooks/deliveries.ts'
import { removeWebhooksOf } from '../webhooks/webhooks.ts'
import { idRanges } from './id-ranges.ts'

/**
 * Ballots that one transaction deletes: about 10 ms, in which voters of other polls may wait behind
 * it.
 */
const CHUNK_SIZE = 1_000
const RETRY_DELAY_MS = 5_000

/** How many ids one statement looks through: no index finds removed polls. */
const QUESTIONS_IN_CHUNK = 20_000

/** Revision 0: nothing of the poll is left but its row. */
const ERASED = `question_text = '', search_text = '', description = '', request_hash = NULL, decision_text = NULL,
  decided_id = NULL, embed_origins = NULL, retention_days = NULL, edits = 0, revision = 0`
/**
 * Where the texts of a poll are, beside its row. Reports are deleted twice, because one may arrive
 * while the poll is being removed. The history is deleted by the next migration:
 * app/db/migrations/grants.ts.
 */
const CONTENTS = ['webhook_state', 'webhook_delivery', 'choice', 'report']

/** Removes polls and deletes their votes in pieces. */
export class Removals {
  readonly #db: Database
  readonly #onFailure: (error: unknown) => void
  readonly #chunkSize: number
  readonly #closing = new AbortController()
  #isRequested = false
  #isScrubDue = false
  #running: Promise<void> | undefined

  /** `onFailure` is called with the error of a piece that is tried again later. */
  constructor(db: Database, onFailure: (error: unknown) => void, chunkSize = CHUNK_SIZE) {
    this.#db = db
    this.#onFailure = onFailure
    this.#chunkSize = chunkSize
  }

  /**
   * Removes a question whose row is locked, with its first ballots. The caller sweeps after COMMIT.
   */
  async remove(tx: Transaction, question: number, flag: number): Promise<void> {
    const sql = `UPDATE question SET delete_flag = ?, tally_version = tally_version + 1,
      removed_time = ${tx.dialect.clock} WHERE id = ?`
    await tx.execute(sql, [flag, question])
    await removeWebhooksOf(tx, 'question_id', question)
    await removePollNews(tx, question)
    await removeFromRooms(tx, question)
    await removeReportsOf(tx, question)
    await removeInvitationsOf(tx, question)
    await removeSuggestionsOf(tx, question)
    await erasePollKey(tx, question)
    await this.#deleteChunk(tx, question)
  }

  /**
   * Deletes the remaining votes and texts of all removed polls. Several processes may do so at the
   * same time.
   */
  sweep(): Promise<void> {
    this.#isRequested = true
    this.#running ??= this.#run()
    return this.#running
  }

  /** Stops between two pieces; the next start goes on. */
  async close() {
    this.#closing.abort()
    await this.#running
  }

  async #run() {
    const { signal } = this.#closing
    while (this.#isRequested && !signal.aborted) {
      this.#isRequested = false
      const isDone = await this.#eraseRemoved().catch((error: unknown) => {
        this.#onFailure(error)
        return false
      })
      if (isDone) continue
      this.#isRequested = true
      await delay(RETRY_DELAY_MS, undefined, { signal }).catch(() => {})
    }
    this.#running = undefined
  }

  /**
   * Erases the removed polls of which something is left. Their rows stay: their addresses tell that
   * they were removed. Returns whether none failed.
   */
  async #eraseRemoved(): Promise<boolean> {
    const sql = 'SELECT id FROM question WHERE id > ? AND id <= ? AND delete_flag <> 0 AND revision <> 0'
    let isDone = true
    for await (const { after, upTo } of idRanges(this.#db, QUESTIONS_IN_CHUNK)) {
      if (this.#closing.signal.aborted) return true
      const removed = await this.#db.select<{ id: number }>(sql, [after, upTo])
      const erased = await attemptEach(removed, ({ id }) => this.#erase(id), this.#onFailure)
      isDone &&= erased.length === removed.length
    }
    if (this.#isScrubDue) await this.#db.scrub()
    this.#isScrubDue = false
    return isDone
  }

  /** Deletes the ballots of a removed poll in chunks, and its texts with the last one. */
  async #erase(question: number) {
    let isDone = false
    while (!isDone && !this.#closing.signal.aborted) {
      isDone = await this.#db.transaction(async tx => {
        await tx.fetchone(`SELECT id FROM question WHERE id = ? ${tx.dialect.forUpdate}`, [question])
        if (!(await this.#deleteChunk(tx, question))) return false
        for (const table of CONTENTS)
          await tx.execute(`DELETE FROM ${table} WHERE question_id = ?`, [question])
        await tx.execute(`UPDATE question SET ${ERASED} WHERE id = ?`, [question])
        return true
      })
      this.#isScrubDue = true
    }
  }

  /**
   * Deletes at most a chunk of the ballots of a question whose row is locked, and subtracts them
   * from its counters: at no moment does a counter differ from its rows. The items go with the last
   * ballot. Returns whether none is left.
   */
  async #deleteChunk(tx: Transaction, question: number): Promise<boolean> {
    const next = 'SELECT voter FROM vote WHERE question_id = ? AND slot = 0 ORDER BY voter'
    const voters = await tx.select<{ voter: string }>(next, [question], this.#chunkSize)
    const last = voters.at(-1)
    if (last) {
      const those = [question, last.voter]
      const counted = await tx.select<{ choice_id: number; votes: number }>(
        'SELECT choice_id, COUNT(*) AS votes FROM vote WHERE question_id = ? AND voter <= ? GROUP BY choice_id ORDER BY choice_id',
        those
      )
      for (const statement of countVotes(counted.map(({ choice_id, votes }) => [choice_id, -votes])))
        await tx.execute(...statement)
      await tx.execute('DELETE FROM vote WHERE question_id = ? AND voter <= ?', those)
      await tx.execute(...countVoters([[question, -voters.length]]))
    }
    const isDone = voters.length < this.#chunkSize
    if (isDone) await tx.execute('DELETE FROM tally WHERE question_id = ?', [question])
    return isDone
  }
}
