/** A change of the ballots of a question. */
import type { Kind } from '../../values/kinds.ts'
import type { Privacy } from '../../values/privacy.ts'
import { marksOf, type StoredBallot, type VoterOf } from './ballot.ts'
import type { Marks } from './marks.ts'

/** A change of the table `vote`; the counters follow from it. */
export type Change =
  | {
      type: 'insert'
      voter: VoterOf
      marks: Marks
      kind: Kind
      privacy: Privacy
      revision: number
      receipt: string
      castTime: string
      name?: string
    }
  /** `adoptedBy`: the account whose ballot stands in its place. */
  | { type: 'remove'; voter: VoterOf; marks: Marks; kind: Kind; adoptedBy?: string }
  | { type: 'rename'; voter: VoterOf; to: string }
  /** The voter has seen this revision and keeps the ballot. */
  | { type: 'keep'; voter: VoterOf; revision: number }

/** A new ballot. */
export type Insert = Extract<Change, { type: 'insert' }>
/** A ballot that goes. */
type Removal = Extract<Change, { type: 'remove' }>

/** Returns the change that takes a ballot of a question of this kind away. */
export const remove = (voter: VoterOf, ballot: StoredBallot, kind: Kind): Removal => ({
  type: 'remove',
  voter,
  marks: marksOf(ballot),
  kind
})

/**
 * Returns the key of the account that adopts the browser of a ballot; undefined where none does.
 */
export function adopterOf(change: Change): string | undefined {
  if (change.type === 'rename') return change.to
  return change.type === 'remove' ? change.adoptedBy : undefined
}
