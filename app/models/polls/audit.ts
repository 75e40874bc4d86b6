/** Recounts every poll and compares the result with its counters. */
import type { Database } from '../../db/database.ts'

/** A counter that differs from its rows, or a ballot with impossible rows. */
interface Difference {
  question_id: number
  what: string
  counter: number
  counted: number
}

/** Each check is one statement and reads one moment, so that votes may continue to arrive. */
const checks = [
  `SELECT c.question_id, 'votes of a choice' AS what, c.votes AS counter, COALESCE(r.counted, 0) AS counted
   FROM choice c LEFT JOIN (SELECT question_id, choice_id, COUNT(*) AS counted FROM vote GROUP BY question_id, choice_id) r
     ON r.question_id = c.question_id AND r.choice_id = c.id
   WHERE c.votes <> COALESCE(r.counted, 0)`,
  `SELECT q.id AS question_id, 'voters of a question' AS what, q.voters AS counter, COALESCE(r.counted, 0) AS counted
   FROM question q LEFT JOIN (SELECT question_id, COUNT(*) AS counted FROM vote WHERE slot = 0 GROUP BY question_id) r
     ON r.question_id = q.id
   WHERE q.voters <> COALESCE(r.counted, 0)`,
  `SELECT v.question_id, 'slots of a ballot' AS what, MAX(v.slot) + 1 AS counter, COUNT(*) AS counted FROM vote v
   GROUP BY v.question_id, v.voter
   HAVING MIN(v.slot) <> 0 OR MAX(v.slot) + 1 <> COUNT(*) OR MIN(v.receipt) <> MAX(v.receipt)
     OR COUNT(DISTINCT v.choice_id) <> COUNT(*)`,
  `SELECT q.id AS question_id, 'choices of a ballot' AS what, q.max_choices AS counter, COUNT(*) AS counted
   FROM question q JOIN vote v ON v.question_id = q.id
   GROUP BY q.id, q.max_choices, v.voter HAVING COUNT(*) > q.max_choices`
]

/** Returns all differences between counters and rows. A sound database has none. */
export async function audit(db: Database): Promise<Difference[]> {
  const found: Difference[] = []
  for (const sql of checks) found.push(...(await db.select<Difference>(sql)))
  return found
}
