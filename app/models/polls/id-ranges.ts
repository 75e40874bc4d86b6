/** Looks through all questions in pieces, where no index finds what is sought. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Queries } from '../../db/database.ts'

/** Ids behind `after`, up to and with `upTo`. */
interface IdRange {
  after: number
  upTo: number
}

/**
 * Yields ranges of `size` ids that cover all questions, ascending. Between them other requests run.
 */
export async function* idRanges(queries: Pick<Queries, 'fetchone'>, size: number): AsyncGenerator<IdRange> {
  const newest = await queries.fetchone<{ id: number | null }>('SELECT MAX(id) AS id FROM question')
  for (let after = 0; after < (newest?.id ?? 0); after += size) {
    yield { after, upTo: after + size }
    await turn() // the embedded engine blocks the event loop
  }
}
