/** Polls that have been closed for some time. */
import type { Dialect, Transaction } from '../../db/database.ts'
import { isOpen } from './question-row.ts'

/** Returns the SQL for "closed for so many days", by the database's clock, of the question `q`. `days`: SQL of a number. */
export const isClosedFor = ({ clock, addDays }: Dialect, days: string) =>
  `(NOT ${isOpen(clock)} AND ${addDays('COALESCE(q.closed_time, q.close_time)', days)} <= ${clock})`

/**
 * Locks a question until the transaction ends. Returns whether the condition, SQL about `q`, still holds: the poll may have
 * been reopened, edited or deleted since it was found.
 */
export async function stillHolds(tx: Transaction, question: number, condition: string): Promise<boolean> {
  const sql = `SELECT ${condition} AS holds FROM question q WHERE q.id = ? ${tx.dialect.forUpdate}`
  return (await tx.fetchone<{ holds: number }>(sql, [question]))?.holds === 1
}
