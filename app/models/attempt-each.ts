/** Work of a sweep on rows that are independent of each other. */
import { ConnectionLost } from '../db/errors.ts'

/**
 * Does `work` with each of the rows in turn. The error of one is reported, and keeps no other waiting: the next sweep tries
 * it again. Throws ConnectionLost: the others would fail, too.
 */
export async function attemptEach<Row>(
  rows: readonly Row[],
  work: (row: Row) => Promise<unknown>,
  onFailure: (error: unknown, row: Row) => void
): Promise<void> {
  for (const row of rows) {
    try {
      await work(row)
    } catch (error) {
      if (error instanceof ConnectionLost) throw error
      onFailure(error, row)
    }
  }
}
