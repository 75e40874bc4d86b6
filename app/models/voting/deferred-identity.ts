/**
 * Deferred identity: a session names an account and an epoch, and whether that epoch is still the
 * account's is checked in the transaction of the vote instead of by a query before it. This saves
 * 18 to 35 % of the CPU time of a vote (docs/decisions/0010-deferred-identity.md).
 */
import { caseById } from '../../db/case-by-id.ts'
import type { Statement } from '../../db/database.ts'
import { IS_ACTIVE } from '../accounts/user-row.ts'

/** The account that a session names, and the epoch that the session is of. */
export interface DeferredIdentity {
  readonly userId: number
  readonly epoch: number
}

interface Deferring {
  readonly deferred?: DeferredIdentity | undefined
}

/** Session epochs by account. An account that was deleted or disabled has none. */
export type Epochs = ReadonlyMap<number, number>

/** Tells whether the session of an operation has ended. */
export const hasEnded = ({ deferred }: Deferring, epochs: Epochs): boolean =>
  deferred !== undefined && epochs.get(deferred.userId) !== deferred.epoch

/**
 * Returns the epochs of the operations' sessions. If those of an account differ, the first is
 * returned.
 */
export function deferredEpochs(operations: readonly Deferring[]): Map<number, number> {
  const epochs = new Map<number, number>()
  for (const { deferred } of operations)
    if (deferred && !epochs.has(deferred.userId)) epochs.set(deferred.userId, deferred.epoch)
  return epochs
}

/** The answer to `selectEpochs`. */
export interface EpochRow {
  id: number
  session_epoch: number
}

/**
 * Selects the epochs of the accounts of which the check was deferred; undefined if none was. It
 * takes no locks, and stands before statements that do: the table of accounts may be locked.
 */
export function selectEpochs(operations: readonly Deferring[]): Statement | undefined {
  const ids = [...deferredEpochs(operations).keys()]
  if (ids.length === 0) return undefined
  return [`SELECT id, session_epoch FROM user WHERE id IN (?) AND ${IS_ACTIVE}`, [ids]]
}

export const toEpochs = (rows: readonly EpochRow[]): Epochs =>
  new Map(rows.map(({ id, session_epoch }) => [id, session_epoch]))

/** Makes the condition that all of these accounts are active and have these epochs. */
export function haveEpochs(epochs: Epochs): Required<Statement> {
  if (epochs.size === 0) return ['TRUE', []]
  const [epoch, args] = caseById([...epochs])
  const count = `SELECT COUNT(*) FROM user WHERE session_epoch = ${epoch} AND id IN (?) AND ${IS_ACTIVE}`
  return [`(${count}) = ?`, [...args, [...epochs.keys()], epochs.size]]
}
