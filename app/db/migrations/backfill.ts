/** Fills columns that the program keeps, in rows that SQL or an earlier version has written. Safe to repeat. */
import { setImmediate as turn } from 'node:timers/promises'
import { canonicalEmail } from '../../values/email.ts'
import { questionSearchText, userSearchText } from '../../values/search-text.ts'
import type { Queries } from '../database.ts'
import { DuplicateKey } from '../errors.ts'

const ROWS_IN_CHUNK = 500

async function fillQuestions(queries: Queries) {
  for (;;) {
    const ids = await queries.select<{ id: number }>(
      'SELECT id FROM question WHERE search_text IS NULL',
      [],
      ROWS_IN_CHUNK
    )
    if (ids.length === 0) return
    const sql = 'SELECT id, question_text FROM question WHERE id IN (?)'
    const rows = await queries.select<{ id: number; question_text: string }>(sql, [ids.map(({ id }) => id)])
    const cases = rows.map(() => 'WHEN ? THEN ?').join(' ')
    await queries.execute(`UPDATE question SET search_text = CASE id ${cases} END WHERE id IN (?)`, [
      ...rows.flatMap(({ id, question_text }) => [id, questionSearchText(question_text)]),
      rows.map(({ id }) => id)
    ])
    await turn() // the embedded engine blocks the event loop
  }
}

/**
 * Stores an e-mail address in its canonical form. Where another account has that form already, the row keeps its own, and its
 * owner signs in by phone or asks the administrator.
 */
async function fillUser(queries: Queries, { id, name, email }: { id: number; name: string; email: string }) {
  const sql = 'UPDATE user SET email = ?, search_text = ? WHERE id = ?'
  const canonical = email.includes('@') ? canonicalEmail(email) : email // the mark of a deleted account has no @
  try {
    await queries.execute(sql, [canonical, userSearchText(name, canonical), id])
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    await queries.execute(sql, [email, userSearchText(name, email), id])
  }
}

async function fillUsers(queries: Queries) {
  for (;;) {
    const sql = 'SELECT id, name, email FROM user WHERE search_text IS NULL ORDER BY id'
    const rows = await queries.select<{ id: number; name: string; email: string }>(sql, [], ROWS_IN_CHUNK)
    if (rows.length === 0) return
    for (const row of rows) await fillUser(queries, row)
    await turn()
  }
}

/** Fills the search texts of polls and accounts, and makes e-mail addresses canonical. */
export async function backfill(queries: Queries) {
  await fillQuestions(queries)
  await fillUsers(queries)
}
