/**
 * Claims: a session names an account and an epoch, and whether that epoch is still the account's is checked in the
 * transaction of the vote instead of by a query before it. This saves 18 to 35 % of the CPU time of a vote
 * (docs/decisions/0010-deferred-identity.md).
 */
import { caseById } from '../../db/case-by-id.ts'
import type { Statement } from '../../db/database.ts'
import { IS_ACTIVE } from '../accounts/user-row.ts'

/** The account that a session names, and the epoch that the session is of. */
export interface Claim {
  readonly userId: number
  readonly epoch: number
}

interface Claiming {
  readonly claim?: Claim | undefined
}

/** Session epochs by account. An account that was deleted or disabled has none. */
export type Epochs = ReadonlyMap<number, number>

/** Tells whether the session of an operation has ended. */
export const hasEnded = ({ claim }: Claiming, epochs: Epochs): boolean =>
  claim !== undefined && epochs.get(claim.userId) !== claim.epoch

/** Returns the epochs that the operations claim. If two claim different ones, the first is returned. */
export function claimedEpochs(operations: readonly Claiming[]): Map<number, number> {
  const epochs = new Map<number, number>()
  for (const { claim } of operations)
    if (claim && !epochs.has(claim.userId)) epochs.set(claim.userId, claim.epoch)
  return epochs
}

/** The answer to `selectEpochs`. */
export interface EpochRow {
  id: number
  session_epoch: number
}

/**
 * Selects the epochs of the accounts that the operations claim; undefined if none claims one. It takes no locks, and
 * stands before statements that do: the table of accounts may be locked.
 */
export function selectEpochs(operations: readonly Claiming[]): Statement | undefined {
  const ids = [...claimedEpochs(operations).keys()]
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
