/** What a browser voted becomes the vote of the account that signs in there. */
import type { Transaction } from '../../db/database.ts'
import { type BallotRows, keyFor, type StoredBallot, type VoterOf } from './vote-table.ts'

interface Adopting extends VoterOf {
  readonly adopts?: string | null | undefined
}

/** Adopts ballots in a transaction that holds the locks of their questions. */
export const createAdoption = (rows: BallotRows) =>
  /**
   * Gives each voter the ballot of the browser that it adopts, at once. Where the voter has one already, that one
   * stays: the browser's ballot, by operation, is the caller's to remove and to take from the counters.
   */
  async function adopt<T extends Adopting>(tx: Transaction, operations: readonly T[]) {
    const replaced = new Map<T, StoredBallot>()
    const adopting = operations.filter(({ adopts }) => adopts)
    if (adopting.length === 0) return replaced
    const browserOf = ({ question, adopts }: T) => ({ question, voter: adopts! })
    const found = await rows.stored(tx, [...adopting, ...adopting.map(browserOf)])
    for (const one of adopting) {
      const ballot = found.get(keyFor(browserOf(one)))
      if (!ballot) continue
      if (found.has(keyFor(one))) replaced.set(one, ballot)
      else await rows.move(tx, browserOf(one), one.voter)
    }
    return replaced
  }
