/** The result of every poll in a comparable form, to check that a migration changes none. */
import type { Queries } from '../database.ts'

/** Maps a question to its votes and counters as text. Equal texts are equal results. */
export type Tallies = Map<number, string>

// Names of tables and columns are those of the first schema, and of that with items. A migration
// that renames one must change these statements.
const statements = [
  'SELECT id AS question_id, voters AS n FROM question ORDER BY id',
  'SELECT question_id, id AS choice, votes AS n FROM choice ORDER BY question_id, id',
  `SELECT question_id, choice_id AS choice, slot, COUNT(*) AS n FROM vote GROUP BY question_id, choice_id, slot
   ORDER BY question_id, choice_id, slot`
]

/** The first schema whose ballots have values, and with the table `tally`. */
export const ITEMS_VERSION = 11

const statementsOfItems = [
  'SELECT question_id, item, votes AS n FROM tally ORDER BY question_id, item',
  `SELECT question_id, choice_id AS choice, value, COUNT(*) AS n FROM vote WHERE value IS NOT NULL
   GROUP BY question_id, choice_id, value ORDER BY question_id, choice_id, value`
]

/**
 * Reads the result of every poll. Works with every version of the schema; `hasItems`: it is at
 * least `ITEMS_VERSION`.
 */
export async function tallies(queries: Pick<Queries, 'select'>, hasItems: boolean): Promise<Tallies> {
  const found: Tallies = new Map()
  for (const sql of hasItems ? [...statements, ...statementsOfItems] : statements) {
    for (const { question_id, ...row } of await queries.select<{ question_id: number }>(sql)) {
      found.set(question_id, `${found.get(question_id) ?? ''}${JSON.stringify(row)}`)
    }
  }
  return found
}

/** Lists the questions whose result differs or that are missing. */
export const changedBetween = (before: Tallies, after: Tallies) =>
  [...before].filter(([question, tally]) => after.get(question) !== tally).map(([question]) => question)
