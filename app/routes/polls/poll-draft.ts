/** Makes the draft of a poll of what was sent: closing time and options in UTC. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import type { Draft } from '../../models/polls/draft.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Poll } from '../../schemas/poll.ts'
import {
  dateText,
  fieldsOf,
  isDay,
  type Moment,
  type OptionDate,
  readTime,
  resolveMoment,
  sortDates,
  type TypedDate
} from '../../values/dates.ts'
import { defaultRetention, isAllowedRetention, type RetentionRules } from '../../values/retention.ts'
import { keptMarks } from '../../values/quiz.ts'
import { takesSuggestions } from '../../values/suggestions.ts'
import { isOffered, parseOffered, toWall } from '../../values/time.ts'

/**
 * Returns the closing time that was asked for, in UTC. A form shows `current` without seconds, and
 * an hour that comes twice without saying which: what it sends back unchanged stays as it is.
 * `shown`: what the form has shown, which may be older than `current`. Throws InvalidInput.
 */
export function closeTimeOf<T extends null | undefined>(
  wanted: Exclude<Poll['close_time'], null | undefined> | T,
  timeZone: string,
  current: string | null = null,
  shown?: string
) {
  if ((wanted?.wall ?? '') === shown) return current
  if (!wanted) return wanted
  const zone = wanted.zone ?? timeZone
  if (current !== null && wanted.wall === (wanted.zone ? current : toWall(current, zone))) return current
  const time = wanted.zone ? readTime(wanted.wall) : parseOffered(wanted.wall, zone)
  if (time !== undefined) return time
  throw new InvalidInput({
    close_time: wanted.zone ? messageKey('noSuchTime') : messageKey('noSuchTimeIn', timeZone)
  })
}

/** The settings of the instance that a draft follows. */
export type Rules = RetentionRules & { time_zone: string }

/**
 * Returns the days for which a poll is kept; undefined asks for those of the instance. Throws
 * InvalidInput.
 */
export function retentionOf(sent: number | null | undefined, rules: RetentionRules): number | null {
  const days = sent === undefined ? defaultRetention(rules) : sent
  if (isAllowedRetention(days, rules)) return days
  throw new InvalidInput({ retention_days: messageKey('retentionMost', rules.max_retention_days ?? 0) })
}

/**
 * Returns an option in UTC. `shown`: what the form has shown in this row; an end of it that was
 * left stays as it is stored. Throws InvalidInput for a time that a clock change skips, and an end
 * that is not later.
 */
function dateOf(
  { starts, ends }: TypedDate,
  timeZone: string,
  number: number,
  shown: OptionDate | undefined
): OptionDate {
  const stored = (moment: Moment, before: string | null | undefined) =>
    before && isShownAs(before, moment, timeZone) ? before : resolveMoment(moment, timeZone)
  const from = stored(starts, shown?.starts)
  const to = ends && stored(ends, shown?.ends)
  const skipped = {
    ...(from === undefined && { choice_starts: messageKey('skippedDate', number, timeZone) }),
    ...(to === undefined && { choice_ends: messageKey('skippedDate', number, timeZone) })
  }
  if (from === undefined || to === undefined) throw new InvalidInput(skipped)
  if (to !== null && to <= from) throw new InvalidInput({ choice_ends: messageKey('endsBefore', number) })
  return { starts: from, ends: to }
}

/**
 * Tells whether a form shows a stored day or time as this moment: without seconds, and without its
 * offset.
 */
function isShownAs(stored: string, { wall, zone }: Moment, timeZone: string): boolean {
  const [day, time] = fieldsOf(stored, timeZone)
  return zone === null && wall === (isDay(stored) ? day : `${day} ${time}:00`)
}

/** Tells whether a form shows an option as this row. */
const isRowOf = (option: OptionDate | undefined, { starts, ends }: TypedDate, timeZone: string): boolean =>
  option !== undefined &&
  isShownAs(option.starts, starts, timeZone) &&
  (option.ends === null || ends === null ? option.ends === ends : isShownAs(option.ends, ends, timeZone))

/**
 * Returns for each row the present option that it leaves as the form has shown it; undefined where
 * it leaves none. Of options that look the same, a row is rather the one in its own place.
 */
