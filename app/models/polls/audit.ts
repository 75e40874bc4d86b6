/** Recounts polls and compares. */
import type { Queries } from '../../db/database.ts'
import { isUnnamedVoter } from '../voting/voter-key.ts'
import { ballotForm, type BallotForm, KINDS, MAX_RANKS } from '../../values/kinds.ts'

/** A counter that differs from its rows, or rows that no ballot can have. */
interface Difference {
  question_id: number
  what: string
  counter: number
  counted: number
}

/** The kinds with ballots of this form, for IN. */
const inForm = (form: BallotForm) =>
  KINDS.filter(kind => ballotForm(kind) === form)
    .map(kind => `'${kind}'`)
    .join(', ')

/** The ranks of a ballot as its item has them, each empty where the ballot ends before it. */
const ranks = Array.from(
  { length: MAX_RANKS },
  (_, slot) => `COALESCE(MAX(CASE WHEN v.slot = ${slot} THEN CONCAT('>', v.choice_id) END), '')`
)

/**
 * The condition on the id of a poll in a check: its arguments are the first and the last poll of
 * the slice.
 */
const IN_SLICE = 'BETWEEN ? AND ?'

/** A counter, as SQL. */
interface Counter {
  what: string
  /** The table with the counter. */
  of: string
  /** Its column with the id of the poll. */
  question: string
  counter: string
  /** The rows that it counts. */
  rows: string
}

/**
 * Returns the check that compares a counter with the rows that it counts. An index finds the rows
 * of each counter. A join with the grouped rows took MariaDB half a minute for a thousand small
 * polls.
 */
const counterCheck = ({ what, of, question, counter, rows }: Counter): string =>
  `SELECT question_id, '${what}' AS what, counter, counted
   FROM (SELECT ${question} AS question_id, ${counter} AS counter, (SELECT COUNT(*) FROM ${rows}) AS counted
   FROM ${of} WHERE ${question} ${IN_SLICE}) AS recounted
   WHERE counter <> counted`

