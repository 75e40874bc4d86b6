/**
 * Grants the application's database user what it needs, and no more: it cannot change the schema or
 * a line of a log.
 */
import type { Queries } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import { listTables, UNFINISHED_RESTORE } from './tables.ts'

/** Tables whose rows are only added. */
const APPEND_ONLY: ReadonlySet<string> = new Set(['admin_log', 'question_edit'])
/** Written by commands alone. */
const READ_ONLY: ReadonlySet<string> = new Set(['schemaversion', 'backfill', UNFINISHED_RESTORE])

/** What a server answers to a user who may not grant, and to a REVOKE of what was never granted. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_CANT_CREATE_USER_WITH_GRANT',
  'ER_NONEXISTING_GRANT'
])

/** Runs the statements; false if the server refuses one. */
async function areAllowed(queries: Queries, statements: readonly string[]) {
  try {
    for (const sql of statements) await queries.execute(sql)
    return true
  } catch (error) {
    if (error instanceof DatabaseError && REFUSALS.has(error.message)) return false
    throw error
  }
}

function privilegesOn(table: string) {
  if (READ_ONLY.has(table.toLowerCase())) return 'SELECT'
  return APPEND_ONLY.has(table) ? 'SELECT, INSERT' : 'SELECT, INSERT, UPDATE, DELETE'
}

/**
 * Deletes the history of deleted polls, which the application's user may not. Does nothing where
 * the user of this connection may not either.
 */
export async function eraseHistories(queries: Queries): Promise<void> {
  const isErased = 'question_id IN (SELECT id FROM question WHERE delete_flag <> 0 AND revision = 0)'
  const left = await queries.select(`SELECT id FROM question_edit WHERE ${isErased}`, [], 1)
  // Nothing is written where nothing is left: the database may be read only.
  if (left.length > 0) await areAllowed(queries, [`DELETE FROM question_edit WHERE ${isErased}`])
}

/**
 * Grants `account` (`user@host`) its privileges table by table, because MySQL and MariaDB only add
 * privileges: one on the database cannot be taken back for a table. Takes the right to change rows
 * of the whole database back, where an older version gave it. Returns false if the user of this
 * connection may not grant.
 */
export async function grantTo(queries: Queries, account: string): Promise<boolean> {
  const [user, host] = account.split('@')
  const to = `'${user}'@'${host}'` // app/config/stores.ts lets no quote pass
  const tables = await listTables(queries, 'mysql')
  const { name: database } = (await queries.fetchone<{ name: string }>('SELECT DATABASE() AS name'))!
  const grants = tables.map(table => `GRANT ${privilegesOn(table)} ON \`${table}\` TO ${to}`)
  if (!(await areAllowed(queries, grants))) return false
  await areAllowed(queries, [`REVOKE UPDATE, DELETE ON \`${database}\`.* FROM ${to}`])
  return true
}
