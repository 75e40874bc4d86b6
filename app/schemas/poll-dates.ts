/** Options of a poll that are days or times, as JSON and as fields of a form. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { isDay, type Moment, readMoment, type TypedDate } from '../values/dates.ts'
import { MAX_OPTIONS } from '../values/kinds.ts'
import { isTimeZone } from '../values/time.ts'
import { listOf } from '../values/list.ts'
import { type Body, isBody, isFilled } from './fields.ts'

/** What was sent for one option; empty texts where it was left out. */
interface SentDate {
  starts: unknown
  ends: unknown
}

/** What was sent for all options of a poll of dates. */
interface SentDates {
  dates: SentDate[]
  /** Options that have to be sent. */
  least: number
  /** Of a time without an offset. */
  zone: Moment['zone']
  /** Texts were sent as options too. */
  hasTexts: boolean
}

const pairs = (starts: unknown[], ends: unknown[]): SentDate[] =>
  Array.from({ length: Math.max(starts.length, ends.length) }, (_, n) => ({
    starts: starts[n],
    ends: ends[n]
  }))

/** Joins a day and a time of a form as one text. */
const joined = (day: unknown, time: unknown) => [day, time].filter(isFilled).join('T')

/** Returns the rows of a form as sent: a day, a time, an end, the last day if it is another. */
export function rowsIn({ choice_day, choice_start, choice_end, choice_last_day }: Body) {
  const days = listOf(choice_day)
  const starts = listOf(choice_start)
  const ends = listOf(choice_end)
  const lastDays = listOf(choice_last_day)
  return Array.from(
    { length: Math.max(days.length, starts.length, ends.length, lastDays.length) },
    (_, n) => ({ day: days[n], start: starts[n], end: ends[n], last: lastDays[n] })
  )
}

/** The dates of the rows of a form. */
const rowDates = (body: Body): SentDate[] =>
  rowsIn(body).map(({ day, start, end, last }) => ({
    starts: joined(day, start),
    ends: isFilled(last) || isFilled(end) ? joined(isFilled(last) ? last : day, end) : ''
  }))

const filledOf = (dates: readonly SentDate[]) =>
  dates.filter(({ starts, ends }) => isFilled(starts) || isFilled(ends)).slice(0, MAX_OPTIONS + 1)

/** The dates of the fields that are named as in JSON. */
const namedDates = ({ choice_starts, choice_ends }: Body) =>
  filledOf(pairs(listOf(choice_starts), listOf(choice_ends)))

const hasTexts = ({ choice_text }: Body) => listOf(choice_text).some(isFilled)

/** The fields of a poll of dates: they stand for its texts, which are numbered until known. */
function withDates(body: Body, sent: Omit<SentDates, 'least'>): Body {
  const dates: SentDates = { ...sent, least: 2 }
  const places = Array.from({ length: Math.max(2, Math.min(sent.dates.length, MAX_OPTIONS)) }, (_, n) =>
    String(n + 1)
  )
  return {
    ...body,
    kind: body.kind ?? 'answers',
    choice_text: places,
    choice_starts: dates,
    choice_ends: dates
  }
}

/** Reads `choice_starts` and `choice_ends` of a poll, in UTC (JSON) or in its zone (a form). */
const readNamed = (body: Body, zone: Moment['zone']): Body =>
  isFilled(body.choice_starts) || isFilled(body.choice_ends)
    ? withDates(body, { dates: namedDates(body), zone, hasTexts: hasTexts(body) })
    : body

/** Reads the dates of a poll in JSON. */
export const readDates = (body: unknown): unknown => (isBody(body) ? readNamed(body, 'UTC') : body)

/** Reads the dates of a form: its rows, for the kind `dates`, or fields named as in JSON. */
export function readDateFields(body: unknown): unknown {
  if (!isBody(body)) return body
  if (body.kind !== 'dates') return readNamed(body, null)
  return withDates(
    { ...body, kind: 'answers' },
    { dates: filledOf(rowDates(body)), zone: null, hasTexts: false }
  )
}

