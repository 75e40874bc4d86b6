/** A ballot: one voter's current answer in one question. */
import type { Marks } from './marks.ts'

/** A voter in a question. */
export interface VoterOf {
  readonly question: number
  readonly voter: string
}

/** Names a voter in a question. */
export const keyFor = ({ question, voter }: VoterOf) => `${question} ${voter}`

/** A voter's counted choices in one question; without any, the voter has no vote there. */
export interface Ballot {
  question_id: number
  /** In a ranked poll in order of rank. */
  choice: number[]
  /** What each of these options is given; only where a poll asks for values. */
  value?: number[]
  /** The name that a guest gave; only where a poll shows names. */
  name?: string
  cast_time: string | null
  /** The revision of the question that the voter saw; only of a ballot that was read. */
  revision?: number
  /** The browser had a ballot too, which was removed: the account's counts. */
  browser_vote_removed?: true
}

/** A stored ballot. */
export interface StoredBallot extends Ballot {
  cast_time: string
  /** The revision of the question that the voter saw. */
  revision: number
  /** The receipt of the operation that wrote it. */
  receipt: string
}

/** Returns what a ballot says of options. */
export const marksOf = ({ choice, value }: Pick<Ballot, 'choice' | 'value'>): Marks => ({
  choices: choice,
  values: value
})

/** Returns the ballot that is told of a stored one. */
export const toBallot = ({ question_id, choice, value, name, cast_time }: StoredBallot): Ballot => ({
  question_id,
  choice,
  ...(value && { value }),
  ...(name !== undefined && { name }),
  cast_time
})

/** The answer to an operation. */
export type Reply = Ballot | Error
