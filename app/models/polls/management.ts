/** What the owner of a poll does with it: create, edit, close, reopen, present, remove. */
import type { Fields } from '../../app-error.ts'
import { readNow } from '../../db/clock.ts'
import type { Database } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { AnonymousClosed, InvalidInput, NonceUsed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { addMs } from '../../values/time.ts'
import { closeTimeWithoutTimer, isTimed } from '../../values/timer.ts'
import { lockAccount } from '../accounts/lock.ts'
import { recordAct } from '../instance/admin-log.ts'
import { createPollKey, erasePollKey } from '../voting/poll-keys.ts'
import {
  addChoices,
  type Draft,
  draftFrom,
  requestOf,
  requireFuture,
  requireUnlisted,
  storedColumns,
  storedValues
} from './draft.ts'
import { recordPublicAct } from './history.ts'
import { type Actor, isGuest, type LockedPolls, type Owner, requireOpen, UNCHANGED } from './locked-poll.ts'
import { addManager } from './manager-rows.ts'
import type { Question } from './question-row.ts'
import { rewrite } from './rewrite.ts'
import { requestHash, slugFor } from './slug.ts'
import type { Removals } from './removal.ts'
import { REMOVED_BY_ADMIN, REMOVED_BY_OWNER } from './removed.ts'

/** Creates and changes polls for their owners, and for administrators. */
export class Management {
  readonly #db: Database
  readonly #secret: string
  readonly #removals: Pick<Removals, 'remove' | 'sweep'>
  readonly #polls: LockedPolls

  /** `secret` makes slugs unguessable. */
  constructor(
    db: Database,
    secret: string,
    removals: Pick<Removals, 'remove' | 'sweep'>,
    polls: LockedPolls
  ) {
    this.#db = db
    this.#secret = secret
    this.#removals = removals
    this.#polls = polls
  }

  /**
   * Creates the poll and returns its slug; a repeat of the request returns the same poll. Throws
   * InvalidInput, NonceUsed, SignInRequired.
   */
  create(owner: Owner, draft: Draft, nonce: string): Promise<string> {
    return this.#create(owner, draft, { nonce, request: requestOf(draft) })
  }

  /** Creates a poll like this one and returns its slug. Throws as `create`. */
  duplicate(owner: Owner, question: Question, nonce: string): Promise<string> {
    return this.#create(owner, draftFrom(question), { nonce, request: `duplicate ${question.id}` })
  }

  /**
   * Changes all, until the first vote; nothing if `known` has mistakes. Returns whether a right
   * option of a quiz has lost its mark. Throws HasVotes, EditConflict, NotOwner, and InvalidInput
   * with all mistakes.
   */
  edit(question: number, owner: Owner, draft: Draft, revision: number | undefined, known: Fields = {}) {
    return this.#polls.change(question, { owner }, (tx, row) =>
      rewrite(tx, { id: question, row, owner }, draft, { revision, known })
    )
  }

  /** Ends the vote; a closed poll stays as it is. Throws NotOwner. */
  async close(question: number, actor: Actor) {
    const isErased = await this.#polls.change(question, actor, async (tx, row) => {
      if (!row.open) return UNCHANGED
      await tx.execute(`UPDATE question SET closed_time = ${tx.dialect.clock} WHERE id = ?`, [question])
      const hadKey = await erasePollKey(tx, question)
      await recordPublicAct(tx, question, row, { act: 'closed' })
      if ('admin' in actor) await recordAct(tx, { admin: actor.admin, act: 'close', question })
      return hadKey
    })
    if (isErased === true) await this.#db.scrub()
  }

  /** Marks the right options of a quiz, none to make it no quiz. Throws NotOwner, InvalidInput. */
  setCorrect(question: number, owner: Owner, choices: readonly number[]) {
    return this.#polls.change(question, { owner }, async tx => {
      await tx.execute('UPDATE choice SET correct = 0 WHERE question_id = ?', [question])
      if (choices.length === 0) return
      const sql = 'UPDATE choice SET correct = 1 WHERE question_id = ? AND id IN (?)'
      const { affectedRows } = await tx.execute(sql, [question, choices])
      if (affectedRows !== choices.length) throw new InvalidInput({ correct: messageKey('chooseOfThis') })
    })
  }

  /** Shows the result on every screen, or hides it. Throws NotOwner. */
  present(question: number, owner: Owner, shows: boolean) {
    return this.#set(question, owner, 'on_screen', Number(shows))
  }

  /** Chooses which sites may show the poll in a frame: `embedSources`. Throws NotOwner. */
  setEmbedding(question: number, owner: Owner, sources: string | null) {
    return this.#set(question, owner, 'embed_origins', sources)
  }

  /** Shows or hides the number of votes of a hidden result on screens. Throws NotOwner. */
  showCount(question: number, owner: Owner, shows: boolean) {
    return this.#set(question, owner, 'screen_count', Number(shows))
  }

  /**
   * Lets an open poll close after so many seconds. 0 stops the timer: the closing time before it
   * holds again, unless it has passed. Throws NotOwner, and for a timer of a closed poll PollClosed
   * or AnonymousClosed.
   */
  setTimer(question: number, owner: Owner, seconds: number) {
    return this.#polls.change(question, { owner }, async (tx, row) => {
      const wasTimed = isTimed(row)
      if (seconds > 0) requireOpen(row)
      if (!row.open || (seconds === 0 && !wasTimed)) return UNCHANGED
      const before = wasTimed ? row.timer_before : row.close_time
      const timerEnd = seconds === 0 ? null : addMs(row.now, seconds * 1_000)
      const end = timerEnd ?? closeTimeWithoutTimer(row, row.now)
      const sql = 'UPDATE question SET close_time = ?, timer_end = ?, timer_before = ? WHERE id = ?'
      await tx.execute(sql, [end, timerEnd, timerEnd && before, question])
      await recordPublicAct(tx, question, row, { act: 'close_time', before: row.close_time, after: end })
    })
  }

  /**
   * Opens the vote again until `closeTime`: null is without an end, undefined keeps the former
   * time, which must lie ahead; instead of a timer, the closing time before it, unless it has
   * passed. An open poll stays as it is, also with another closing time, which is refused. An
   * anonymous one stays closed. Throws NotOwner, AnonymousClosed, InvalidInput.
   */
  reopen(question: number, owner: Owner, closeTime: string | null | undefined) {
    return this.#polls.change(question, { owner }, async (tx, row) => {
      if (row.open && (closeTime === undefined || closeTime === row.close_time)) return UNCHANGED
      if (row.open) throw new InvalidInput({ close_time: messageKey('correctInstead') })
      if (row.privacy === 'anonymous') throw new AnonymousClosed()
      const until = closeTime === undefined ? closeTimeWithoutTimer(row, row.now) : closeTime
      requireFuture(until, row.now)
      const set = `closed_time = NULL, close_time = ?, reopened_time = ${tx.dialect.clock}`
      await tx.execute(`UPDATE question SET ${set} WHERE id = ?`, [until, question])
      await recordPublicAct(tx, question, row, { act: 'reopened', before: row.close_time, after: until })
    })
  }

  /** Removes the poll; votes and then texts are deleted in pieces afterwards. Throws NotOwner. */
  async remove(question: number, actor: Actor): Promise<void> {
    await this.#polls.change(question, actor, async tx => {
      if ('admin' in actor) await recordAct(tx, { admin: actor.admin, act: 'delete', question })
      const flag = 'admin' in actor ? REMOVED_BY_ADMIN : REMOVED_BY_OWNER
      await this.#removals.remove(tx, question, flag)
    })
    void this.#removals.sweep()
  }

  async #create(
    owner: Owner,
    draft: Draft,
    { nonce, request }: { nonce: string; request: string }
  ): Promise<string> {
    const user = isGuest(owner) ? null : owner
    requireUnlisted(owner, draft)
    const slug = slugFor(this.#secret, user ?? 0, nonce)
    const hash = requestHash(this.#secret, request)
    const columns = ['user_id', 'slug', 'request_hash', ...storedColumns]
    const sql = `INSERT INTO question (${columns.join(', ')}) VALUES ?`
    try {
      const id = await this.#db.transaction(async tx => {
        if (user !== null) await lockAccount(tx, user)
        const { insertId } = await tx.execute(sql, [[[user, slug, hash, ...storedValues(draft)]]])
        // Behind the insert: a repeat that comes after the closing time is still the first poll.
        requireFuture(draft.close_time, await readNow(tx))
        await addChoices(tx, insertId, draft)
        if (draft.privacy === 'anonymous') await createPollKey(tx, insertId)
        if (isGuest(owner)) await addManager(tx, { question: insertId, hash: owner })
        return insertId
      })
      if (draft.listed) this.#polls.publish(id)
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      const made = 'SELECT id FROM question WHERE slug = ? AND request_hash = ?'
      if (!(await this.#db.fetchone(made, [slug, hash]))) throw new NonceUsed(slug)
    }
    return slug
  }

  #set(question: number, owner: Owner, column: string, value: number | string | null) {
    return this.#polls.change(question, { owner }, tx =>
      tx.execute(`UPDATE question SET ${column} = ? WHERE id = ?`, [value, question])
    )
  }
}
