/** The clock of the database, by which all processes go. */
import type { Dialect, Queries } from './database.ts'

/** Reads the database's clock, UTC in the database's form. */
export async function readNow(
  queries: Pick<Queries, 'fetchone'>,
  { now }: Pick<Dialect, 'now'>
): Promise<string> {
  const row = await queries.fetchone<{ now: string }>(`SELECT ${now} AS now`)
  return row!.now
}
