/** Questions with their choices: finding and listing them. */
import type { Database } from '../../db/database.ts'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import { QuestionNotFound, SignInRequired } from '../../errors.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { createQuestionCache } from '../../cache/question-cache.ts'
import { containsPattern, PAGE_QUERY_SIZE, toPage } from '../list-page.ts'
import { removalOf } from './removal.ts'

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
  reopened_time: string | null
  /** Whether screens show the result; null: as any guest sees it. */
  on_screen: number | null
  removed_time: string | null
  /** On the database's clock, when the row was read. */
  open: number
  revision: number
  tally_version: number
  voters: number
  create_time: string
}

export interface Question extends QuestionRow {
  /** The database's clock when this was read. */
  read_time: string
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
  /** Only open ones. */
  open?: boolean
  /** Only open ones in which this voter has no ballot. */
  waitingFor?: string
  /** Continue behind this id. */
  after?: number | undefined
}

/** Milliseconds: the oldest result that anybody is shown. */
const tallyLifetime = 250
/** Milliseconds: the oldest that is known of an edit while Redis, which tells of edits, is away. */
const factsLifetime = 10_000

const settings = `q.id, q.delete_flag, q.user_id, q.slug, q.question_text, q.description, q.kind, q.min_choices,
  q.max_choices, q.audience, q.results, q.revote, q.listed, q.close_time, q.closed_time, q.reopened_time,
  q.on_screen, q.removed_time, q.revision, q.tally_version, q.voters, q.create_time`

/** The SQL for "open": on the database's clock alone. */
export const isOpen = (now: string) =>
  `(q.closed_time IS NULL AND (q.close_time IS NULL OR q.close_time > ${now}))`

/** Who a question is for; what an address needs to know before anything is counted. */
type Facts = Pick<QuestionRow, 'id' | 'slug' | 'delete_flag' | 'removed_time' | 'audience' | 'listed'>

const isAdmitted = ({ delete_flag, audience, listed }: Facts, { userId }: Viewer) =>
  !delete_flag && (audience === 'link' || Boolean(listed) || userId !== null)

/** The facts, if this viewer may open the question. Throws QuestionNotFound, QuestionRemoved, SignInRequired. */
function admit<T extends Facts>(question: T | undefined, viewer: Viewer): T {
  if (!question) throw new QuestionNotFound()
  if (question.delete_flag) throw removalOf(question)
  if (!isAdmitted(question, viewer)) throw new SignInRequired()
  return question
}

type Joined = Omit<Question, 'choices'> & { [key in keyof Choice as `c_${key}`]: Choice[key] | null }

/** Questions with their choices, from rows that stand together. */
function toQuestions(rows: Joined[]): Question[] {
  const questions: Question[] = []
  for (const row of rows) {
    const question: Record<string, unknown> = {}
    const choice: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(row)) {
      if (key.startsWith('c_')) choice[key.slice(2)] = value
      else question[key] = value
    }
    if (questions.at(-1)?.id !== row.id) questions.push({ ...question, choices: [] } as unknown as Question)
    if (row.c_id !== null) questions.at(-1)!.choices.push(choice as unknown as Choice)
  }
  return questions
}

export type Questions = ReturnType<typeof createQuestions>

