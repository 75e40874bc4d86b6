/** What the form of a poll shows: nothing yet, what was sent, or a poll. */
import type { Draft } from '../../models/polls/draft.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { pastedOptions, sentTime } from '../../schemas/poll.ts'
import { isYes } from '../../schemas/truth.ts'
import { storedDates } from '../../values/dates.ts'
import { toWall } from '../../values/time.ts'
import { MAX_OPTIONS } from '../../values/kinds.ts'
import { boundTyped } from '../../values/typed.ts'
import { randomText } from '../../values/random-text.ts'
import { optionsOf } from '../../values/choices.ts'
import { paddedRows, rowsAgain, rowsFrom } from './date-rows.ts'

/**
 * UTF-16 units of a text that is shown again: a description of 2,000 emoji, and some more so that
 * it stays too long.
 */
const MAX_TEXT = 5_000
/** Fields for options that an empty form has. */
const MIN_OPTION_FIELDS = 5
/** Fields that the form gets when more are asked for. */
const MORE_OPTION_FIELDS = 5

/** What the fields of the form hold. */
export interface Typed {
  question_text?: unknown
  [field: string]: unknown
}

const padded = (texts: unknown[], more: number) => {
  const wanted = Math.min(MAX_OPTIONS, Math.max(MIN_OPTION_FIELDS, texts.length + more))
  return [...texts, ...Array.from({ length: Math.max(0, wanted - texts.length) }, () => '')]
}

/** A new form: the defaults. */
const blank = (): Typed => ({
  kind: 'single',
  count_method: 'irv',
  audience: 'link',
  privacy: 'hidden',
  results: 'always',
  revote: true,
  listed: false,
  suggestions: 'off',
  capacity: '',
  max_ballots: '',
  quorum: '',
  quorum_percent: '',
  threshold: '',
  retention_days: undefined, // that of the site
  nonce: randomText(),
  choice_text: padded([], 0),
  dates: paddedRows([], false)
})

/**
 * Returns the closing time that was sent, as its field shows it, read or not; empty where it was
 * emptied, undefined if none was sent.
 */
export function closeTimeAgain(sent: unknown) {
  const time = sentTime(sent) as { wall?: string } | string | null | undefined
  if (time === null) return ''
  return typeof time === 'object' ? time.wall : time
}

/** Lines of options that a form shows again. */
const MAX_LINES = 200

/** The options that were sent, one a field. What is too much stays together in a field more. */
function optionsAgain(value: unknown): string[] {
  const lines = pastedOptions(value, MAX_LINES).filter(text => typeof text === 'string')
  return lines.length <= MAX_OPTIONS
    ? lines
    : [...lines.slice(0, MAX_OPTIONS), lines.slice(MAX_OPTIONS).join('\n')]
}

/**
 * Returns the limits of a ballot as their fields show them: 1 and all are empty, so that all
 * follows the options.
 */
function limitsAgain(
  kind: unknown,
  { min_choices: least, max_choices: most, max_fixed }: Typed,
  options: number
) {
  // A number was typed where the organiser sets it; of other kinds it was computed.
  const isSet = kind === 'multiple'
  return {
    min_choices: typeof least === 'number' && (!isSet || least === 1) ? '' : least,
    max_choices: typeof most === 'number' && (!isSet || (!max_fixed && most === options)) ? '' : most
  }
}

/**
 * What was sent, checked or not, for the form to show again; with `more` there is room for further
 * options.
 */
export function typedAgain(body: unknown, more = false): Typed {
  const { choice_text, ...others } = (body ?? {}) as Typed
  const sent: Typed = boundTyped({ choice_text: optionsAgain(choice_text), ...others }, MAX_TEXT)
  const rows = rowsAgain(sent)
  // A body that was read has the number of its dates for texts.
  const isRead = Array.isArray(sent.choice_starts) && rows.length > 0
  const texts = isRead ? [] : (sent.choice_text as string[])
  const kind = isRead ? 'dates' : (sent.kind ?? 'single')
  return {
    ...blank(),
    ...sent,
    ...limitsAgain(kind, sent, texts.length),
    kind,
    count_method: sent.count_method ?? 'irv',
    threshold: sent.threshold ?? '',
    choice_text: padded(texts, more && kind !== 'dates' ? MORE_OPTION_FIELDS : 0),
    dates: paddedRows(rows, more && kind === 'dates'),
    revote: sent.revote === undefined || isYes(sent.revote),
    listed: isYes(sent.listed),
    capacity: Array.isArray(sent.capacity) ? seatsText(sent.capacity as number[]) : (sent.capacity ?? ''),
    close_time: closeTimeAgain(sent.close_time)
  }
}

/** Writes the seats of options as the form reads them: "10", or "10, 20, -" where they differ. */
function seatsText(seats: ReadonlyArray<number | null>): string {
  const [first = null] = seats
  if (seats.every(one => one === first)) return first === null ? '' : String(first)
  return seats.map(one => one ?? '-').join(', ')
}

/** A draft as its form shows it; `timeZone`: that of the site, for the closing time. */
export function typedFrom(draft: Draft, timeZone: string): Typed {
  const { time_zone } = draft
  const texts = time_zone === null ? draft.choice_text : []
  const rows = time_zone === null ? [] : rowsFrom(draft.dates, time_zone)
  const kind = time_zone === null ? draft.kind : 'dates'
  const close_time = draft.close_time ? toWall(draft.close_time, timeZone) : ''
  return {
    ...draft,
    ...limitsAgain(kind, { ...draft }, texts.length),
    kind,
    count_method: draft.count_method ?? 'irv',
    choice_text: padded([...texts], 1),
    capacity: seatsText(draft.capacity),
    max_ballots: draft.max_ballots ?? '',
    quorum: draft.quorum ?? '',
    quorum_percent: draft.quorum_percent ?? '',
    threshold: draft.threshold ?? '',
    retention_days: draft.retention_days ?? '',
    dates: paddedRows(rows, rows.length >= MIN_OPTION_FIELDS),
    close_time,
    close_time_shown: close_time,
    suggestions_shown: draft.suggestions
  }
}

/** A poll as its form shows it. */
export function typedFromQuestion(question: Question, timeZone: string): Typed {
  const options = optionsOf(question)
  const choice_text = options.map(option => option.choice_text)
  const capacity = options.map(option => option.capacity)
  const dates = storedDates(options)
  return typedFrom({ ...question, choice_text, capacity, dates }, timeZone)
}
