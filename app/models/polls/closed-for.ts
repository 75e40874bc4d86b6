/** Polls that have been closed for some time. */
import type { Dialect } from '../../db/database.ts'
import { isOpen } from './question-row.ts'

/**
 * Returns the SQL for "closed for so many days", by the database's clock, of the question `q`.
 * `days`: SQL of a number.
 */
export const isClosedFor = ({ clock, addDays }: Dialect, days: string) =>
  `(NOT ${isOpen(clock)} AND ${addDays('COALESCE(q.closed_time, q.close_time)', days)} <= ${clock})`
