/** The facts of a question: what a request needs to know before anything is counted. */
import type { ListedQuestion } from './question-row.ts'

export type Facts = Pick<
  ListedQuestion,
  | 'id'
  | 'slug'
  | 'user_id'
  | 'delete_flag'
  | 'removed_time'
  | 'audience'
  | 'privacy'
  | 'listed'
  | 'suggestions'
>

/** Facts as the database has them: 0 and 1 for false and true. */
export type FactsRow = Omit<Facts, 'listed'> & { listed: number }

/** The columns of the facts of a question, as `q`. */
export const FACTS_COLUMNS =
  'q.id, q.slug, q.user_id, q.delete_flag, q.removed_time, q.audience, q.privacy, q.listed, q.suggestions'

export const toFacts = (row: FactsRow): Facts => ({ ...row, listed: row.listed === 1 })
