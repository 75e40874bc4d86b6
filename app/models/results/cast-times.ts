/** Counts ballots by the time of their cast, in pieces that do not block the event loop. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Queries } from '../../db/database.ts'

/** Ballots that one statement reads: a few milliseconds of the embedded engine. */
const CHUNK_SIZE = 10_000

/** How much of a time in the database's form names its step: a day, an hour, ten minutes. */
export type Step = 'day' | 'hour' | 'tenMinutes'
const LENGTHS: Record<Step, number> = { day: 10, hour: 13, tenMinutes: 15 }

/** Ballots by step, for example `2026-11-27 12` for an hour. */
export type CastCounts = Map<string, number>

/** Adds the ballots of a question that were cast at `from` or later to the counts. */
export async function countCasts(
  queries: Pick<Queries, 'select'>,
  question: number,
  step: Step,
  from = '',
  counts: CastCounts = new Map()
): Promise<CastCounts> {
  for (let voter = '', isDone = false; !isDone; ) {
    const rows = await queries.select<{ step: string; n: number; last: string }>(
      `SELECT step, COUNT(*) AS n, MAX(voter) AS last FROM
         (SELECT voter, SUBSTR(cast_time, 1, ${LENGTHS[step]}) AS step FROM vote
          WHERE question_id = ? AND slot = 0 AND voter > ? ORDER BY voter LIMIT ${CHUNK_SIZE}) AS chunk
       GROUP BY step`,
      [question, voter]
    )
    const first = from.slice(0, LENGTHS[step])
    for (const row of rows) {
      if (row.step >= first) counts.set(row.step, (counts.get(row.step) ?? 0) + row.n)
      if (row.last > voter) voter = row.last
    }
    isDone = rows.reduce((sum, { n }) => sum + n, 0) < CHUNK_SIZE
    await turn()
  }
  return counts
}

/**
 * Adds the ballots of these questions that were cast on the day `from` or later to the counts, by
 * day.
 */
export async function countCastsOfMany(
  queries: Pick<Queries, 'select'>,
  questions: ReadonlyArray<{ id: number; voters: number }>,
  from: string,
  counts: CastCounts
) {
  let ids: number[] = []
  let size = 0
  const countSmall = async () => {
    if (ids.length === 0) return
    const rows = await queries.select<{ step: string; n: number }>(
      `SELECT SUBSTR(cast_time, 1, ${LENGTHS.day}) AS step, COUNT(*) AS n FROM vote
       WHERE question_id IN (?) AND slot = 0 AND cast_time >= ? GROUP BY step`,
      [ids, from]
    )
    for (const { step, n } of rows) counts.set(step, (counts.get(step) ?? 0) + n)
    ids = []
    size = 0
    await turn()
  }
  for (const { id, voters } of questions) {
    if (voters >= CHUNK_SIZE) await countCasts(queries, id, 'day', from, counts)
    else {
      if (size + voters > CHUNK_SIZE) await countSmall()
      ids.push(id)
      size += voters
    }
  }
  await countSmall()
}
