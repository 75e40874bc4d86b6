/** The columns of questions and choices that are selected. */
import { columnsOf, selected } from '../../db/columns.ts'
import type { ChoiceColumns, QuestionRow } from './question-row.ts'

/** The columns of a question: all of its row but what the clock decides. */
export const QUESTION_NAMES = columnsOf<Omit<QuestionRow, 'open'>>({
  id: true,
  delete_flag: true,
  user_id: true,
  slug: true,
  question_text: true,
  description: true,
  kind: true,
  count_method: true,
  budget: true,
  min_choices: true,
  max_choices: true,
  max_fixed: true,
  max_ballots: true,
  quorum: true,
  quorum_percent: true,
  invited: true,
  threshold: true,
  retention_days: true,
  audience: true,
  privacy: true,
  results: true,
  revote: true,
  listed: true,
  suggestions: true,
  close_time: true,
  time_zone: true,
  decided_id: true,
  decision_text: true,
  decision_time: true,
  decisions: true,
  closed_time: true,
  reopened_time: true,
  on_screen: true,
  screen_count: true,
  timer_end: true,
  timer_before: true,
  embed_origins: true,
  removed_time: true,
  revision: true,
  edits: true,
  tally_version: true,
  voters: true,
  voted: true,
  create_time: true
})

/** SQL: the columns of a question `q`. */
export const QUESTION_COLUMNS = selected('q', QUESTION_NAMES)

const CHOICE_NAMES = columnsOf<ChoiceColumns>({
  c_id: true,
  c_delete_flag: true,
  c_choice_text: true,
  c_votes: true,
  c_correct: true,
  c_capacity: true,
  c_starts: true,
  c_ends: true,
  c_question_id: true,
  c_create_time: true
})

/** SQL: the columns of a choice `c`, under names that no column of a question has. */
export const CHOICE_COLUMNS = CHOICE_NAMES.map(name => `c.${name.slice('c_'.length)} AS ${name}`).join(', ')
