/** Times: typed in a time zone, stored in UTC. */

const wallForm = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/

/** A day without a change of the clock. */
export const DAY_MS = 86_400_000
export const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59)

/**
 * Converts an instant to the wall clock of a zone. Both are milliseconds; the result is as if the
 * clock showed UTC.
 */
function wallOf(instant: number, timeZone: string): number {
  const two = '2-digit'
  const clock = { hour: two, minute: two, second: two, hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: two, day: two, ...clock })
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)])
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
}

/**
 * Formats milliseconds since 1970 in the database's form: `YYYY-MM-DD HH:MM:SS`, UTC. What lies
 * behind the year 9999, which that form cannot say, becomes its last second.
 */
export const toDatabase = (instant: number) =>
  new Date(Math.min(instant, LAST_INSTANT)).toISOString().slice(0, 19).replace('T', ' ')

/** Returns a time in the database's form as ISO 8601 writes it: `YYYY-MM-DDTHH:MM:SSZ`. */
export const toIso = (time: string) => `${time.replace(' ', 'T')}Z`

/** Parses a time in the database's form to milliseconds since 1970. */
export const fromDatabase = (time: string) => Date.parse(toIso(time))

/** Returns the time so many milliseconds after a time; both in the database's form. */
export const addMs = (time: string, ms: number) => toDatabase(fromDatabase(time) + ms)

/**
 * Converts a wall clock time `YYYY-MM-DDTHH:MM` of a zone to UTC in the database's form. Returns
 * undefined for an invalid time and for a time that a clock change skips. A time that occurs twice
 * means the first one.
 */
export function parseWall(text: string, timeZone: string): string | undefined {
  const [, year, month, date, hour, minute, second = '00'] = wallForm.exec(text) ?? []
  if (year === undefined || year < '1970') return undefined
  const plain = `${year}-${month}-${date} ${hour}:${minute}:${second}`
  const wall = fromDatabase(plain)
  if (Number.isNaN(wall) || toDatabase(wall) !== plain) return undefined // a 30th of February, an hour 24
  // The clock may change within a day: try the offsets of the day before and the day after. When
  // clocks are set back, the first offset is the larger one and gives the earlier instant.
  const offsets = [-DAY_MS, DAY_MS].map(shift => wallOf(wall + shift, timeZone) - (wall + shift))
  const instants = offsets.map(offset => wall - offset)
  const found = instants.find(instant => wallOf(instant, timeZone) === wall)
  // The last hours of 9999 belong to a year of five digits in UTC, which no database stores.
  return found === undefined || found > LAST_INSTANT ? undefined : toDatabase(found)
}

/**
 * Converts a time in the database's form to `YYYY-MM-DDTHH:MM` in a zone, the value of a form
 * field.
 */
export const toWall = (time: string, timeZone: string) =>
  toDatabase(wallOf(fromDatabase(time), timeZone))
    .slice(0, 16)
    .replace(' ', 'T')

/** Closing times that a form offers, by the name of each. The zone decides which day it is. */
const OFFERED = new Map<string, (now: number, timeZone: string) => string | undefined>([
  ['hour', now => toDatabase(now + DAY_MS / 24)],
  ['evening', (now, timeZone) => eveningOf(now, timeZone)],
  ['tomorrow', (now, timeZone) => eveningOf(now, timeZone, 1)],
  ['week', now => toDatabase(now + 7 * DAY_MS)]
])

/** Counts by the calendar: a day on which the clocks change has 23 or 25 hours. */
function eveningOf(now: number, timeZone: string, daysLater = 0) {
  const midnight = fromDatabase(`${toWall(toDatabase(now), timeZone).slice(0, 10)} 00:00:00`)
  return parseWall(`${toDatabase(midnight + daysLater * DAY_MS).slice(0, 10)}T18:00`, timeZone)
}

/** The same as `parseWall` for a form, which may also send the name of a time that it offers. */
export const parseOffered = (text: string, timeZone: string, now = Date.now()) =>
  OFFERED.has(text) ? OFFERED.get(text)!(now, timeZone) : parseWall(text, timeZone)

/** Tells whether a closing time of this name lies ahead: this evening does not at night. */
export const isOfferAhead = (name: string, timeZone: string, now = Date.now()): boolean => {
  const time = OFFERED.get(name)?.(now, timeZone)
  return time !== undefined && time > toDatabase(now)
}

/** Tells whether a form offers a closing time of this name, which is another at each request. */
export const isOffered = (text: string) => OFFERED.has(text)

/** Tells whether a text is a moment in the database's form. There is no 30 February. */
export function isDatabaseTime(text: string): boolean {
  const time = fromDatabase(text)
  return !Number.isNaN(time) && toDatabase(time) === text
}

/** The time zones that a form offers. */
export const TIME_ZONES: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

/**
 * Tells whether this process knows the IANA time zone. An offset is none: it knows no summer time.
 */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
