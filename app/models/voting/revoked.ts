/** Revoked invitations: read under the lock of the question, which a revocation takes too. */
import type { Statement } from '../../db/database.ts'
import type { Operation } from './operation.ts'

/** Selects the revoked invitations among those of the operations; undefined if no operation has one. */
export function selectRevoked(operations: readonly Pick<Operation, 'invitation'>[]): Statement | undefined {
  const ids = operations.flatMap(({ invitation }) => invitation ?? [])
  return ids.length > 0 ? ['SELECT id FROM invitation WHERE id IN (?) AND revoked = 1', [ids]] : undefined
}