export function createQuestions(db: Database) {
  const columns = `${settings}, ${isOpen(db.dialect.now)} AS open`
  // One statement, so that a question, its counters and its choices are of one moment.
  const whole = `SELECT ${columns}, ${db.dialect.now} AS read_time, c.id AS c_id, c.delete_flag AS c_delete_flag,
      c.choice_text AS c_choice_text, c.votes AS c_votes, c.question_id AS c_question_id, c.create_time AS c_create_time
    FROM question q LEFT JOIN choice c ON c.question_id = q.id WHERE`
  const factsOf =
    'SELECT q.id, q.slug, q.delete_flag, q.removed_time, q.audience, q.listed FROM question q WHERE'

  /** Looks up many addresses at once; a number finds listed questions only. */
  async function lookUp<T extends Facts>(
    from: Database['replica'],
    sql: string,
    order: string,
    refs: QuestionRef[],
    shape: (rows: Joined[]) => T[]
  ) {
    const found = new Map<unknown, T>()
    const ids = refs.filter(ref => typeof ref === 'number')
    const slugs = refs.filter(ref => typeof ref === 'string')
    if (ids.length > 0) {
      const rows = await from.select<Joined>(`${sql} q.id IN (?) AND q.listed = 1 ${order}`, [
        [...new Set(ids)]
      ])
      for (const question of shape(rows)) found.set(question.id, question)
    }
    if (slugs.length > 0) {
      const rows = await from.select<Joined>(`${sql} q.slug IN (?) ${order}`, [[...new Set(slugs)]])
      for (const question of shape(rows)) found.set(question.slug, question)
    }
    return found
  }

  const readFacts = createBatchLoader(
    (ref: QuestionRef) => ref,
    refs => lookUp<Facts>(db, factsOf, '', refs, rows => rows)
  )
  const lookUpWhole = (from: Database['replica'], refs: QuestionRef[]) =>
    lookUp(from, whole, 'ORDER BY q.id, c.position, c.id', refs, toQuestions)
  const readNow = createBatchLoader(
    (ref: QuestionRef) => ref,
    refs => lookUpWhole(db, refs)
  )
  const readNear = createBatchLoader(
    (ref: QuestionRef) => ref,
    async refs => {
      const near = await lookUpWhole(db.replica, refs)
      const missing = refs.filter(ref => !near.has(ref))
      if (missing.length === 0 || db.replica === db) return near
      // Whoever gets a link may be faster than a replica.
      return new Map([...near, ...(await lookUpWhole(db, missing))])
    }
  )
  const cache = createQuestionCache(tallyLifetime, readNear)
  // Votes do not change these, and the transaction that counts a vote looks at everything else again.
  const facts = createQuestionCache(factsLifetime, readFacts)

  return {
    /**
     * The question behind a slug, or behind the number of a listed one, for somebody who may open it; its tally as of
     * at most 250 ms ago, or of now with `fresh`. Throws QuestionNotFound, QuestionRemoved, SignInRequired.
     */
    async find(ref: QuestionRef, viewer: Viewer, { fresh = false } = {}): Promise<Question> {
      return admit(await (fresh ? cache.read(ref, readNow) : cache.get(ref)), viewer)
    },

    /** What `find` would answer, if it need not be waited for and does not throw. */
    peek(ref: QuestionRef, viewer: Viewer): Question | undefined {
      const question = cache.peek(ref)
      return question && isAdmitted(question, viewer) ? question : undefined
    },

    /** The question as it is now, whoever asks: many watch what one reads. Undefined if there is none. */
    watch: (slug: string): Promise<Question | undefined> => cache.read(slug, readNow),

    /** Only what a vote needs to be cast: votes do not make it old. Throws as `find` does. */
    async locate(ref: QuestionRef, viewer: Viewer): Promise<Facts> {
      return admit(await facts.get(ref), viewer)
    },

    /**
     * Its tally changed, or with `edited` its settings: nobody is shown the old ones any more. Without an id: both, of
     * any question.
     */
    changed(id?: number, edited = false) {
      if (id === undefined) {
        cache.clear()
        facts.clear()
        return
      }
      cache.forget(id)
      if (edited) facts.forget(id)
    },

    /** A page of questions, newest first, and the id to continue after; null at the end. */
    async list({ q = '', owner, open = false, waitingFor, after }: ListOptions) {
      const where = ['q.delete_flag = 0', owner === undefined ? 'q.listed = 1' : 'q.user_id = ?']
      const args: Array<string | number> = owner === undefined ? [] : [owner]
      if (q) {
        where.push("q.question_text LIKE ? ESCAPE '!'")
        args.push(containsPattern(q))
      }
      if (open || waitingFor !== undefined) where.push(isOpen(db.dialect.now))
      if (waitingFor !== undefined) {
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
      // Somebody's own polls, and what waits for them, are theirs to see changed at once.
      const from = owner === undefined && waitingFor === undefined ? db.replica : db
      const { items: questions, next } = toPage(await from.select<QuestionRow>(sql, args, PAGE_QUERY_SIZE))
      return { questions, next }
    }
  }
}
