/** A number for each id, in one statement. */
import type { Value } from './database.ts'

/** The SQL of each id's number, and its arguments: a single one where all are the same, as in most batches. */
export function caseById(
  numbers: ReadonlyArray<readonly [id: number, n: number]>
): [sql: string, args: Value[]] {
  const [first] = numbers
  if (numbers.every(([, n]) => n === first![1])) return ['?', [first![1]]]
  return [`CASE id ${numbers.map(() => 'WHEN ? THEN ?').join(' ')} END`, numbers.flat()]
}
