/** The rows of a form for options that are dates, as a form shows them. */
import { rowsIn } from '../../schemas/poll-dates.ts'
import { fieldsOf, type OptionDate, readMoment, type TypedDate } from '../../values/dates.ts'
import { MAX_OPTIONS } from '../../values/kinds.ts'
import { listOf } from '../../values/list.ts'

/** What the fields of a row hold. */
interface DateRow {
  day: unknown
  start: unknown
  end: unknown
  /** The day of the end, where it is another. */
  last: unknown
}

const EMPTY: DateRow = { day: '', start: '', end: '', last: '' }

/** Rows that an empty form has, and gets when more are asked for. */
const MIN_ROWS = 5
const MORE_ROWS = 5

/** Adds empty rows: `more`, and so many that the form has a few. */
export function paddedRows(rows: readonly DateRow[], more: boolean): DateRow[] {
  const wanted = Math.min(MAX_OPTIONS, Math.max(MIN_ROWS, rows.length + (more ? MORE_ROWS : 0)))
  return [...rows, ...Array.from({ length: Math.max(0, wanted - rows.length) }, () => EMPTY)]
}

/** Browsers show nothing else in a field for a day or a time, and complain. */
const shownDay = (sent: unknown) =>
  typeof sent === 'string' && readMoment(sent, null)?.wall === sent ? sent : ''
const shownTime = (sent: unknown) =>
  typeof sent === 'string' && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(sent) ? sent : ''

const isEmpty = (row: DateRow) => Object.values(row).every(value => value === '')

const rowOf = (from: readonly string[], to: readonly string[]): DateRow => {
  const [day = '', start = ''] = from
  const [lastDay = '', end = ''] = to
  return { day, start, end, last: lastDay === day ? '' : lastDay }
}

const split = (sent: unknown) =>
  typeof sent === 'string' ? sent.split(/[T ]/).map(part => part.slice(0, 10)) : []

const isTyped = (sent: unknown): sent is TypedDate =>
  typeof (sent as Partial<TypedDate> | null)?.starts?.wall === 'string'

function rowOfTyped({ starts, ends }: TypedDate): DateRow {
  const [day = '', time = ''] = split(starts.wall)
  const [lastDay = '', end = ''] = split(ends?.wall ?? '')
  return rowOf([day, time.slice(0, 5)], [lastDay, end.slice(0, 5)])
}

/**
 * Returns the rows that were sent: fields of rows, of programs, or dates that were read already and
 * then refused. `body`: its lists are bounded.
 */
export function rowsAgain(body: Record<string, unknown>): DateRow[] {
  const sent = listOf(body.choice_starts)
  if (sent.length > 0 && sent.every(isTyped)) return sent.map(rowOfTyped)
  if (sent.length > 0) {
    const ends = listOf(body.choice_ends)
    return sent.map((start, n) => rowOf(split(start), split(ends[n])))
  }
  const rows = rowsIn(body).map(({ day, start, end, last }) => ({
    day: shownDay(day),
    start: shownTime(start),
    end: shownTime(end),
    last: shownDay(last)
  }))
  return rows.filter(row => !isEmpty(row))
}

/** Returns the rows of the options of a poll, in its zone. */
export const rowsFrom = (dates: readonly OptionDate[], timeZone: string): DateRow[] =>
  dates.map(({ starts, ends }) =>
    rowOf(fieldsOf(starts, timeZone), ends === null ? [] : fieldsOf(ends, timeZone))
  )
