/** What the owner does with a poll: make, edit, close, reopen, remove. */
import { createHmac } from 'node:crypto'
import type { Database, Queries } from '../../db/database.ts'
import { DuplicateKey } from '../../db/errors.ts'
import { EditConflict, HasVotes, InvalidInput, NonceUsed, NotOwner, QuestionNotFound } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { addChoices, type Draft, isStored, settings, valuesOf } from './draft.ts'
import { isOpen } from './question-row.ts'
import { removalOf, removedByAdmin, removedByOwner, type Removals } from './removal.ts'

/** The question's row, locked until the transaction ends. */
interface Owned {
  user_id: number
  delete_flag: number
  removed_time: string | null
  revision: number
  voters: number
  open: number
  close_time: string | null
  now: string
}

function checkTime(time: string | null, now: string) {
  if (time !== null && time <= now) throw new InvalidInput({ close_time: messageKey('timeIsOver') })
}

export type Organising = ReturnType<typeof createOrganising>

/**
 * `secret` makes slugs unguessable; after it was changed a nonce that comes again makes a second poll, which
 * its owner sees and removes. `changed` hears of each question whose settings may have changed.
 */
export function createOrganising(
  db: Database,
  secret: string,
  removals: Pick<Removals, 'remove' | 'sweep'>,
  changed: (question: number) => void
) {
  const { now, forUpdate } = db.dialect

  /** The same user and nonce is the same slug: who asks twice gets one poll. It begins with a letter, as all do. */
  const slugFor = (owner: number, nonce: string) =>
    createHmac('sha256', secret)
      .update(`slug ${owner} ${nonce}`)
      .digest('base64url')
      .slice(0, 22)
      .replace(/^[^A-Za-z]/, 'v')

  /** Runs `work` on a question of this owner, or with null of any owner, while its row is locked. */
  async function own(
    question: number,
    owner: number | null,
    work: (tx: Queries, row: Owned) => Promise<unknown>
  ): Promise<void> {
    const sql = `SELECT q.user_id, q.delete_flag, q.removed_time, q.revision, q.voters, q.close_time,
      ${isOpen(now)} AS open, ${now} AS now FROM question q WHERE q.id = ? ${forUpdate}`
    await db.transaction(async tx => {
      const row = await tx.fetchone<Owned>(sql, [question])
      if (!row) throw new QuestionNotFound()
      if (row.delete_flag) throw removalOf(row)
      if (owner !== null && row.user_id !== owner) throw new NotOwner()
      await work(tx, row)
    })
    changed(question)
  }

  return {
    /** Makes the poll and answers its slug; the same again is the same poll. Throws InvalidInput, NonceUsed. */
    async create(owner: number, draft: Draft, nonce: string): Promise<string> {
      const slug = slugFor(owner, nonce)
      const columns = ['user_id', 'slug', ...settings]
      const sql = `INSERT INTO question (${columns.join(', ')}) VALUES ?`
      try {
        await db.transaction(async tx => {
          const { insertId } = await tx.execute(sql, [[[owner, slug, ...valuesOf(draft)]]])
          // Behind the insert: a repeat that comes after the closing time is still the first poll.
          checkTime(draft.close_time, (await tx.fetchone<{ now: string }>(`SELECT ${now} AS now`))!.now)
          await addChoices(tx, insertId, draft.choice_text)
        })
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error
        if (!(await isStored(db, slug, draft))) throw new NonceUsed(slug)
      }
      return slug
    },

    /** Changes everything, until the first vote. Throws HasVotes, EditConflict, NotOwner, InvalidInput. */
    edit: (question: number, owner: number, draft: Draft, revision: number | undefined) =>
      own(question, owner, async (tx, row) => {
        if (row.voters > 0) throw new HasVotes()
        if (revision !== undefined && revision !== row.revision) throw new EditConflict()
        if (draft.close_time !== row.close_time) checkTime(draft.close_time, row.now)
        const sets = settings.map(column => `${column} = ?`).join(', ')
        const sql = `UPDATE question SET ${sets}, revision = revision + 1 WHERE id = ?`
        await tx.execute(sql, [...valuesOf(draft), question])
        // New ids: a vote for what an option said before finds nothing to count for.
        await tx.execute('DELETE FROM choice WHERE question_id = ?', [question])
        await addChoices(tx, question, draft.choice_text)
      }),

    /** No vote counts from now on; closed already is success. Null: an administrator does it. Throws NotOwner. */
    close: (question: number, owner: number | null) =>
      own(question, owner, async (tx, { open }) => {
        if (open) await tx.execute(`UPDATE question SET closed_time = ${now} WHERE id = ?`, [question])
      }),

    /** Every screen shows the result, or hides it. Throws NotOwner. */
    present: (question: number, owner: number, shows: boolean) =>
      own(question, owner, tx =>
        tx.execute('UPDATE question SET on_screen = ? WHERE id = ?', [Number(shows), question])
      ),

    /**
     * Votes count again, until `closeTime` (null: for good; undefined: as before, if that lies ahead); open already is
     * success. Throws NotOwner, InvalidInput.
     */
    reopen: (question: number, owner: number, closeTime: string | null | undefined) =>
      own(question, owner, async (tx, row) => {
        if (row.open) return
        const until = closeTime === undefined ? row.close_time : closeTime
        checkTime(until, row.now)
        const sql = `UPDATE question SET closed_time = NULL, close_time = ?, reopened_time = ${now} WHERE id = ?`
        await tx.execute(sql, [until, question])
      }),

    /**
     * The poll is gone and its address says so; the votes go along, many of them in pieces behind it. Null: an
     * administrator does it. Throws NotOwner.
     */
    async remove(question: number, owner: number | null): Promise<void> {
      let isCleared = true
      await own(question, owner, async tx => {
        isCleared = await removals.remove(tx, question, owner === null ? removedByAdmin : removedByOwner)
      })
      if (!isCleared) void removals.sweep()
    }
  }
}
