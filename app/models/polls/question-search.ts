/** Search in the text of listed polls, newest first. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Argument, Queries } from '../../db/database.ts'

/** How many ids one statement looks through: a few milliseconds, because the embedded engine blocks the event loop. */
const IDS_IN_CHUNK = 20_000

type Queryable = Pick<Queries, 'select' | 'fetchone'>

interface Search {
  /** A condition on listed questions `q`, and its arguments. */
  where: string
  args: readonly Argument[]
  /** In the form of `searchForm`. */
  text: string
  /** Only ids below this one. */
  below: number | undefined
  max: number
}

/** Returns the ids of at most `max` questions that contain the text, by descending id. */
export async function searchQuestions(queries: Queryable, { where, args, text, below, max }: Search) {
  const found: number[] = []
  let end = below
  if (end === undefined) {
    const newest = await queries.fetchone<{ id: number | null }>('SELECT MAX(id) AS id FROM question')
    end = (newest?.id ?? 0) + 1
  }
  for (; end > 1 && found.length < max; end -= IDS_IN_CHUNK) {
    const rows = await queries.select<{ id: number }>(
      `SELECT q.id FROM question q
       WHERE ${where} AND q.id < ? AND q.id >= ? AND INSTR(q.search_text, ?) > 0 ORDER BY q.id DESC`,
      [...args, end, end - IDS_IN_CHUNK, text],
      max - found.length
    )
    found.push(...rows.map(({ id }) => id))
    await turn()
  }
  return found
}