/** Reads the dates that are added: fields named as in JSON and, in a form, its rows. */
export const readAddedDates =
  (zone: Moment['zone']) =>
  (body: unknown): unknown => {
    if (!isBody(body)) return body
    const dates = [...(zone === null ? filledOf(rowDates(body)) : []), ...namedDates(body)]
    const sent: SentDates = { dates, zone, hasTexts: dates.length > 0 && hasTexts(body), least: 0 }
    return { ...body, choice_starts: sent, choice_ends: sent }
  }

type Issue = (message: string) => void

const isSameClock = (a: Moment, b: Moment) => isDay(a.wall) || (a.zone === 'UTC' && b.zone === 'UTC')

/** Reads the start of an option. */
function startOf(sent: unknown, zone: Moment['zone'], number: number, refuse: Issue): Moment | undefined {
  const moment = typeof sent === 'string' ? readMoment(sent.trim(), zone) : undefined
  if (!moment) refuse(messageKey('dateOfOption', number))
  return moment
}

/**
 * Reads the end of an option, which must lie after its start. A day that ends on itself has no end.
 * Times of the poll's zone are compared in UTC later: an hour that comes twice makes an end look
 * earlier.
 */
function endOf(
  sent: unknown,
  starts: Moment | undefined,
  zone: Moment['zone'],
  number: number,
  refuse: Issue
) {
  if (!isFilled(sent)) return null
  const ends = typeof sent === 'string' ? readMoment(sent.trim(), zone) : undefined
  if (!ends) refuse(messageKey('endOfOption', number))
  if (!ends || !starts) return null
  if (isDay(ends.wall) !== isDay(starts.wall)) refuse(messageKey('dayAndTime', number))
  else if (isDay(ends.wall) && ends.wall === starts.wall) return null
  else if (isSameClock(ends, starts) && ends.wall <= starts.wall) refuse(messageKey('endsBefore', number))
  return ends
}

function readStarts({ dates, zone, hasTexts, least }: SentDates, refuse: Issue): TypedDate[] {
  if (hasTexts) refuse(messageKey('textsOrDates'))
  if (dates.length < least) refuse(messageKey('twoDates'))
  if (dates.length > MAX_OPTIONS) refuse(messageKey('tooManyOptions', MAX_OPTIONS))
  return dates.flatMap((sent, n): TypedDate[] => {
    const starts = startOf(sent.starts, zone, n + 1, refuse)
    return starts ? [{ starts, ends: endOf(sent.ends, starts, zone, n + 1, () => {}) }] : []
  })
}

function readEnds({ dates, zone }: SentDates, refuse: Issue): void {
  for (const [n, sent] of dates.entries()) {
    const starts = typeof sent.starts === 'string' ? readMoment(sent.starts.trim(), zone) : undefined
    endOf(sent.ends, starts, zone, n + 1, refuse)
  }
}

/** Runs `read` on what a reader above has put into a field; null: the options are texts. */
const sentDates = <T>(read: (sent: SentDates, refuse: Issue) => T) =>
  z
    .unknown()
    .default(null)
    .transform((value, context): T | null => {
      if (!isFilled(value)) return null
      // Only these readers make such an object: a field that was sent is a list or a text.
      return read(value as SentDates, message => {
        context.issues.push({ code: 'custom', message, input: value })
      })
    })

/** The fields of a poll whose options are dates. */
export const dateFields = {
  choice_starts: sentDates(readStarts).meta({
    accepts: {
      type: 'array',
      items: { type: 'string' },
      maxItems: MAX_OPTIONS,
      description: 'Options that are days or times, instead of texts. Only of the kind `answers`.'
    }
  }),
  choice_ends: sentDates(readEnds).meta({
    accepts: {
      type: 'array',
      items: { type: ['string', 'null'] },
      maxItems: MAX_OPTIONS,
      description: 'The end of each, or null.'
    }
  }),
  time_zone: z
    .string(messageKey('timeZone'))
    .trim()
    .max(64, messageKey('timeZone'))
    .refine(name => name === '' || isTimeZone(name), messageKey('timeZone'))
    .nullish()
}
