/** Builds the SQL that sets a number for each id in one statement. */
import type { Value } from './database.ts'

/**
 * Returns the SQL and its arguments. If all numbers are equal, as in most batches, it is a single
 * argument.
 */
export function caseById(
  numbers: ReadonlyArray<readonly [id: number, n: number]>
): [sql: string, args: Value[]] {
  const [first] = numbers
  if (numbers.every(([, n]) => n === first![1])) return ['?', [first![1]]]
  return [`CASE id ${numbers.map(() => 'WHEN ? THEN ?').join(' ')} END`, numbers.flat()]
}
