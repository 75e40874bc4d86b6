/** Lists of questions, newest first. */
import type { Argument, Database, Reads, Sql } from '../../db/database.ts'
import { hasWords } from '../../db/has-words.ts'
import { searchWords } from '../../values/search-text.ts'
import { PAGE_QUERY_SIZE, PAGE_SIZE, toPage } from '../list-page.ts'
import { HAS_SEATS } from './has-seats.ts'
import { QUESTION_COLUMNS } from './question-columns.ts'
import { isOpen, type ListedQuestion, type QuestionRow, toListedQuestion } from './question-row.ts'
import { searchQuestions } from './question-search.ts'

export interface ListOptions {
  /** Only questions whose text has these words. Case, accents and width of letters are ignored. */
  q?: string
  /**
   * Listed ones (default); all, unlisted ones too, for administrators; or one user's own, unlisted
   * ones too.
   */
  scope?: 'listed' | 'all' | { owner: number }
  /** Only open ones. */
  open?: boolean
  /** Only open ones in which this voter has no ballot. */
  waitingFor?: string
  /** Returns the key of the voter's browser in a question, which waits if that has no ballot. */
  browserIn?: (question: number) => string | null
  /** Continues after this id. */
  after?: number | undefined
}

/** The condition "open" in a form that uses an index. Only the list uses it. */
const STATEMENT_TIME = 'CURRENT_TIMESTAMP'

const isOpenList = ({ open, waitingFor }: ListOptions) => open === true || waitingFor !== undefined

/** Returns the conditions of a list, except its search, and their arguments. */
function conditionsOf({ scope = 'listed', waitingFor, after }: ListOptions): Sql {
  const where = ['q.delete_flag = 0']
  const args: Argument[] = []
  if (scope === 'listed') where.push('q.listed = 1')
  else if (scope !== 'all') {
    where.push('q.user_id = ?')
    args.push(scope.owner)
  }
  if (waitingFor !== undefined) {
    // An account does not vote in a poll for a list.
    where.push("q.audience <> 'list'")
    where.push('NOT EXISTS (SELECT 1 FROM vote v WHERE v.question_id = q.id AND v.voter = ? AND v.slot = 0)')
    args.push(waitingFor)
    where.push(HAS_SEATS)
  }
  if (after !== undefined) {
    where.push('q.id < ?')
    args.push(after)
  }
  return [where.join(' AND '), args]
}

/**
 * Selects the newest open polls: those without a closing time and those before it, each by the
 * index. `+q.id` keeps the engines from reading closed polls along another index, which has the
 * order already.
 */
function selectOpen([where, args]: Sql): Sql {
  const branch = (name: string, condition: string, order: string) =>
    `SELECT id FROM (SELECT q.id FROM question q WHERE ${where} AND q.closed_time IS NULL AND ${condition}
     ORDER BY ${order} DESC LIMIT ${PAGE_QUERY_SIZE}) AS ${name}`
  const undated = branch('undated', 'q.close_time IS NULL', 'q.id')
  const dated = branch('dated', `q.close_time > ${STATEMENT_TIME}`, '+q.id')
  return [`${undated} UNION ALL ${dated} ORDER BY id DESC`, [...args, ...args]]
}

const selectAll = ([where, args]: Sql): Sql => [
  `SELECT q.id FROM question q WHERE ${where} ORDER BY q.id DESC`,
  args
]

/**
 * Returns the ids of a page and one more, by descending id: of the polls that have a text as it was
 * typed, else of those with its words.
 */
async function idsOf(db: Database, queries: Reads, options: ListOptions): Promise<number[]> {
  const words = searchWords(options.q ?? '')
  const found = await idsWith(db, queries, options, words.length > 0 ? [words.join(' ')] : [])
  return found.length > 0 || words.length < 2 ? found : idsWith(db, queries, options, words)
}

/** Returns the ids of the polls that have all these texts. */
async function idsWith(db: Database, queries: Reads, options: ListOptions, words: readonly string[]) {
  const { scope = 'listed', after: below } = options
  const [where, args] = conditionsOf(options)
  if (words.length > 0 && typeof scope === 'string') {
    return searchQuestions(queries, {
      index: scope === 'listed' ? db.dialect.searchIndex : '',
      condition: [isOpenList(options) ? `${where} AND ${isOpen(STATEMENT_TIME)}` : where, args],
      words,
      below,
      max: PAGE_QUERY_SIZE
    })
  }
  const [hasAll, texts] = hasWords('q.search_text', words)
  const conditions: Sql = [`${where} AND ${hasAll}`, [...args, ...texts]]
  const [sql, values] = isOpenList(options) ? selectOpen(conditions) : selectAll(conditions)
  const rows = await queries.select<{ id: number }>(sql, values, PAGE_QUERY_SIZE)
  return rows.map(({ id }) => id)
}

/** Newest polls of an account among which one is chosen on a page. */
const MAX_OWN = 500

/** Reads what a page needs to offer the polls of an account, the newest MAX_OWN first. */
export function listOwn(db: Database, owner: number) {
  const sql = `SELECT q.id, q.slug, q.question_text FROM question q
    WHERE q.delete_flag = 0 AND q.user_id = ? ORDER BY q.id DESC`
  return db.select<Pick<QuestionRow, 'id' | 'slug' | 'question_text'>>(sql, [owner], MAX_OWN)
}

/** Reads a page of questions, and the id after which the next page continues; null at the end. */
export async function listQuestions(db: Database, options: ListOptions) {
  // Not from a read replica: users and administrators must see their own changes at once.
  const { scope = 'listed', waitingFor } = options
  const isPublic = scope === 'listed' && waitingFor === undefined
  const from = isPublic ? db.replica : db
  const ids = await idsOf(db, from, options)
  if (ids.length === 0) return { questions: [], next: null }
  // The rows may come from a replica that does not have the newest polls yet: the ids tell whether
  // the list continues.
  const { items, next } = toPage(ids.map(id => ({ id })))
  const sql = `SELECT ${QUESTION_COLUMNS}, ${isOpen(db.dialect.clock)} AS open FROM question q WHERE q.id IN (?) ORDER BY q.id DESC`
  const rows = await from.select<QuestionRow>(sql, [items.map(({ id }) => id)])
  return { questions: rows.map(toListedQuestion), next }
}

/** Pages that are read at most for one page of a filtered list. */
const MAX_PAGES = 5

/**
 * Reads a page of the questions for which `isWanted` resolves to true. It is not full, although the
 * list continues, where MAX_PAGES pages do not hold enough of them.
 */
export async function listFiltered(
  db: Database,
  options: ListOptions,
  isWanted: (question: ListedQuestion) => Promise<boolean>
) {
  const found: ListedQuestion[] = []
  let { after } = options
  for (let pages = 1; ; pages++) {
    const { questions, next } = await listQuestions(db, { ...options, after })
    const wanted = await Promise.all(questions.map(isWanted))
    found.push(...questions.filter((_, n) => wanted[n]))
    if (found.length > PAGE_SIZE) {
      const page = toPage(found)
      return { questions: page.items, next: page.next }
    }
    if (found.length === PAGE_SIZE || next === null || pages === MAX_PAGES) return { questions: found, next }
    after = next
  }
}