/** Each check is one statement, so one moment: votes may go on arriving. */
const checks: string[] = [
  counterCheck({
    what: 'votes of a choice',
    of: 'choice c',
    question: 'c.question_id',
    counter: 'c.votes',
    rows: 'vote v WHERE v.question_id = c.question_id AND v.choice_id = c.id'
  }),
  counterCheck({
    what: 'voters of a question',
    of: 'question q',
    question: 'q.id',
    counter: 'q.voters',
    rows: 'vote v WHERE v.question_id = q.id AND v.slot = 0'
  }),
  counterCheck({
    what: 'invited of a question',
    of: 'question q',
    question: 'q.id',
    counter: 'q.invited',
    rows: 'invitation i WHERE i.question_id = q.id AND i.revoked = 0'
  }),
  `SELECT v.question_id, 'slots of a ballot' AS what, MAX(v.slot) + 1 AS counter, COUNT(*) AS counted FROM vote v
   WHERE v.question_id ${IN_SLICE}
   GROUP BY v.question_id, v.voter
   HAVING MIN(v.slot) <> 0 OR MAX(v.slot) + 1 <> COUNT(*) OR MIN(v.receipt) <> MAX(v.receipt)
     OR COUNT(DISTINCT v.choice_id) <> COUNT(*) OR COUNT(CASE WHEN v.slot = 0 THEN v.receipt END) = 0`,
  // Options that were retired after the vote stay in its ballot, beside as many others as a ballot
  // may name.
  `SELECT q.id AS question_id, 'choices of a ballot' AS what, q.max_choices AS counter, COUNT(*) AS counted
   FROM question q JOIN vote v ON v.question_id = q.id JOIN choice c ON c.id = v.choice_id
   WHERE q.id ${IN_SLICE} AND c.delete_flag = 0
   GROUP BY q.id, q.max_choices, v.voter HAVING COUNT(*) > q.max_choices`,
  // Removed polls lose their items with their last ballot.
  `SELECT question_id, 'items of a tally' AS what, CAST(SUM(counter) AS SIGNED) AS counter,
     CAST(SUM(counted) AS SIGNED) AS counted
   FROM (SELECT t.question_id, t.item, t.votes AS counter, 0 AS counted
       FROM question q JOIN tally t ON t.question_id = q.id WHERE q.id ${IN_SLICE} AND q.delete_flag = 0
     UNION ALL SELECT v.question_id, CONCAT(v.choice_id, '=', v.value) AS item, 0, COUNT(*)
       FROM question q JOIN vote v ON v.question_id = q.id
       WHERE q.id ${IN_SLICE} AND q.delete_flag = 0 AND q.kind IN (${inForm('values')})
       GROUP BY v.question_id, item
     UNION ALL SELECT question_id, item, 0, COUNT(*)
       FROM (SELECT v.question_id, CONCAT(${ranks.join(', ')}) AS item
         FROM question q JOIN vote v ON v.question_id = q.id
         WHERE q.id ${IN_SLICE} AND q.delete_flag = 0 AND q.kind IN (${inForm('ranking')})
         GROUP BY v.question_id, v.voter) AS ballot
       GROUP BY question_id, item) AS items
   GROUP BY question_id, item HAVING SUM(counter) <> SUM(counted)`,
  `SELECT q.id AS question_id, 'values of a ballot' AS what, COUNT(*) AS counter, COUNT(v.value) AS counted
   FROM question q JOIN vote v ON v.question_id = q.id
   WHERE q.id ${IN_SLICE} AND (v.value IS NULL) = (q.kind IN (${inForm('values')}))
   GROUP BY q.id`,
  `SELECT q.id AS question_id, 'voters of an anonymous poll' AS what, 0 AS counter, COUNT(*) AS counted
   FROM question q JOIN vote v ON v.question_id = q.id
   WHERE q.id ${IN_SLICE} AND q.privacy = 'anonymous'
     AND (NOT ${isUnnamedVoter('v.voter')} OR v.cast_time NOT LIKE '% 00:00:00')
   GROUP BY q.id`,
  `SELECT q.id AS question_id, 'names of a poll without names' AS what, 0 AS counter, COUNT(v.name) AS counted
   FROM question q JOIN vote v ON v.question_id = q.id
   WHERE q.id ${IN_SLICE} AND q.privacy <> 'public' AND v.name IS NOT NULL
   GROUP BY q.id`,
  // A poll that closes by its time keeps its key for up to a minute.
  `SELECT q.id AS question_id, 'key of a closed poll' AS what, 0 AS counter, COUNT(*) AS counted
   FROM question q JOIN question_key k ON k.question_id = q.id
   WHERE q.id ${IN_SLICE} AND (q.closed_time IS NOT NULL OR q.delete_flag <> 0)
   GROUP BY q.id`
]

/** Bounds of a slice: polls, and voters. The poll that exceeds the second is its last. */
const MAX_POLLS = 1_000
const MAX_VOTERS = 50_000

/** Finds the last poll of the slice that begins after `last`, and how many polls it has. */
async function nextSlice(queries: Pick<Queries, 'select'>, last: number) {
  const sql = 'SELECT id, voters FROM question WHERE id > ? ORDER BY id'
  const polls = await queries.select<{ id: number; voters: number }>(sql, [last], MAX_POLLS)
  let voters = 0
  const end = polls.findIndex(poll => (voters += poll.voters) > MAX_VOTERS)
  const slice = end < 0 ? polls : polls.slice(0, end + 1)
  return { from: last + 1, to: slice.at(-1)?.id, polls: slice.length }
}

/**
 * Lists all differences between counters and rows; none is the promise. Works in slices of polls
 * and calls `onProgress` with the number of polls that are done.
 */
export async function audit(
  queries: Pick<Queries, 'select'>,
  onProgress: (polls: number) => void = () => {}
): Promise<Difference[]> {
  const found: Difference[] = []
  let done = 0
  for (let last = 0; ; ) {
    const { from, to, polls } = await nextSlice(queries, last)
    if (to === undefined) return found
    for (const sql of checks) {
      const named = sql.split(IN_SLICE).length - 1
      const args = Array.from({ length: named }, () => [from, to]).flat()
      found.push(...(await queries.select<Difference>(sql, args)))
    }
    onProgress((done += polls))
    last = to
  }
}
