/**
 * A question and its choices: the rows as they are selected, and the objects that are made of them.
 */
import { pick } from '../../db/columns.ts'
import type { Outcome } from '../results/outcome.ts'
import type { Audience } from '../../values/audience.ts'
import type { CountMethod, Kind } from '../../values/kinds.ts'
import type { SuggestionMode } from '../../values/suggestions.ts'
import type { Privacy } from '../../values/privacy.ts'
import type { ResultAudience, Threshold } from '../../values/results.ts'
import { deletionTime } from '../../values/retention.ts'
import { hadVotes } from '../../values/voted.ts'
import { isTimed } from '../../values/timer.ts'
import { QUESTION_NAMES } from './question-columns.ts'

export interface Choice {
  id: number
  /** Can no longer be chosen, and only keeps its votes. */
  retired: boolean
  choice_text: string
  votes: number
  /** The right answer of a quiz. Told when the poll is closed: `results.correctOf`. */
  correct: boolean
  /** Voters that the option takes; null: any number. */
  capacity: number | null
  /** A day, or a time in UTC; null: the option is a text. */
  starts: string | null
  ends: string | null
  question_id: number
  create_time: string
}

/** A question without its choices, as lists show it. */
export interface ListedQuestion {
  id: number
  /** 0, or who removed the question: `REMOVED_BY_OWNER` and the like. */
  delete_flag: number
  user_id: number | null // null: made by a guest
  slug: string
  question_text: string
  description: string
  kind: Kind
  /** How rankings are counted; null for the other kinds. */
  count_method: CountMethod | null
  /** The points of a ballot of `dots`; null for the other kinds. */
  budget: number | null
  min_choices: number
  max_choices: number
  /**
   * `max_choices` is a number that the organiser has set; false: where it is that of all options,
   * it follows that.
   */
  max_fixed: boolean
  /** Voters that the poll takes; null: any number. */
  max_ballots: number | null
  /** Ballots that the result needs to decide; null: any number. */
  quorum: number | null
  /** Percent of the invited that has to vote for the result to decide; null: any number. */
  quorum_percent: number | null
  /** Invitations that are not revoked. */
  invited: number
  /** What an option needs to win; null: the most votes. */
  threshold: Threshold | null
  /**
   * Days from closing to deletion, and when that is; null: it is kept, or when it closes is not
   * known.
   */
  retention_days: number | null
  delete_time: string | null
  audience: Audience
  privacy: Privacy
  results: ResultAudience
  revote: boolean
  listed: boolean
  suggestions: SuggestionMode
  close_time: string | null
  /** In which the options are days and times; null: they are texts. */
  time_zone: string | null
  /**
   * The choice that was decided for last, also when `decision_time` is null: nothing is decided.
   */
  decided_id: number | null
  decision_text: string | null
  decision_time: string | null
  /** Counts decisions and withdrawals. */
  decisions: number
  closed_time: string | null
  reopened_time: string | null
  /** Whether screens show the result; null: as any guest sees it. */
  on_screen: boolean | null
  /** Whether its own screen shows the number of votes of a hidden result. */
  screen_count: boolean
  timer_end: string | null
  timer_before: string | null
  /** The closing time is the end of a timer. */
  timed: boolean
  /**
   * Sites that may show the poll in a frame: origins with spaces between them, `*` for any; null:
   * none.
   */
  embed_origins: string | null
  removed_time: string | null
  /** On the database's clock, when the row was read. */
  open: boolean
  revision: number
  /** Lines of its history. */
  edits: number
  tally_version: number
  voters: number
  /** It has a vote, or had one: all may have been withdrawn. */
  voted: boolean
  create_time: string
}

export interface Question extends ListedQuestion {
  /** The database's clock when this was read. */
  read_time: string
  choices: Choice[]
  /** Of a poll whose ballots have values or ranks. */
  outcome?: Outcome
  /** Votes have arrived since the outcome was counted. */
  isOutdated?: boolean
}

/** Stored as 0 and 1. */
type Flag = 'max_fixed' | 'revote' | 'voted' | 'listed' | 'screen_count'

/** A question as the database has it: 0 and 1 for false and true. */
export interface QuestionRow
  extends Omit<ListedQuestion, Flag | 'on_screen' | 'timed' | 'delete_time' | 'open'>,
    Record<Flag, number> {
  on_screen: number | null
  open: number
}

/** Returns the SQL for "open". `clock`: the SQL of the database's clock; no other clock decides. */
export const isOpen = (clock: string) =>
  `(q.closed_time IS NULL AND (q.close_time IS NULL OR q.close_time > ${clock}))`

/** A choice beside its question; all null where a question has no choice. */
export interface ChoiceColumns {
  c_id: number | null
  c_delete_flag: number
  c_choice_text: string
  c_votes: number
  c_correct: number
  c_capacity: number | null
  c_starts: string | null
  c_ends: string | null
  c_question_id: number
  c_create_time: string
}

export type JoinedRow = QuestionRow & { read_time: string } & ChoiceColumns

/** Makes a question, without its choices, from its row. */
export const toListedQuestion = (row: QuestionRow): ListedQuestion => ({
  ...row,
  max_fixed: row.max_fixed === 1,
  revote: row.revote === 1,
  voted: hadVotes(row),
  listed: row.listed === 1,
  on_screen: row.on_screen === null ? null : row.on_screen === 1,
  screen_count: row.screen_count === 1,
  timed: isTimed(row),
  delete_time: deletionTime(row),
  open: row.open === 1
})

const toChoice = (row: ChoiceColumns, id: number): Choice => ({
  id,
  retired: row.c_delete_flag !== 0,
  choice_text: row.c_choice_text,
  votes: row.c_votes,
  correct: row.c_correct === 1,
  capacity: row.c_capacity,
  starts: row.c_starts,
  ends: row.c_ends,
  question_id: row.c_question_id,
  create_time: row.c_create_time
})

function toQuestion(row: JoinedRow): Question {
  const { open, read_time } = row
  return { ...toListedQuestion({ ...pick(row, QUESTION_NAMES), open }), read_time, choices: [] }
}

/** Makes questions with their choices from joined rows, which are ordered by question. */
export function toQuestions(rows: readonly JoinedRow[]): Question[] {
  const questions: Question[] = []
  for (const row of rows) {
    let question = questions.at(-1)
    if (question?.id !== row.id) {
      question = toQuestion(row)
      questions.push(question)
    }
    if (row.c_id !== null) question.choices.push(toChoice(row, row.c_id))
  }
  return questions
}
