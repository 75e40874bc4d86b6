/** Fills columns that the program keeps, in rows that SQL or an earlier version has written. Safe to repeat. */
import { setImmediate as turn } from 'node:timers/promises'
import { canonicalEmail } from '../../values/email.ts'
import { questionSearchText, userSearchText } from '../../values/search-text.ts'
import { caseById } from '../case-by-id.ts'
import type { Queries } from '../database.ts'
import { DuplicateKey } from '../errors.ts'

const ROWS_IN_CHUNK = 500

interface UserRow {
  id: number
  name: string
  email: string
}

/** Sets the search texts of rows in one statement. */
async function setSearchTexts(
  queries: Queries,
  table: 'question' | 'user',
  texts: ReadonlyArray<readonly [id: number, text: string]>
) {
  const [text, args] = caseById(texts)
  const sql = `UPDATE ${table} SET search_text = ${text} WHERE id IN (?)`
  await queries.execute(sql, [...args, texts.map(([id]) => id)])
  await turn() // the embedded engine blocks the event loop
}

async function fillQuestions(queries: Queries) {
  for (;;) {
    const unfilled = 'SELECT id FROM question WHERE search_text IS NULL'
    const ids = await queries.select<{ id: number }>(unfilled, [], ROWS_IN_CHUNK)
    if (ids.length === 0) return
    const sql = 'SELECT id, question_text FROM question WHERE id IN (?)'
    const rows = await queries.select<{ id: number; question_text: string }>(sql, [ids.map(({ id }) => id)])
    const texts = rows.map(row => [row.id, questionSearchText(row.question_text)] as const)
    await setSearchTexts(queries, 'question', texts)
  }
}

/**
 * Stores an e-mail address in its canonical form, and returns what is stored. Where another account has that form already,
 * the row keeps its own: its owner signs in by phone or asks the administrator.
 */
async function canonicalize(queries: Queries, { id, email }: UserRow): Promise<string> {
  const canonical = email.includes('@') ? canonicalEmail(email) : email // the mark of a deleted account has no @
  if (canonical === email) return email
  try {
    await queries.execute('UPDATE user SET email = ? WHERE id = ?', [canonical, id])
    return canonical
  } catch (error) {
    if (error instanceof DuplicateKey) return email
    throw error
  }
}

async function fillUsers(queries: Queries) {
  for (;;) {
    const sql = 'SELECT id, name, email FROM user WHERE search_text IS NULL ORDER BY id'
    const rows = await queries.select<UserRow>(sql, [], ROWS_IN_CHUNK)
    if (rows.length === 0) return
    const texts: Array<readonly [id: number, text: string]> = []
    for (const row of rows) texts.push([row.id, userSearchText(row.name, await canonicalize(queries, row))])
    await setSearchTexts(queries, 'user', texts)
  }
}

/** Fills the search texts of polls and accounts, and makes e-mail addresses canonical. */
export async function backfill(queries: Queries) {
  await fillQuestions(queries)
  await fillUsers(queries)
}
