/** Search in the text of polls, newest first. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Reads, Sql } from '../../db/database.ts'
import { hasWords } from '../../db/has-words.ts'

/**
 * How many ids one statement looks through: a few milliseconds, because the embedded engine blocks
 * the event loop.
 */
const IDS_IN_CHUNK = 20_000

/** On MariaDB one statement at a time takes 70 ms for 300,000 polls without a hit, two take 40. */
const CHUNKS_AT_ONCE = 2

interface Search {
  /** Follows `question q`: the index that is read; empty: the database chooses one. */
  index: string
  /** Of questions `q`. */
  condition: Sql
  /** As `searchWords` returns them. */
  words: readonly string[]
  /** Only ids below this one. */
  below: number | undefined
  max: number
}

/** Returns the ids of at most `max` questions that have all these words, by descending id. */
export async function searchQuestions(
  queries: Reads,
  { index, condition: [where, args], words, below, max }: Search
): Promise<number[]> {
  const [hasAll, texts] = hasWords('q.search_text', words)
  const sql = `SELECT q.id FROM question q ${index}
    WHERE ${where} AND q.id < ? AND q.id >= ? AND ${hasAll} ORDER BY q.id DESC`
  const searchBelow = (end: number) =>
    queries.select<{ id: number }>(sql, [...args, end, end - IDS_IN_CHUNK, ...texts], max)
  const found: number[] = []
  let end = below
  if (end === undefined) {
    const newest = await queries.fetchone<{ id: number | null }>('SELECT MAX(id) AS id FROM question')
    end = (newest?.id ?? 0) + 1
  }
  while (end > 1 && found.length < max) {
    const ends = Array.from({ length: CHUNKS_AT_ONCE }, (_, n) => end! - n * IDS_IN_CHUNK)
    const chunks = await Promise.all(ends.filter(one => one > 1).map(searchBelow))
    found.push(...chunks.flat().map(({ id }) => id))
    end -= CHUNKS_AT_ONCE * IDS_IN_CHUNK
    await turn()
  }
  return found.slice(0, max)
}
