/**
 * Options that are days or times: their forms, and the text that stands for one where no language
 * is known.
 */
import { LAST_INSTANT, fromDatabase, isDatabaseTime, parseWall, toDatabase, toWall } from './time.ts'

/** A day or a time. */
export interface OptionDate {
  /** `YYYY-MM-DD`, or UTC in the database's form. */
  starts: string
  /** The last day of several, or the end; null: a single day, or a time without an end. */
  ends: string | null
}

/** Returns the days and times of these options; none where they are texts. */
export const storedDates = (
  options: ReadonlyArray<{ starts: string | null; ends: string | null }>
): OptionDate[] => options.flatMap(({ starts, ends }) => (starts === null ? [] : [{ starts, ends }]))

/** A moment as it was typed, not yet in UTC; `zone`: UTC, or null for the zone of the poll. */
export interface Moment {
  wall: string
  zone: 'UTC' | null
}

/** Days as typed, or times. */
export interface TypedDate {
  starts: Moment
  ends: Moment | null
}

/** Tells whether a text is the form of a day; anything else that is stored is a time. */
export const isDay = (text: string) => text.length === 10

const momentForm =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/

/**
 * Reads a day `YYYY-MM-DD` or a time `YYYY-MM-DDTHH:MM`, perhaps with seconds, `Z` or an offset.
 * `zone`: of a time without an offset. Returns undefined if it does not exist in any zone.
 */
export function readMoment(text: string, zone: Moment['zone']): Moment | undefined {
  const [, day, time, seconds = '00', offset] = momentForm.exec(text) ?? []
  if (day === undefined || day < '1970' || !isDatabaseTime(`${day} 00:00:00`)) return undefined
  if (time === undefined) return { wall: day, zone: null }
  const wall = `${day} ${time}:${seconds}`
  if (!isDatabaseTime(wall)) return undefined
  if (offset === undefined) return { wall, zone }
  const instant = Date.parse(`${day}T${time}:${seconds}${offset.replace(/(\d\d):?(\d\d)$/, '$1:$2')}`)
  if (instant > LAST_INSTANT) return undefined
  const utc = toDatabase(instant)
  return isDatabaseTime(utc) && utc >= '1970' ? { wall: utc, zone: 'UTC' } : undefined
}

/**
 * Reads a time of JSON, which is UTC without an offset, in the database's form; undefined if it
 * does not exist.
 */
export function readTime(text: string): string | undefined {
  const moment = readMoment(text, 'UTC')
  return moment && !isDay(moment.wall) ? moment.wall : undefined
}

/** Returns a moment as it is stored; undefined for a time that a clock change skips. */
export const resolveMoment = ({ wall, zone }: Moment, timeZone: string): string | undefined =>
  isDay(wall) ? wall : parseWall(wall, zone ?? timeZone)

/** Formats a day or a time for fields of a form, in a zone: `['2026-12-04', '18:00']`. */
export function fieldsOf(stored: string, timeZone: string): [day: string, time: string] {
  if (isDay(stored)) return [stored, '']
  const [day = '', time = ''] = toWall(stored, timeZone).split('T')
  return [day, time]
}

/**
 * Returns the zone as this format names it at an instant: `CET`, `CEST`; undefined where it names
 * none.
 */
export const zoneNameOf = (format: Intl.DateTimeFormat, instant: number) =>
  format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value

function offsetOf(time: string, timeZone: string) {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
  return zoneNameOf(format, fromDatabase(time)) ?? 'GMT'
}

/**
 * Writes an option as text: `2026-12-04`, `2026-12-04 18:00–20:00 GMT+1`. Texts of different
 * options differ: an hour that comes twice has two offsets.
 */
export function dateText({ starts, ends }: OptionDate, timeZone: string): string {
  const [day, time] = fieldsOf(starts, timeZone)
  const [lastDay = '', endTime = ''] = ends === null ? [] : fieldsOf(ends, timeZone)
  if (isDay(starts)) return ends === null ? day : `${day} – ${lastDay}`
  const offset = offsetOf(starts, timeZone)
  const lastOffset = ends === null ? offset : offsetOf(ends, timeZone)
  const start = offset === lastOffset ? `${day} ${time}` : `${day} ${time} ${offset}`
  const end = ends === null ? '' : lastDay === day ? `–${endTime}` : ` – ${lastDay} ${endTime}`
  return `${start}${end} ${lastOffset}`
}

/** Sorts options by day, a whole day before its times. */
export function sortDates<T extends OptionDate>(dates: readonly T[], timeZone: string): T[] {
  const keyed = dates.map(date => {
    const [day, time] = fieldsOf(date.starts, timeZone)
    return { key: `${day} ${time} ${date.starts} ${date.ends ?? ''}`, date }
  })
  return keyed
    .toSorted((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
    .map(({ date }) => date)
}
