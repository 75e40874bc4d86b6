/**
 * The log of administrative acts. Lines are only added: no page and no command changes or deletes
 * one.
 */
import type { Database, Transaction } from '../../db/database.ts'
import type { AdminAct } from '../../values/admin-acts.ts'
import { ABOVE_ALL, type ListPage, PAGE_QUERY_SIZE, toPage } from '../list-page.ts'

/** An act of an administrator, or of a command where `admin` is null. */
export interface Act {
  admin: number | null
  act: AdminAct
  /** The account that it is about. */
  user?: number
  /** The poll that it is about. */
  question?: number
  detail?: string
}

/** A line of the log. Names are those of today; empty after a deletion. */
interface LogLine {
  id: number
  create_time: string
  /** Null: a command. */
  admin: { id: number; name: string } | null
  act: Act['act']
  user: { id: number; name: string } | null
  question: { slug: string; question_text: string } | null
  detail: string
}

interface Row extends Omit<LogLine, 'admin' | 'user' | 'question'> {
  admin_id: number | null
  admin_name: string | null
  user_id: number | null
  user_name: string | null
  slug: string | null
  question_text: string | null
}

const toPerson = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

function toLine({ admin_id, admin_name, user_id, user_name, slug, question_text, ...line }: Row): LogLine {
  return {
    ...line,
    admin: toPerson(admin_id, admin_name),
    user: toPerson(user_id, user_name),
    question: slug === null ? null : { slug, question_text: question_text ?? '' }
  }
}

/** Adds a line in the transaction of the act: both are stored, or neither. */
export async function recordAct(tx: Transaction, { admin, act, user, question, detail = '' }: Act) {
  await tx.execute('INSERT INTO admin_log (admin_id, act, user_id, question_id, detail) VALUES ?', [
    [[admin, act, user ?? null, question ?? null, detail]]
  ])
}

export class AdminLog {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Reads a page of the log, newest first, after the line `after`. */
  async list(after = ABOVE_ALL): Promise<ListPage<LogLine>> {
    const rows = await this.#db.select<Row>(
      `SELECT l.id, l.create_time, l.admin_id, a.name AS admin_name, l.act, l.user_id, u.name AS user_name, q.slug,
         q.question_text, l.detail
       FROM admin_log l LEFT JOIN user a ON a.id = l.admin_id LEFT JOIN user u ON u.id = l.user_id
         LEFT JOIN question q ON q.id = l.question_id
       WHERE l.id < ? ORDER BY l.id DESC`,
      [after],
      PAGE_QUERY_SIZE
    )
    return toPage(rows.map(toLine))
  }
}
