/** Work of a sweep on rows that are independent of each other. */
import { isUnavailable } from '../db/errors.ts'

/**
 * Does `work` with each of the rows in turn, and returns the results. The error of one is reported,
 * and keeps no other waiting: the next sweep tries it again. Throws the error of a database that is
 * unavailable: the others would fail, too, each after its time limit.
 */
export async function attemptEach<Row, Result>(
  rows: readonly Row[],
  work: (row: Row) => Promise<Result>,
  onFailure: (error: unknown, row: Row) => void
): Promise<Result[]> {
  const results: Result[] = []
  for (const row of rows) {
    try {
      results.push(await work(row))
    } catch (error) {
      if (isUnavailable(error)) throw error
      onFailure(error, row)
    }
  }
  return results
}
