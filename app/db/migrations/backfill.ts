/**
 * Fills columns that the program keeps, in rows that SQL or an earlier version has written. Safe to
 * repeat.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { canonicalEmail } from '../../values/email.ts'
import { questionSearchText, userSearchText } from '../../values/search-text.ts'
import { isFormerSearchForm } from '../../values/text.ts'
import { caseById } from '../case-by-id.ts'
import type { Argument, Queries } from '../database.ts'
import { DuplicateKey } from '../errors.ts'

const ROWS_IN_CHUNK = 500

interface QuestionRow {
  id: number
  question_text: string
}

interface UserRow {
  id: number
  name: string
  email: string
}

/** Characters, as the column holds. */
const MAX_EMAIL = 254

/** Changes a row. Returns 'duplicate' if another row has the key already. */
async function update(queries: Queries, sql: string, args: readonly Argument[]) {
  try {
    return (await queries.execute(sql, args)).affectedRows > 0 ? 'changed' : 'unchanged'
  } catch (error) {
    if (error instanceof DuplicateKey) return 'duplicate'
    throw error
  }
}

/**
 * Stores an e-mail address in its canonical form and returns that. Where two accounts have one
 * address, the earlier one gets the form, and the later one keeps another spelling, by which it is
 * not found: its owner signs in by phone or asks the administrator. Where a third account has that
 * spelling already, all of them stay as they are.
 */
async function canonicalize(queries: Queries, { id, email }: UserRow): Promise<string> {
  const canonical = email.includes('@') ? canonicalEmail(email) : email // the mark of a deleted account has no @
  if (canonical === email) return canonical
  const store = () => update(queries, 'UPDATE user SET email = ? WHERE id = ?', [canonical, id])
  if ((await store()) !== 'duplicate') return canonical
  // In brackets it is another spelling of the same address. Interrupted after this, the next
  // process stores the form.
  const spelling = `<${canonical}>`
  const sql = 'UPDATE user SET email = ? WHERE email = ? AND id > ?'
  const moved = spelling.length <= MAX_EMAIL && (await update(queries, sql, [spelling, canonical, id]))
  if (moved === 'changed') await store()
  return canonical
}

/** MySQL has the search text of polls as bytes. */
type Stored<Row> = Row & { search_text: string | Uint8Array | null }

/** Tells whether a row has no search text, or that of an earlier version. */
const isOutdated = ({ search_text: text }: Pick<Stored<unknown>, 'search_text'>) =>
  text === null || isFormerSearchForm(String(text))

/**
 * Rows to look at: those without a search text, or all, after an upgrade of what search texts are.
 */
type Rows = 'unfilled' | 'all'

/**
 * Sets the search texts of outdated rows, a chunk in one statement. Until then they have the former
 * text, so that searches find them. A row whose `source` is changed meanwhile has a new search text
 * already. `columns`: of a row that `textOf` gets.
 */
async function fill<Row extends { id: number }>(
  queries: Queries,
  which: Rows,
  {
    table,
    source,
    columns
  }: { table: 'question' | 'user'; source: keyof Row; columns: ReadonlyArray<keyof Row & string> },
  textOf: (row: Row) => string | Promise<string>
) {
  const isWanted = which === 'all' ? '1 = 1' : 'search_text IS NULL'
  const next = `SELECT search_text, ${columns.join(', ')} FROM ${table} WHERE id > ? AND ${isWanted} ORDER BY id`
  let last: number | undefined = 0
  while (last !== undefined) {
    const rows: Array<Stored<Row>> = await queries.select(next, [last], ROWS_IN_CHUNK)
    last = rows.at(-1)?.id
    const outdated = rows.filter(isOutdated)
    if (outdated.length > 0) {
      const texts: Array<readonly [id: number, text: string]> = []
      for (const row of outdated) texts.push([row.id, await textOf(row)])
      const [text, args] = caseById(texts)
      const [read, readArgs] = caseById(outdated.map(row => [row.id, row[source] as string] as const))
      const sql = `UPDATE ${table} SET search_text = ${text} WHERE id IN (?) AND ${String(source)} = ${read}`
      await queries.execute(sql, [...args, outdated.map(({ id }) => id), ...readArgs])
    }
    await turn() // the embedded engine blocks the event loop
  }
}

/** Fills the search texts of polls and accounts, and makes e-mail addresses canonical. */
export async function backfill(queries: Queries, which: Rows) {
  const polls = { table: 'question', source: 'question_text', columns: ['id', 'question_text'] } as const
  await fill<QuestionRow>(queries, which, polls, row => questionSearchText(row.question_text))
  const accounts = { table: 'user', source: 'name', columns: ['id', 'name', 'email'] } as const
  await fill<UserRow>(queries, which, accounts, async row =>
    userSearchText(row.name, await canonicalize(queries, row))
  )
}

/** The first schema with columns that the program fills. */
const FIRST_VERSION = 6
/** The first schema that knows what was filled. */
const NOTED_VERSION = 44

/** Tells whether all rows were brought to this version of the schema, which notes that. */
export const isFilled = async (queries: Pick<Queries, 'fetchone'>, version: number) =>
  (await queries.fetchone('SELECT version FROM backfill WHERE version = ?', [version])) !== undefined

/**
 * Fills all rows once in each version of the schema, and the rows without a search text every time:
 * a replica of an earlier version may have written some. Returns whether it looked at all rows.
 */
export async function backfillOnce(queries: Queries, version: number): Promise<boolean> {
  const isNoted = version >= NOTED_VERSION
  const isDone = isNoted && (await isFilled(queries, version))
  if (version >= FIRST_VERSION) await backfill(queries, isDone ? 'unfilled' : 'all')
  if (isNoted && !isDone) await queries.execute('INSERT INTO backfill (version) VALUES (?)', [version])
  return !isDone
}
