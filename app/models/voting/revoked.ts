/** Revoked invitations: read under the lock of the question, which a revocation takes too. */
import type { Statement } from '../../db/database.ts'
import type { Operation } from './operation.ts'

const NONE: ReadonlySet<number> = new Set()

/**
 * Returns the statement for the revoked invitations among those of the operations, or none where no operation has one,
 * and the function that reads its answer.
 */
export function revokedQuery(operations: readonly Pick<Operation, 'invitation'>[]) {
  const ids = operations.flatMap(({ invitation }) => invitation ?? [])
  const select: Statement = ['SELECT id FROM invitation WHERE id IN (?) AND revoked = 1', [ids]]
  return {
    statements: ids.length > 0 ? [select] : [],
    read: (answer: unknown): ReadonlySet<number> =>
      ids.length > 0 ? new Set((answer as Array<{ id: number }>).map(({ id }) => id)) : NONE
  }
}
