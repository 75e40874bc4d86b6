/** A change of the ballots of a question. */
import type { Kind } from '../../values/kinds.ts'
import type { Privacy } from '../../values/privacy.ts'
import { marksOf, type StoredBallot, type VoterOf } from './ballot.ts'
import type { Marks } from './marks.ts'

/** A change of the table `vote`; the counters follow from it. */
export type Change =
  | {
      kind: 'insert'
      voter: VoterOf
      marks: Marks
      poll: Kind
      privacy: Privacy
      revision: number
      receipt: string
      castTime: string
      name?: string
    }
  /** `adoptedBy`: the account whose ballot stands in its place. */
  | { kind: 'remove'; voter: VoterOf; marks: Marks; poll: Kind; adoptedBy?: string }
  | { kind: 'rename'; voter: VoterOf; to: string }
  /** The voter has seen this revision and keeps the ballot. */
  | { kind: 'keep'; voter: VoterOf; revision: number }

/** A new ballot. */
export type Insert = Extract<Change, { kind: 'insert' }>
/** A ballot that goes. */
export type Removal = Extract<Change, { kind: 'remove' }>

/** Returns the change that takes a ballot of a question of this kind away. */
export const remove = (voter: VoterOf, ballot: StoredBallot, poll: Kind): Removal => ({
  kind: 'remove',
  voter,
  marks: marksOf(ballot),
  poll
})

/** Returns the key of the account that adopts the browser of a ballot; undefined where none does. */
export function adopterOf(change: Change): string | undefined {
  if (change.kind === 'rename') return change.to
  return change.kind === 'remove' ? change.adoptedBy : undefined
}
