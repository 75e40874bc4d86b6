/** A calendar with one event, as a file in the form of RFC 5545. */
import { isDay, type OptionDate } from './dates.ts'
import { DAY_MS } from './time.ts'

export interface CalendarEvent {
  /** Names the event for ever. */
  uid: string
  /** Counts its changes. */
  sequence: number
  /** When it was changed, UTC in the database's form. */
  stamp: string
  isCancelled: boolean
  /** Null: a cancelled event of which no date is known any more. */
  date: OptionDate | null
  summary: string
  description: string
  url: string
}

const MAX_OCTETS = 75

/** Escapes a text: what separates values, and line breaks. */
const escaped = (text: string) => text.replaceAll(/[\\;,]/g, sign => `\\${sign}`).replaceAll('\n', '\\n')

/** Folds a line at 75 octets, never inside a character. A further line begins with a space. */
function folded(line: string): string {
  const lines = ['']
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MAX_OCTETS) {
      lines.push(' ')
      octets = 1
    }
    lines[lines.length - 1] += character
    octets += size
  }
  return lines.join('\r\n')
}

/** Writes a time in UTC: `20261204T170000Z`. */
const utc = (time: string) => `${time.replaceAll(/[-:]/g, '').replace(' ', 'T')}Z`
const plainDay = (day: string) => day.replaceAll('-', '')

/**
 * Returns the day after, at which an event of whole days ends; undefined after the last day of all.
 */
function dayAfter(day: string): string | undefined {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString()
  return next.startsWith('+') ? undefined : next.slice(0, 10)
}

function datesOf({ starts, ends }: OptionDate): string[] {
  if (!isDay(starts)) return [`DTSTART:${utc(starts)}`, ...(ends === null ? [] : [`DTEND:${utc(ends)}`])]
  const end = dayAfter(ends ?? starts)
  return [`DTSTART;VALUE=DATE:${plainDay(starts)}`, ...(end ? [`DTEND;VALUE=DATE:${plainDay(end)}`] : [])]
}

/** Writes the file. A cancelled event removes itself from the calendar that it is opened in. */
export function toCalendar(event: CalendarEvent): string {
  const { uid, sequence, stamp, isCancelled, date, summary, description, url } = event
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//vote//polls//EN',
    `METHOD:${isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(stamp)}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    // Both methods require an organiser; the site has no address of theirs to tell.
    'ORGANIZER;CN=vote:invalid:nomail',
    ...(date ? datesOf(date) : []),
    `SUMMARY:${escaped(summary)}`,
    ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR'
  ]
  return lines.map(line => `${folded(line)}\r\n`).join('')
}
