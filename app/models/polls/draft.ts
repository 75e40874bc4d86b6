/** A poll as its form describes it, and as rows. */
import type { Queries } from '../../db/database.ts'

/** A poll as its form describes it. */
export interface Draft {
  question_text: string
  description: string
  kind: string
  min_choices: number
  max_choices: number
  audience: string
  results: string
  revote: boolean
  listed: boolean
  /** UTC, in the database's form. */
  close_time: string | null
  choice_text: readonly string[]
}

/** Its columns. */
export const settings = [
  'question_text',
  'description',
  'kind',
  'min_choices',
  'max_choices',
  'audience',
  'results',
  'revote',
  'listed',
  'close_time'
] as const

/** The values of these columns, as they are stored. */
export const valuesOf = (draft: Draft) =>
  settings.map(column => (typeof draft[column] === 'boolean' ? Number(draft[column]) : draft[column]))

/** Stores what can be chosen, in this order. */
export async function addChoices(tx: Queries, question: number, texts: readonly string[]) {
  const rows = texts.map((text, index) => [question, index + 1, text])
  await tx.execute('INSERT INTO choice (question_id, position, choice_text) VALUES ?', [rows])
}

/** Whether the poll behind this slug is this one. */
export async function isStored(queries: Queries, slug: string, draft: Draft): Promise<boolean> {
  const sql = `SELECT id, ${settings.join(', ')} FROM question WHERE slug = ?`
  const row = await queries.fetchone<Record<string, unknown> & { id: number }>(sql, [slug])
  if (!row) return false
  const ofIt = 'SELECT choice_text FROM choice WHERE question_id = ? AND delete_flag = 0 ORDER BY position'
  const choices = await queries.select<{ choice_text: string }>(ofIt, [row.id])
  const texts = choices.map(({ choice_text }) => choice_text)
  const values = valuesOf(draft)
  return (
    settings.every((column, index) => row[column] === values[index]) &&
    JSON.stringify(texts) === JSON.stringify(draft.choice_text)
  )
}
