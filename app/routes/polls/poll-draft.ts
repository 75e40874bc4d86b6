/** Makes the draft of a poll of what was sent: closing time and options in UTC. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import type { Draft } from '../../models/polls/draft.ts'
import type { Poll } from '../../schemas/poll.ts'
import { dateText, type OptionDate, resolveMoment, sortDates, type TypedDate } from '../../values/dates.ts'
import { defaultRetention, isAllowedRetention, type RetentionRules } from '../../values/retention.ts'
import { isOffered, parseOffered, parseWall, toWall } from '../../values/time.ts'

/**
 * Returns the closing time that was asked for, in UTC. A form shows `current` without seconds, and an hour that comes
 * twice without saying which: what it sends back unchanged stays as it is. Throws InvalidInput.
 */
export function closeTimeOf<T extends null | undefined>(
  wanted: Exclude<Poll['close_time'], null | undefined> | T,
  timeZone: string,
  current: string | null = null
) {
  if (!wanted) return wanted
  const zone = wanted.zone ?? timeZone
  if (current !== null && [current, toWall(current, zone)].includes(wanted.wall)) return current
  const time = wanted.zone ? parseWall(wanted.wall, zone) : parseOffered(wanted.wall, zone)
  if (time !== undefined) return time
  throw new InvalidInput({
    close_time: wanted.zone ? messageKey('noSuchTime') : messageKey('noSuchTimeIn', timeZone)
  })
}

/** The settings of the instance that a draft follows. */
type Rules = RetentionRules & { time_zone: string }

/** Returns the days for which a poll is kept; undefined asks for those of the instance. Throws InvalidInput. */
export function retentionOf(sent: number | null | undefined, rules: RetentionRules): number | null {
  const days = sent === undefined ? defaultRetention(rules) : sent
  if (isAllowedRetention(days, rules)) return days
  throw new InvalidInput({ retention_days: messageKey('retentionMost', rules.max_retention_days ?? 0) })
}

/** Returns what `work` returns; what it refuses is added to `fields`. */
function collect<T>(fields: Record<string, string>, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    Object.assign(fields, error.fields)
    return undefined
  }
}

/** Returns an option in UTC. Throws InvalidInput for a time that a clock change skips, and an end that is not later. */
function dateOf({ starts, ends }: TypedDate, timeZone: string, number: number): OptionDate {
  const from = resolveMoment(starts, timeZone)
  const to = ends && resolveMoment(ends, timeZone)
  const skipped = {
    ...(from === undefined && { choice_starts: messageKey('skippedDate', number, timeZone) }),
    ...(to === undefined && { choice_ends: messageKey('skippedDate', number, timeZone) })
  }
  if (from === undefined || to === undefined) throw new InvalidInput(skipped)
  if (to !== null && to <= from) throw new InvalidInput({ choice_ends: messageKey('endsBefore', number) })
  return { starts: from, ends: to }
}

/** Returns the options in UTC, in the order of time, with their texts. */
function datesOf(typed: readonly TypedDate[], timeZone: string, fields: Record<string, string>) {
  const dates = typed.flatMap((date, n) => collect(fields, () => dateOf(date, timeZone, n + 1)) ?? [])
  const sorted = sortDates(dates, timeZone)
  const texts = sorted.map(date => dateText(date, timeZone))
  if (new Set(texts).size < texts.length) fields.choice_starts ??= messageKey('sameDates')
  return { time_zone: timeZone, dates: sorted, choice_text: texts }
}

/**
 * Makes a draft of what was sent; `current` is the closing time of the poll that it changes. Throws InvalidInput with
 * all fields that are wrong.
 */
export function draftOf(
  {
    nonce: _nonce,
    revision: _revision,
    close_time,
    choice_starts,
    choice_ends: _ends,
    time_zone,
    choice_text,
    retention_days,
    ...rest
  }: Poll,
  settings: Rules,
  current: string | null = null
): Draft {
  const { time_zone: timeZone } = settings
  const fields: Record<string, string> = {}
  const days = collect(fields, () => retentionOf(retention_days, settings)) ?? null
  const closes = collect(fields, () => closeTimeOf(close_time, timeZone, current)) ?? null
  const options = choice_starts
    ? datesOf(choice_starts, time_zone || timeZone, fields)
    : { time_zone: null, dates: [], choice_text }
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields)
  const closesByDistance = Boolean(close_time && !close_time.zone && isOffered(close_time.wall))
  return { ...rest, close_time: closes, closesByDistance, retention_days: days, ...options }
}
