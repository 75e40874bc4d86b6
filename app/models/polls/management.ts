/** What the owner of a poll does with it: create, edit, close, reopen, present, remove. */
import { createHmac } from 'node:crypto'
import type { Database, Queries } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { EditConflict, HasVotes, InvalidInput, NonceUsed, NotOwner, QuestionNotFound } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { fromDatabase, toDatabase } from '../../values/time.ts'
import { recordAct } from '../instance/admin-log.ts'
import { addChoices, type Draft, draftFrom, isStored, storedColumns, storedValues } from './draft.ts'
import { isOpen, type Question } from './question-row.ts'
import { removalError, REMOVED_BY_ADMIN, REMOVED_BY_OWNER, type Removals } from './removal.ts'

/** The question's row, locked until the transaction ends. */
interface LockedRow {
  user_id: number
  delete_flag: number
  removed_time: string | null
  revision: number
  voters: number
  open: number
  close_time: string | null
  now: string
}

/** Who closes or removes a poll: its owner, or an administrator, whose act is logged. */
export type Actor = { owner: number } | { admin: number | null }

/** Throws InvalidInput for a closing time that is not in the future. */
function requireFuture(time: string | null, now: string) {
  if (time !== null && time <= now) throw new InvalidInput({ close_time: messageKey('timeIsOver') })
}

async function correctTexts(tx: Queries, question: number) {
  const sql = 'SELECT choice_text FROM choice WHERE question_id = ? AND correct = 1'
  const rows = await tx.select<{ choice_text: string }>(sql, [question])
  return rows.map(({ choice_text }) => choice_text)
}

/** Creates and changes polls for their owners, and for administrators. */
export class Management {
  readonly #db: Database
  readonly #secret: string
  readonly #removals: Pick<Removals, 'remove' | 'sweep'>
  readonly #onChange: (question: number) => void

  /** `secret` makes slugs unguessable. `onChange` is called with each question whose settings may have changed. */
  constructor(
    db: Database,
    secret: string,
    removals: Pick<Removals, 'remove' | 'sweep'>,
    onChange: (question: number) => void
  ) {
    this.#db = db
    this.#secret = secret
    this.#removals = removals
    this.#onChange = onChange
  }

