/** Lists of questions, newest first. */
import type { Database } from '../../db/database.ts'
import { containsPattern, PAGE_QUERY_SIZE, toPage } from '../list-page.ts'
import { isOpen, QUESTION_COLUMNS, type QuestionRow, toListedQuestion } from './question-row.ts'

export interface ListOptions {
  /** Only questions whose text contains this, literally. */
  q?: string
  /** Only this user's own, unlisted ones too; otherwise only listed ones. */
  owner?: number
  /** Only open ones. */
  open?: boolean
  /** Only open ones in which this voter has no ballot. */
  waitingFor?: string
  /** Continue behind this id. */
  after?: number | undefined
}

/** The conditions of a list, and their arguments. */
function conditions({ q = '', owner, open = false, waitingFor, after }: ListOptions, now: string) {
  const where = ['q.delete_flag = 0', owner === undefined ? 'q.listed = 1' : 'q.user_id = ?']
  const args: Array<string | number> = owner === undefined ? [] : [owner]
  if (q) {
    where.push("q.question_text LIKE ? ESCAPE '!'")
    args.push(containsPattern(q))
  }
  if (open || waitingFor !== undefined) where.push(isOpen(now))
  if (waitingFor !== undefined) {
    where.push('NOT EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)')
    args.push(waitingFor)
  }
  if (after !== undefined) {
    where.push('q.id < ?')
    args.push(after)
  }
  return { where: where.join(' AND '), args }
}

/** Reads a page of questions, and the id to continue behind; null at the end. */
export async function listQuestions(db: Database, options: ListOptions) {
  const { now } = db.dialect
  const { where, args } = conditions(options, now)
  const sql = `SELECT ${QUESTION_COLUMNS}, ${isOpen(now)} AS open FROM question q WHERE ${where} ORDER BY q.id DESC`
  // A user's own polls, and the polls that wait for a vote of theirs, change at once for that user.
  const isPublic = options.owner === undefined && options.waitingFor === undefined
  const from = isPublic ? db.replica : db
  const { items, next } = toPage(await from.select<QuestionRow>(sql, args, PAGE_QUERY_SIZE))
  return { questions: items.map(toListedQuestion), next }
}
