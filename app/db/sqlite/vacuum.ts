/** Rewrites database files of earlier versions, in which deleted rows can still be read. */
import type { Database } from '../database.ts'

/** `user_version` of a file in which deleted rows have always been overwritten. */
export const OVERWRITTEN = 1

/**
 * Writes the whole file anew, unless that was done before: earlier versions left deleted rows on
 * free pages. Meanwhile one copy of it lies in SQLite's folder for temporary files (SQLITE_TMPDIR),
 * and one in the log beside it. Throws DatabaseError; the file is then as it was.
 */
export async function vacuumOnce(db: Database): Promise<void> {
  const row = await db.fetchone<{ user_version: number }>('PRAGMA user_version')
  if (row!.user_version >= OVERWRITTEN) return
  await db.execute('VACUUM')
  await db.execute(`PRAGMA user_version = ${OVERWRITTEN}`)
  await db.scrub()
}
