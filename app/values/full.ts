/**
 * Whether the seats of an option or of a poll are taken. The transaction of a vote decides; this is
 * what pages say.
 */
import { optionsOf } from './choices.ts'
import { MAX_OPTION_ROWS, MAX_OPTIONS } from './kinds.ts'
import type { SuggestionMode } from './suggestions.ts'

interface Option {
  id: number
  retired: boolean
  capacity: number | null
  votes: number
}

/** Tells whether an option takes no further voter. */
export const isFull = ({ capacity, votes }: Pick<Option, 'capacity' | 'votes'>) =>
  capacity !== null && votes >= capacity

/** Returns the ids of the options that take no further voter. */
export const fullOptionsOf = (question: { choices: readonly Option[] }) =>
  optionsOf(question)
    .filter(isFull)
    .map(({ id }) => id)

interface Poll {
  max_ballots: number | null
  voters: number
  min_choices: number
  suggestions: SuggestionMode
  choices: readonly Option[]
}

/**
 * Tells whether too few options have seats for a further ballot. Where a suggestion is an option at
 * once, a voter adds one. One that the organiser reads first is taken without a ballot, so that
 * such a poll is not full. Both as long as the poll takes a further option.
 */
function lacksOptions(question: Poll) {
  const options = optionsOf(question)
  const takesOption = options.length < MAX_OPTIONS && question.choices.length < MAX_OPTION_ROWS
  const mode = takesOption ? question.suggestions : 'off'
  if (mode === 'review') return false
  const free = options.filter(option => !isFull(option)).length
  return free + (mode === 'on' ? 1 : 0) < question.min_choices
}

/**
 * Tells whether an open poll takes no further voter: what its pages and its events say. The same
 * rule in SQL: models/polls/has-seats.ts.
 */
export const isOpenPollFull = (question: Poll & { open: boolean }) =>
  question.open &&
  ((question.max_ballots !== null && question.voters >= question.max_ballots) || lacksOptions(question))
