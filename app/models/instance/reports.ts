/** Reports of polls by their readers, until an administrator has dealt with them. */
import type { Database, Transaction } from '../../db/database.ts'
import { NoOwner, QuestionNotFound } from '../../errors.ts'
import { ABOVE_ALL, PAGE_QUERY_SIZE, toPage } from '../list-page.ts'
import { isOpen } from '../polls/question-row.ts'
import { recordAct } from './admin-log.ts'

/** Further reports of a poll say nothing new, and are not stored. */
const MAX_REPORTS_OF_POLL = 50

/** A poll that was reported, with its reports, newest first. */
interface ReportedPoll {
  question_id: number
  slug: string
  question_text: string
  open: boolean
  /** The id of the newest report. */
  newest: number
  /** Null: a guest. */
  owner: { id: number; name: string; is_disabled: boolean } | null
  reports: Array<{ reason: string; create_time: string }>
}

interface Row {
  /** Of the newest report, by which the queue is ordered. */
  id: number
  question_id: number
  slug: string
  question_text: string
  open: number
  user_id: number | null
  name: string | null
  disabled_time: string | null
}

/** Deletes the reports of a poll. */
export const removeReportsOf = (tx: Transaction, question: number) =>
  tx.execute('DELETE FROM report WHERE question_id = ?', [question])

export class Reports {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Stores a report of a poll, unless it is removed or has many already. The question's row is not
   * locked, because votes wait for it. So the limit is approximate: reports that arrive at once may
   * exceed it. And a report may arrive while the poll is being removed: it is deleted with the
   * poll's contents.
   */
  async create(question: number, reason: string): Promise<void> {
    await this.#db.execute(
      `INSERT INTO report (question_id, reason) SELECT id, ? FROM question WHERE id = ? AND delete_flag = 0
         AND (SELECT COUNT(*) FROM report WHERE question_id = ?) < ?`,
      [reason, question, question, MAX_REPORTS_OF_POLL]
    )
  }

  /** Counts the polls that wait for a decision. */
  async count(): Promise<number> {
    const sql = `SELECT COUNT(DISTINCT r.question_id) AS n FROM report r JOIN question q ON q.id = r.question_id
      WHERE q.delete_flag = 0`
    return (await this.#db.fetchone<{ n: number }>(sql))!.n // an aggregate has one row
  }

  /**
   * Reads a page of the queue, the polls that were reported last first, behind the report `after`.
   */
  async list(after = ABOVE_ALL): Promise<{ polls: ReportedPoll[]; next: number | null }> {
    const rows = await this.#db.select<Row>(
      `SELECT r.id, q.id AS question_id, q.slug, q.question_text, ${isOpen(this.#db.dialect.clock)} AS open, q.user_id, u.name,
         u.disabled_time
       FROM (SELECT question_id, MAX(id) AS id FROM report GROUP BY question_id) AS r
         JOIN question q ON q.id = r.question_id LEFT JOIN user u ON u.id = q.user_id
       WHERE q.delete_flag = 0 AND r.id < ? ORDER BY r.id DESC`,
      [after],
      PAGE_QUERY_SIZE
    )
    const { items, next } = toPage(rows)
    if (items.length === 0) return { polls: [], next }
    const reports = await this.#db.select<{ question_id: number; reason: string; create_time: string }>(
      'SELECT question_id, reason, create_time FROM report WHERE question_id IN (?) ORDER BY id DESC',
      [items.map(({ question_id }) => question_id)]
    )
    const polls = items.map(({ id: newest, open, user_id, name, disabled_time, ...poll }) => ({
      ...poll,
      open: open === 1,
      newest,
      owner: user_id === null ? null : { id: user_id, name: name ?? '', is_disabled: disabled_time !== null },
      reports: reports
        .filter(({ question_id }) => question_id === poll.question_id)
        .map(({ reason, create_time }) => ({ reason, create_time }))
    }))
    return { polls, next }
  }

  /** Returns the id of the account whose poll this is. Throws QuestionNotFound, NoOwner. */
  async ownerOf(question: number): Promise<number> {
    const sql = 'SELECT user_id FROM question WHERE id = ? AND delete_flag = 0'
    const row = await this.#db.fetchone<{ user_id: number | null }>(sql, [question])
    if (!row) throw new QuestionNotFound()
    if (row.user_id === null) throw new NoOwner()
    return row.user_id
  }

  /**
   * Deletes the reports of a poll that may stay as it is, up to the `newest` that the administrator
   * has seen: the poll waits with later ones. Throws QuestionNotFound if there are none.
   */
  approve(question: number, admin: number, newest = ABOVE_ALL): Promise<void> {
    return this.#db.transaction(async tx => {
      const sql = 'DELETE FROM report WHERE question_id = ? AND id <= ?'
      const { affectedRows } = await tx.execute(sql, [question, newest])
      if (affectedRows === 0) throw new QuestionNotFound()
      await recordAct(tx, { admin, act: 'approve', question })
    })
  }
}
