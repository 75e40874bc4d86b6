/** The keys of anonymous polls, which lead from a voter to a ballot until the poll closes. */
import { createLRU } from 'lru.min'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { FreshCache } from '../../cache/fresh-cache.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { fromDatabase } from '../../values/time.ts'
import { attemptEach } from '../attempt-each.ts'
import { stillHolds } from '../polls/locked-poll.ts'
import { isOpen } from '../polls/question-row.ts'
import type { VoterOf } from './ballot.ts'
import { markVoters } from './invitation-rows.ts'
import { forgetSuggesters } from './suggestion-rows.ts'
import { anonymousVoterKey, newPollKey } from './voter-key.ts'

/** Closed polls of which this process knows that their key is erased. */
const MAX_ERASED = 10_000

/**
 * How long a key is used without a look-up: as long as a result. A vote is decided by the database.
 */
const KEY_LIFETIME_MS = 250
/** A key is looked up each time when the poll closes within this time. */
const CLOSES_SOON_MS = 2_000

interface PollKey {
  /** The question's. */
  id: number
  secret: string
  open: boolean
  close_time: string | null
  now: string
}

type KeyRow = Omit<PollKey, 'open'> & { open: number }

const toPollKey = (row: KeyRow): PollKey => ({ ...row, open: row.open === 1 })

const closesSoon = ({ close_time, now }: PollKey) =>
  close_time !== null && fromDatabase(close_time) - fromDatabase(now) < CLOSES_SOON_MS

/** Makes the key of a poll, unless it has one. The question's row must be locked, or new. */
export async function createPollKey(tx: Transaction, question: number) {
  const sql = `${tx.dialect.insertIgnore} INTO question_key (question_id, secret) VALUES (?, ?)`
  await tx.execute(sql, [question, newPollKey()])
}

/**
 * Reads the key of an anonymous poll; null once it is closed. A poll that was anonymous before an
 * edit has a key, and its voters do not vote by it.
 */
export async function secretOf(tx: Transaction, question: number): Promise<string | null> {
  const sql = `SELECT k.secret FROM question_key k JOIN question q ON q.id = k.question_id
    WHERE k.question_id = ? AND q.privacy = 'anonymous'`
  return (await tx.fetchone<{ secret: string }>(sql, [question]))?.secret ?? null
}

/**
 * Erases the key of a poll and notes which invitations were used. Returns whether the poll had a
 * key. The question's row must be locked.
 */
export async function erasePollKey(tx: Transaction, question: number): Promise<boolean> {
  const secret = await secretOf(tx, question)
  if (secret !== null) {
    await markVoters(tx, question, secret)
    await forgetSuggesters(tx, question)
  }
  const { affectedRows } = await tx.execute('DELETE FROM question_key WHERE question_id = ?', [question])
  return affectedRows > 0
}

export class PollKeys {
  readonly #db: Database
  readonly #onFailure: (error: unknown) => void
  readonly #keys: FreshCache<number, PollKey>
  readonly #erased = createLRU<number, true>({ max: MAX_ERASED })

  /** `onFailure` is called with the error of an erasure, which is tried again later. */
  constructor(db: Database, onFailure: (error: unknown) => void) {
    this.#db = db
    this.#onFailure = onFailure
    const load = createBatchLoader(async (questions: number[]) => {
      const keys = await this.#select('WHERE k.question_id IN (?)', [questions])
      return new Map(keys.map(key => [key.id, key]))
    })
    this.#keys = new FreshCache(KEY_LIFETIME_MS, load)
  }

  /**
   * Drops what is known of the key of an edited question, which may be open again, with a new key.
   */
  forget(id: number) {
    this.#keys.forget(id)
    this.#erased.delete(id)
  }

  /** Drops what is known of all keys. */
  forgetAll() {
    this.#keys.clear()
    this.#erased.clear()
  }

  /** Returns the key that a voter has in an anonymous poll; null if the poll is closed. */
  async voterIn(question: number, voter: string): Promise<string | null> {
    const known = await this.#keys.get(question)
    const key = known && closesSoon(known) ? await this.#keys.getFresh(question) : known
    if (!key) return null
    if (key.open) return anonymousVoterKey(key.secret, voter)
    await this.#attemptErase(question)
    return null
  }

  /** Returns the keys that a voter has in the anonymous polls that are open. */
  async votersOf(voter: string): Promise<VoterOf[]> {
    const keys = await this.#select('', [])
    return keys
      .filter(({ open }) => open)
      .map(({ id, secret }) => ({
        question: id,
        voter: anonymousVoterKey(secret, voter)
      }))
  }

  /**
   * Erases the key of a poll that has closed by its time. A failure is left to `sweep`: the poll
   * can still be read.
   */
  async eraseIfClosed(question: number): Promise<void> {
    if (!this.#erased.get(question)) await this.#attemptErase(question)
  }

  /**
   * Erases the keys of all polls that have closed. Several processes may do so at the same time.
   */
  async sweep(): Promise<void> {
    try {
      const closed = (await this.#select('', [])).filter(({ open }) => !open)
      await attemptEach(closed, ({ id }) => this.#erase(id), this.#onFailure)
    } catch (error) {
      this.#onFailure(error)
    }
  }

  async #attemptErase(question: number) {
    await this.#erase(question).catch(this.#onFailure)
  }

  async #erase(question: number) {
    const { isClosed, isErased } = await this.#db.transaction(async tx => {
      const isClosed = await stillHolds(tx, question, `NOT ${isOpen(tx.dialect.clock)}`)
      return { isClosed, isErased: isClosed && (await erasePollKey(tx, question)) }
    })
    if (isErased) await this.#db.scrub()
    if (isClosed) this.#erased.set(question, true)
  }

  async #select(where: string, args: number[][]): Promise<PollKey[]> {
    const { clock } = this.#db.dialect
    const rows = await this.#db.select<KeyRow>(
      `SELECT q.id, k.secret, q.close_time, ${isOpen(clock)} AS open, ${clock} AS now
       FROM question_key k JOIN question q ON q.id = k.question_id ${where}`,
      args
    )
    return rows.map(toPollKey)
  }
}