function unchangedOf(
  typed: readonly TypedDate[],
  timeZone: string,
  present: readonly OptionDate[]
): Array<OptionDate | undefined> {
  const used = new Set<number>()
  return typed.map((row, place) => {
    const at = [place, ...present.keys()].find(one => !used.has(one) && isRowOf(present[one], row, timeZone))
    if (at === undefined) return undefined
    used.add(at)
    return present[at]
  })
}

/**
 * Returns the options in UTC, in the order of time, with their texts. What is unchanged of
 * `present` stays.
 */
function datesOf(
  typed: readonly TypedDate[],
  timeZone: string,
  present: readonly OptionDate[],
  mistakes: Mistakes
) {
  const unchanged = unchangedOf(typed, timeZone, present)
  const shownIn = (place: number) => (unchanged.includes(present[place]) ? undefined : present[place])
  const dates = typed.flatMap(
    (date, n) => unchanged[n] ?? mistakes.collect(() => dateOf(date, timeZone, n + 1, shownIn(n))) ?? []
  )
  const sorted = sortDates(dates, timeZone)
  const texts = sorted.map(date => dateText(date, timeZone))
  if (new Set(texts).size < texts.length) mistakes.add('choice_starts', messageKey('sameDates'))
  return { time_zone: timeZone, dates: sorted, choice_text: texts }
}

/**
 * Returns the days and times that are added to a poll, with their texts. `timeZone`: of times
 * without an offset. Throws InvalidInput.
 */
export function addedDatesOf(typed: readonly TypedDate[], timeZone: string) {
  const mistakes = new Mistakes()
  const { dates, choice_text } = datesOf(typed, timeZone, [], mistakes)
  mistakes.throwIfAny()
  return { dates, choice_text }
}

/** What of a poll a form may not show in full, and leaves as it is. */
export interface Current extends Pick<Question, 'close_time' | 'suggestions' | 'time_zone'> {
  dates: readonly OptionDate[]
  /** A template, with its right options. */
  quiz?: Pick<Draft, 'question_text' | 'choice_text' | 'correct'>
}

/** Returns the days and times of a poll in this zone: a form in another zone has shown others. */
const datesIn = (current: Current | null, timeZone: string): readonly OptionDate[] =>
  current?.time_zone === timeZone ? current.dates : []

/**
 * Makes a draft of what was sent; `current`: the poll that it changes, or the template with which
 * its form began. Adds all fields that are wrong to `mistakes`: then the draft must not be stored.
 */
export function readDraft(
  {
    nonce: _nonce,
    revision: _revision,
    template: _template,
    choices: _choices,
    close_time,
    close_time_shown: shown,
    suggestions_shown,
    choice_starts,
    choice_ends: _ends,
    time_zone,
    choice_text,
    correct: marked,
    retention_days,
    ...rest
  }: Poll,
  settings: Rules,
  current: Current | null,
  mistakes: Mistakes
): Draft {
  const { time_zone: timeZone } = settings
  const zone = time_zone || timeZone
  const days = mistakes.collect(() => retentionOf(retention_days, settings)) ?? null
  const closes = mistakes.collect(() => closeTimeOf(close_time, timeZone, current?.close_time, shown)) ?? null
  const options = choice_starts
    ? datesOf(choice_starts, zone, datesIn(current, zone), mistakes)
    : { time_zone: null, dates: [], choice_text }
  const closesIn = close_time && !close_time.zone && isOffered(close_time.wall) ? close_time.wall : undefined
  const isModeKept = rest.suggestions === suggestions_shown && takesSuggestions(rest.kind)
  const suggestions = (isModeKept && current?.suggestions) || rest.suggestions
  const correct = marked ?? (current?.quiz && keptMarks(current.quiz, { ...rest, ...options }))
  return { ...rest, suggestions, close_time: closes, closesIn, retention_days: days, correct, ...options }
}

/** Makes a draft as `readDraft` does. Throws InvalidInput with all fields that are wrong. */
export function draftOf(poll: Poll, settings: Rules, current: Current | null = null): Draft {
  const mistakes = new Mistakes()
  const draft = readDraft(poll, settings, current, mistakes)
  mistakes.throwIfAny()
  return draft
}
