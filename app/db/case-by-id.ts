/** Builds the SQL that sets a value for each id in one statement. */
import type { Sql, Value } from './database.ts'

/**
 * Returns the SQL and its arguments. `column` has the ids. If all values are equal, as in most
 * batches, it is a single argument.
 */
export function caseById(values: ReadonlyArray<readonly [id: number, value: Value]>, column = 'id'): Sql {
  const [first] = values
  if (values.every(([, value]) => value === first![1])) return ['?', [first![1]]]
  return [`CASE ${column} ${values.map(() => 'WHEN ? THEN ?').join(' ')} END`, values.flat()]
}
