/** The clock of the database, by which all processes go. */
import type { Dialect, Queries } from './database.ts'

/** Reads the database's clock, UTC in the database's form. */
export async function readNow(
  queries: Pick<Queries, 'fetchone'>,
  { clock }: Pick<Dialect, 'clock'>
): Promise<string> {
  const row = await queries.fetchone<{ now: string }>(`SELECT ${clock} AS now`)
  return row!.now
}
