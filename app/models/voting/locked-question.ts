/** What a transaction of votes knows of its questions. */
import type { Audience } from '../../values/audience.ts'
import type { Privacy } from '../../values/privacy.ts'
import type { StoredBallot } from './ballot.ts'
import type { Epochs } from './deferred-identity.ts'
import type { MarkRules } from './marks.ts'
import type { Counted, Limits } from './seats.ts'

/** What a question asks of votes. None of it changes within a revision. */
export interface Rules extends MarkRules, Limits {
  id: number
  revision: number
  /**
   * Of its revisions, the newest that only added an option of a voter: a form without it still
   * counts.
   */
  suggested: number
  audience: Audience
  privacy: Privacy
}

/** A question whose row is locked until the transaction ends. */
export interface LockedQuestion extends Rules {
  delete_flag: number
  removed_time: string | null
  revote: boolean
  open: boolean
  /** What is counted of a question with seats. */
  counted: Counted
  /** The database's clock when the lock was taken: the cast time of what is cast now. */
  now: string
}

/** What is known while the rows of the questions are locked. */
export interface LockedState {
  /** By id; a question that does not exist is missing. */
  questions: ReadonlyMap<number, LockedQuestion>
  /**
   * By `keyFor`, of all voters that the operations are about; a voter without a ballot is missing.
   */
  ballots: ReadonlyMap<string, StoredBallot>
  epochs: Epochs
  /** The ids of the revoked invitations among those of the operations. */
  revoked: ReadonlySet<number>
}