  /** Creates the poll and returns its slug; a repeat returns the same poll. `correct`: the right options of a quiz. Throws InvalidInput, NonceUsed. */
  async create(owner: number, draft: Draft, nonce: string, correct: readonly string[] = []): Promise<string> {
    const slug = this.#slugFor(owner, nonce)
    const columns = ['user_id', 'slug', ...storedColumns]
    const sql = `INSERT INTO question (${columns.join(', ')}) VALUES ?`
    try {
      await this.#db.transaction(async tx => {
        const { insertId } = await tx.execute(sql, [[[owner, slug, ...storedValues(draft)]]])
        // Behind the insert: a repeat that comes after the closing time is still the first poll.
        const row = await tx.fetchone<{ now: string }>(`SELECT ${this.#db.dialect.now} AS now`)
        requireFuture(draft.close_time, row!.now)
        await addChoices(tx, insertId, draft, correct)
      })
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error
      if (!(await isStored(this.#db, slug, draft))) throw new NonceUsed(slug)
    }
    return slug
  }

  /** Creates a poll like this one for its owner and returns its slug. Throws as `create`. */
  duplicate(question: Question, nonce: string): Promise<string> {
    const correct = question.choices.filter(choice => choice.correct).map(choice => choice.choice_text)
    return this.create(question.user_id, draftFrom(question), nonce, correct)
  }

  /** Changes everything, until the first vote. Throws HasVotes, EditConflict, NotOwner, InvalidInput. */
  edit(question: number, owner: number, draft: Draft, revision: number | undefined) {
    return this.#changeLocked(question, { owner }, async (tx, row) => {
      if (row.voters > 0) throw new HasVotes()
      if (revision !== undefined && revision !== row.revision) throw new EditConflict()
      if (draft.close_time !== row.close_time) requireFuture(draft.close_time, row.now)
      const sets = storedColumns.map(column => `${column} = ?`).join(', ')
      const sql = `UPDATE question SET ${sets}, revision = revision + 1 WHERE id = ?`
      await tx.execute(sql, [...storedValues(draft), question])
      const correct = await correctTexts(tx, question)
      // New ids: a vote for the former text of an option finds nothing to count for.
      await tx.execute('DELETE FROM choice WHERE question_id = ?', [question])
      await addChoices(tx, question, draft, correct)
    })
  }

  /** Ends the vote; a closed poll stays as it is. Throws NotOwner. */
  close(question: number, actor: Actor) {
    const sql = `UPDATE question SET closed_time = ${this.#db.dialect.now} WHERE id = ?`
    return this.#changeLocked(question, actor, async (tx, { open }) => {
      if (!open) return
      await tx.execute(sql, [question])
      if ('admin' in actor) await recordAct(tx, { admin: actor.admin, act: 'close', question })
    })
  }

  /** Marks the right options of a quiz, none to make it no quiz. Throws NotOwner, InvalidInput. */
  setCorrect(question: number, owner: number, choices: readonly number[]) {
    return this.#changeLocked(question, { owner }, async tx => {
      await tx.execute('UPDATE choice SET correct = 0 WHERE question_id = ?', [question])
      if (choices.length === 0) return
      const sql = 'UPDATE choice SET correct = 1 WHERE question_id = ? AND id IN (?)'
      const { affectedRows } = await tx.execute(sql, [question, choices])
      if (affectedRows !== choices.length) throw new InvalidInput({ correct: messageKey('chooseOfThis') })
    })
  }

  /** Shows the result on every screen, or hides it. Throws NotOwner. */
  present(question: number, owner: number, shows: boolean) {
    return this.#changeLocked(question, { owner }, tx =>
      tx.execute('UPDATE question SET on_screen = ? WHERE id = ?', [Number(shows), question])
    )
  }

  /**
   * Lets an open poll close after so many seconds; 0: it does not close by itself any more. A closed poll stays as it is.
   * Throws NotOwner.
   */
  setTimer(question: number, owner: number, seconds: number) {
    return this.#changeLocked(question, { owner }, async (tx, { open, now }) => {
      if (!open) return
      const end = seconds === 0 ? null : toDatabase(fromDatabase(now) + seconds * 1_000)
      await tx.execute('UPDATE question SET close_time = ? WHERE id = ?', [end, question])
    })
  }

  /**
   * Opens the vote again until `closeTime`: null is without an end, undefined keeps the former time, which must lie ahead.
   * An open poll stays as it is. Throws NotOwner, InvalidInput.
   */
  reopen(question: number, owner: number, closeTime: string | null | undefined) {
    return this.#changeLocked(question, { owner }, async (tx, row) => {
      if (row.open) return
      const until = closeTime === undefined ? row.close_time : closeTime
      requireFuture(until, row.now)
      const { now } = this.#db.dialect
      const sql = `UPDATE question SET closed_time = NULL, close_time = ?, reopened_time = ${now} WHERE id = ?`
      await tx.execute(sql, [until, question])
    })
  }

  /** Removes the poll; many votes are deleted in pieces afterwards. Throws NotOwner. */
  async remove(question: number, actor: Actor): Promise<void> {
    let isCleared = true
    await this.#changeLocked(question, actor, async tx => {
      if ('admin' in actor) await recordAct(tx, { admin: actor.admin, act: 'delete', question })
      const flag = 'admin' in actor ? REMOVED_BY_ADMIN : REMOVED_BY_OWNER
      isCleared = await this.#removals.remove(tx, question, flag)
    })
    if (!isCleared) void this.#removals.sweep()
  }

  /**
   * Derives the slug from user and nonce, so that a repeat finds the same poll. It consists of letters and digits, because
   * chats drop other characters at the end of a link, and begins with a letter.
   */
  #slugFor(owner: number, nonce: string) {
    return createHmac('sha256', this.#secret)
      .update(`slug ${owner} ${nonce}`)
      .digest('base64url')
      .replaceAll(/[-_]/g, '')
      .slice(0, 22)
      .replace(/^[0-9]/, 'v')
  }

  /** Runs `work` on a question of this owner, or for an administrator of any, while its row is locked. */
  async #changeLocked(
    question: number,
    actor: Actor,
    work: (tx: Queries, row: LockedRow) => Promise<unknown>
  ): Promise<void> {
    const { now, forUpdate } = this.#db.dialect
    const sql = `SELECT q.user_id, q.delete_flag, q.removed_time, q.revision, q.voters, q.close_time,
      ${isOpen(now)} AS open, ${now} AS now FROM question q WHERE q.id = ? ${forUpdate}`
    await this.#db.transaction(async tx => {
      const row = await tx.fetchone<LockedRow>(sql, [question])
      if (!row) throw new QuestionNotFound()
      if (row.delete_flag) throw removalError(row)
      if ('owner' in actor && row.user_id !== actor.owner) throw new NotOwner()
      await work(tx, row)
    })
    this.#onChange(question)
  }
}
