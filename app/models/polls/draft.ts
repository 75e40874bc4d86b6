/** Converts a poll between the fields of its form and its rows. */
import { pick } from '../../db/columns.ts'
import type { Transaction } from '../../db/database.ts'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { isGuest, type LockedRow, type Owner } from './locked-poll.ts'
import type { ListedQuestion, Question } from './question-row.ts'
import { optionsOf } from '../../values/choices.ts'
import { type OptionDate, storedDates } from '../../values/dates.ts'
import { questionSearchText } from '../../values/search-text.ts'

/** The columns of `question` that a draft sets. */
const SETTINGS = [
  'question_text',
  'description',
  'kind',
  'count_method',
  'budget',
  'min_choices',
  'max_choices',
  'max_fixed',
  'audience',
  'privacy',
  'results',
  'revote',
  'listed',
  'close_time',
  'time_zone',
  'max_ballots',
  'quorum',
  'quorum_percent',
  'threshold',
  'retention_days',
  'suggestions'
] as const

/** The fields of a poll's form. */
export interface Draft extends Pick<ListedQuestion, (typeof SETTINGS)[number]> {
  /**
   * The name of the closing time, such as an hour from now: a repeat of the request has another
   * time.
   */
  closesIn?: string | undefined
  choice_text: readonly string[]
  /** Of each option; empty: they are texts. */
  dates: readonly OptionDate[]
  /** The texts of the right options of a quiz; undefined: an edit keeps those that are marked. */
  correct?: readonly string[] | undefined
  /** Voters that each option takes, null for any number; empty: no option has a limit. */
  capacity: ReadonlyArray<number | null>
}

/**
 * Makes the draft of a poll like this one: its options that can be voted for, without a closing
 * time.
 */
export function draftFrom(question: Question): Draft {
  const options = optionsOf(question)
  return {
    ...pick(question, SETTINGS),
    close_time: null,
    choice_text: options.map(({ choice_text }) => choice_text),
    dates: storedDates(options),
    correct: options.filter(({ correct }) => correct).map(({ choice_text }) => choice_text),
    capacity: options.map(({ capacity }) => capacity)
  }
}

/** Throws InvalidInput for a closing time that is not in the future. */
export function requireFuture(time: string | null, now: string) {
  if (time !== null && time <= now) throw new InvalidInput({ close_time: messageKey('timeIsOver') })
}

/**
 * Throws InvalidInput for another closing time of a closed poll, which reopening sets, and for one
 * of an open poll that is not in the future. `privacy`: as the edit has it.
 */
export function requireCloseTime(
  { close_time: time, privacy }: Pick<Draft, 'close_time' | 'privacy'>,
  row: LockedRow
) {
  if (time === row.close_time) return
  if (row.open) return requireFuture(time, row.now)
  throw new InvalidInput({
    close_time: privacy === 'anonymous' ? messageKey('anonymousStaysClosed') : messageKey('reopenInstead')
  })
}

/**
 * Throws InvalidInput if a guest lists a poll: the list of the site is for accounts, which an
 * administrator can disable.
 */
export function requireUnlisted(owner: Owner, { listed }: Pick<Draft, 'listed'>) {
  if (listed && isGuest(owner)) throw new InvalidInput({ listed: messageKey('guestListed') })
}

/** Returns the values of the columns in `SETTINGS`, in their order. */
const valuesOf = (draft: Draft) =>
  SETTINGS.map(column => (typeof draft[column] === 'boolean' ? Number(draft[column]) : draft[column]))

/** The columns that are written with a poll. */
export const storedColumns = [...SETTINGS, 'search_text'] as const
/** Returns the values of `storedColumns`, in their order. */
export const storedValues = (draft: Draft) => [...valuesOf(draft), questionSearchText(draft.question_text)]

/**
 * Stores the options in the order of the array. `ids`: by text, of options that were stored before;
 * the others get new ones.
 */
export async function addChoices(
  tx: Transaction,
  question: number,
  {
    choice_text,
    dates,
    capacity,
    correct = []
  }: Pick<Draft, 'choice_text' | 'dates' | 'capacity' | 'correct'>,
  ids: ReadonlyMap<string, number> = new Map()
) {
  const rows = choice_text.map((text, index) => {
    const { starts = null, ends = null } = dates[index] ?? {}
    const isCorrect = Number(correct.includes(text))
    const id = ids.get(text) ?? null // null: the next one
    return [id, question, index + 1, text, isCorrect, starts, ends, capacity[index] ?? null]
  })
  const sql =
    'INSERT INTO choice (id, question_id, position, choice_text, correct, starts, ends, capacity) VALUES ?'
  await tx.execute(sql, [rows])
}

/**
 * Writes what a draft asks for, so that the same request gives the same text at any time. The text
 * of a date names it.
 */
export const requestOf = (draft: Draft): string =>
  JSON.stringify([
    valuesOf({ ...draft, close_time: draft.closesIn ?? draft.close_time }),
    draft.choice_text.map((text, index) => [text, draft.capacity[index] ?? null]),
    ...(draft.correct?.length ? [draft.correct] : [])
  ])
