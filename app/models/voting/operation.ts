/** What a voter asks of the ballot box. */
import type { VoterOf } from './vote-table.ts'

/** The account that a session names, and the epoch that it is of. */
export interface Claim {
  readonly userId: number
  readonly epoch: number
}

/** What a voter asks for: these choices, or (with none) no vote any more. */
export interface Operation extends VoterOf {
  /** Ascending; empty to withdraw. */
  readonly choices: readonly number[]
  /** The edit of the question that the voter saw. */
  readonly revision: number | undefined
  /** The voter key of a browser. Its ballot becomes this voter's first. */
  readonly adopts?: string | null | undefined
  /** If true, only adopt the browser's ballot; cast and change nothing. */
  readonly onlyAdopts?: boolean
  /** Set where the batch has to check whether the voter's session has ended. */
  readonly claim?: Claim | undefined
  /** Rows that bear it were written by this operation, in whichever attempt. */
  readonly receipt: string
}

/** Returns a text that is the same for two operations that ask the same. The receipt is no part of it. */
export const fingerprint = (operation: Omit<Operation, 'receipt'>): string => {
  const { question, voter, choices, revision, adopts, onlyAdopts, claim } = operation
  return JSON.stringify([question, voter, choices, revision, adopts, onlyAdopts, claim?.userId, claim?.epoch])
}
