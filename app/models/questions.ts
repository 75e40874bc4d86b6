/** Questions with their choices: finding and listing them. */
import type { Database } from '../db/database.ts'
import { QuestionNotFound, QuestionRemoved, SignInRequired } from '../errors.ts'
import type { QuestionRef } from '../schemas/questions.ts'

export interface Choice {
  id: number
  delete_flag: number
  choice_text: string
  votes: number
  question_id: number
  create_time: string
}

export interface QuestionRow {
  id: number
  delete_flag: number
  user_id: number
  slug: string
  question_text: string
  description: string
  kind: 'single' | 'multiple'
  min_choices: number
  max_choices: number
  audience: 'link' | 'members'
  results: 'always' | 'after_vote' | 'after_close' | 'owner'
  revote: number
  listed: number
  close_time: string | null
  closed_time: string | null
  /** On the database's clock, when the row was read. */
  open: number
  revision: number
  tally_version: number
  voters: number
  create_time: string
}

export interface Question extends QuestionRow {
  choices: Choice[]
}

/** Who looks: a signed-in user's id, and the key under which their ballots are kept. */
export interface Viewer {
  userId: number | null
  voter: string | null
}

export interface ListOptions {
  /** Only questions whose text holds this, literally. */
  q?: string
  /** Only this user's own, unlisted ones too; otherwise only listed ones. */
  owner?: number
  /** Only open ones in which this voter has no ballot. */
  waitingFor?: string
  /** Continue behind this id. */
  after?: number | undefined
}

export const pageSize = 20

const settings = `q.id, q.delete_flag, q.user_id, q.slug, q.question_text, q.description, q.kind, q.min_choices,
  q.max_choices, q.audience, q.results, q.revote, q.listed, q.close_time, q.closed_time, q.revision, q.tally_version,
  q.voters, q.create_time`

/** The SQL for "open": on the database's clock alone. */
export const isOpen = (now: string) =>
  `(q.closed_time IS NULL AND (q.close_time IS NULL OR q.close_time > ${now}))`

const literal = (text: string) => `%${text.replace(/[!%_]/g, '!$&')}%`

export type Questions = ReturnType<typeof createQuestions>

export function createQuestions(db: Database) {
  const columns = `${settings}, ${isOpen(db.dialect.now)} AS open`
  type Joined = QuestionRow & { [key in keyof Choice as `c_${key}`]: Choice[key] | null }
  // One statement, so that the question, its counters and its choices are of one moment.
  const find = (where: string) => `SELECT ${columns}, c.id AS c_id, c.delete_flag AS c_delete_flag,
      c.choice_text AS c_choice_text, c.votes AS c_votes, c.question_id AS c_question_id, c.create_time AS c_create_time
    FROM question q LEFT JOIN choice c ON c.question_id = q.id WHERE ${where} ORDER BY c.position, c.id`
  const bySlug = find('q.slug = ?')
  const byNumber = find('q.id = ? AND q.listed = 1')

  function toQuestion(rows: Joined[]): Question {
    const choices: Choice[] = []
    const question: Record<string, unknown> = { choices }
    for (const [index, row] of rows.entries()) {
      const choice: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(row)) {
        if (key.startsWith('c_')) choice[key.slice(2)] = value
        else if (index === 0) question[key] = value
      }
      if (row.c_id !== null) choices.push(choice as unknown as Choice)
    }
    return question as unknown as Question
  }

  return {
    /**
     * The question behind a slug, or behind the number of a listed one, for somebody who may open it.
     * Throws QuestionNotFound, QuestionRemoved, SignInRequired.
     */
    async find(ref: QuestionRef, viewer: Viewer): Promise<Question> {
      const rows = await db.select<Joined>(typeof ref === 'number' ? byNumber : bySlug, [ref])
      if (rows.length === 0) throw new QuestionNotFound()
      const question = toQuestion(rows)
      if (question.delete_flag) throw new QuestionRemoved()
      const restricted = question.audience === 'members' && !question.listed
      if (restricted && viewer.userId === null) throw new SignInRequired()
      return question
    },

    /** A page of questions, newest first, and the id to continue after; null at the end. */
    async list({ q = '', owner, waitingFor, after }: ListOptions) {
      const where = ['q.delete_flag = 0', owner === undefined ? 'q.listed = 1' : 'q.user_id = ?']
      const args: Array<string | number> = owner === undefined ? [] : [owner]
      if (q) {
        where.push("q.question_text LIKE ? ESCAPE '!'")
        args.push(literal(q))
      }
      if (waitingFor !== undefined) {
        where.push(isOpen(db.dialect.now))
        where.push(
          'NOT EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)'
        )
        args.push(waitingFor)
      }
      if (after !== undefined) {
        where.push('q.id < ?')
        args.push(after)
      }
      const sql = `SELECT ${columns} FROM question q WHERE ${where.join(' AND ')} ORDER BY q.id DESC`
      const rows = await db.select<QuestionRow>(sql, args, pageSize + 1)
      const questions = rows.slice(0, pageSize)
      return { questions, next: rows.length > pageSize ? questions.at(-1)!.id : null }
    }
  }
}
