/** Makes days and times of what was sent: the options of a date poll in UTC. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import {
  dateText,
  fieldsOf,
  isDay,
  type Moment,
  type OptionDate,
  resolveMoment,
  sortDates,
  type TypedDate
} from '../../values/dates.ts'

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
export function datesOf(
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
