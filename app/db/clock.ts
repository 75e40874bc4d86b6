/** The clock of the database, by which all processes go. */
import type { Queries } from './database.ts'

/** Reads the database's clock, UTC in the database's form. */
export async function readNow(queries: Queries): Promise<string> {
  const row = await queries.fetchone<{ now: string }>(`SELECT ${queries.dialect.clock} AS now`)
  return row!.now
}
