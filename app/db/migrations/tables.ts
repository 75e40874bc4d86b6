/** The tables of a database, and what they tell before its schema is known. */
import type { Config } from '../../config/load.ts'
import type { Reads } from '../database.ts'

export type Engine = Config['database']['engine']

/**
 * A table that is there while `restore` replaces the others: a server commits each table of a dump
 * at once, so that an interrupted restore leaves some of them.
 */
export const UNFINISHED_RESTORE = 'unfinished_restore'

const LIST: Record<Engine, string> = {
  mysql:
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type <> 'VIEW'",
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
}

/** Lists the names of all tables, without views. */
export async function listTables(queries: Pick<Reads, 'select'>, engine: Engine): Promise<string[]> {
  const tables = await queries.select<{ name: string }>(LIST[engine])
  return tables.map(({ name }) => name)
}

/**
 * Tells why a database with these tables is incomplete, or returns null. The message is for the
 * operator.
 */
export function findFault(tables: readonly string[]): string | null {
  if (tables.includes(UNFINISHED_RESTORE))
    return 'A restore of this database was interrupted, and it is incomplete: restore the backup again, with --overwrite.'
  if (tables.includes('question') && !tables.includes('schemaversion'))
    return 'The database has polls and no version of its schema: it is incomplete, or belongs to another program. Restore a backup with --overwrite.'
  return null
}
