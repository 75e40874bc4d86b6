/** What the votes of every poll amount to: what no change of the schema may change. */
import type { Queries } from '../database.ts'

/** Question -> its votes and counters as text; equal texts are equal results. */
export type Tallies = Map<number, string>

// In the words of the first schema. A migration that renames one of these changes this too, and its test.
const statements = [
  'SELECT id AS question_id, voters AS n FROM question ORDER BY id',
  'SELECT question_id, id AS choice, votes AS n FROM choice ORDER BY question_id, id',
  `SELECT question_id, choice_id AS choice, slot, COUNT(*) AS n FROM vote GROUP BY question_id, choice_id, slot
   ORDER BY question_id, choice_id, slot`
]

/** Counts every poll of any schema. */
export async function tallies(queries: Pick<Queries, 'select'>): Promise<Tallies> {
  const found: Tallies = new Map()
  for (const sql of statements) {
    for (const { question_id, ...row } of await queries.select<{ question_id: number }>(sql)) {
      found.set(question_id, `${found.get(question_id) ?? ''}${JSON.stringify(row)}`)
    }
  }
  return found
}

/** The questions whose result is not the same, or that are gone. */
export const changedBetween = (before: Tallies, after: Tallies) =>
  [...before].filter(([question, tally]) => after.get(question) !== tally).map(([question]) => question)
