/** Closing times: typed in the instance's time zone, stored in UTC. */

const wallForm = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/
const day = 86_400_000

/** What the clocks of a zone show at this instant, as if it were UTC; milliseconds. */
function wallOf(instant: number, timeZone: string): number {
  const two = '2-digit'
  const clock = { hour: two, minute: two, second: two, hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: two, day: two, ...clock })
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)])
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
}

/** `YYYY-MM-DD HH:MM:SS` in UTC, the database's form. */
export const toDatabase = (instant: number) => new Date(instant).toISOString().slice(0, 19).replace('T', ' ')

/** Milliseconds since 1970 of a time in the database's form. */
export const fromDatabase = (time: string) => Date.parse(`${time.replace(' ', 'T')}Z`)

/**
 * A wall clock time `YYYY-MM-DDTHH:MM` of a zone as UTC in the database's form. Undefined for what is no time, and for
 * an hour that a clock change skips. Of an hour that comes twice, the first is taken.
 */
export function parseWall(text: string, timeZone: string): string | undefined {
  const [, year, month, date, hour, minute, second = '00'] = wallForm.exec(text) ?? []
  if (year === undefined || year < '1970') return undefined
  const plain = `${year}-${month}-${date} ${hour}:${minute}:${second}`
  const wall = fromDatabase(plain)
  if (Number.isNaN(wall) || toDatabase(wall) !== plain) return undefined // a 30th of February, an hour 24
  // The offsets a day before and after, between which a change may lie. Where an hour comes twice, the first offset is the
  // larger one, and gives the earlier instant.
  const offsets = [-day, day].map(shift => wallOf(wall + shift, timeZone) - (wall + shift))
  const instants = offsets.map(offset => wall - offset)
  const found = instants.find(instant => wallOf(instant, timeZone) === wall)
  return found === undefined ? undefined : toDatabase(found)
}

/** A time in the database's form as `YYYY-MM-DDTHH:MM` of a zone, as a form field holds it. */
export const toWall = (time: string, timeZone: string) =>
  toDatabase(wallOf(fromDatabase(time), timeZone))
    .slice(0, 16)
    .replace(' ', 'T')
