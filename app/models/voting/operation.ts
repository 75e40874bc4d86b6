/** The operations of the ballot box. */
import { type Ballot, keyFor, type Reply, type VoterOf } from './ballot.ts'
import type { Privacy } from '../../values/privacy.ts'
import type { DeferredIdentity } from './deferred-identity.ts'

/** A voter who may have voted in the same browser before signing in. */
export interface Adopter extends VoterOf {
  /**
   * The voter key of a browser. Its ballot becomes this voter's, unless this voter has one already.
   */
  adopts?: string | null | undefined
  /** The id of the invitation that the voter's key is made of. */
  invitation?: number | undefined
}

export interface Cast extends Adopter {
  /** The voter is a guest, which the key of an anonymous poll does not tell. */
  isGuest?: boolean | undefined
  /**
   * Set where the transaction has to check whether the voter's session has ended: then
   * SignInRequired.
   */
  deferred?: DeferredIdentity | undefined
  /** As sent; empty to withdraw. */
  choices: readonly number[]
  /**
   * What each of the choices is given; in a ranked poll their ranks, unless the order says them.
   */
  values?: readonly number[] | undefined
  /** The revision of the question that the voter saw. */
  revision?: number | undefined
  /** What the voter was told about names, and what the key was made for; missing: hidden. */
  privacy?: Privacy | undefined
  /** The name of a guest in a poll with names. */
  name?: string | undefined
}

/** A cast, a withdrawal, or an adoption. */
export interface Operation extends Readonly<Cast> {
  /** If true, only adopt the browser's ballot; cast and change nothing. */
  readonly onlyAdopts?: boolean
  /** Rows with this receipt were written by this operation, in any of its attempts. */
  readonly receipt: string
  /** The voter whose ballot an anonymous poll changes, once an attempt has found it. */
  readonly target?: string | undefined
}

/** An operation as the ballot box is asked for it. */
export type Asked = Omit<Operation, 'receipt'>

/** Returns the voter whose ballot the operation adopts, or null. */
export const browserOf = ({ question, adopts }: Adopter): VoterOf | null =>
  adopts ? { question, voter: adopts } : null

/** Returns the voters that an operation is about, its own first. */
export function votersOf(operation: Adopter): VoterOf[] {
  const browser = browserOf(operation)
  return browser ? [operation, browser] : [operation]
}

/**
 * Returns the voter whose ballot stands for the operation: the browser's as long as the account has
 * none.
 */
export function targetOf(operation: Operation, ballots: ReadonlyMap<string, unknown>): string {
  const browser = browserOf(operation)
  const isBrowserBallot = browser && ballots.has(keyFor(browser)) && !ballots.has(keyFor(operation))
  return isBrowserBallot ? browser.voter : operation.voter
}

/**
 * Notes the targets that the first attempt finds. After a withdrawal whose COMMIT was not
 * confirmed, the next attempt would otherwise find the browser's ballot, and remove that too.
 */
export function noteTargets(operations: readonly Waiting[], ballots: ReadonlyMap<string, unknown>) {
  for (const one of operations) one.target ??= targetOf(one, ballots)
}

/**
 * Returns the operation as an anonymous poll decides it: a browser's ballot keeps its key and is
 * changed under it. To rename it would tell that the browser and the account are one voter.
 */
export function unadopted(operation: Operation, ballots: ReadonlyMap<string, unknown>): Operation {
  if (!browserOf(operation)) return operation
  return { ...operation, voter: operation.target ?? targetOf(operation, ballots), adopts: null }
}

/** Returns the keys of the voters that an operation is about, its own first. */
export const keysOf = (operation: Adopter): string[] => votersOf(operation).map(keyFor)

/** An operation in the ballot box, and the promise of its client. */
export interface Waiting extends Operation {
  /** As it arrived. A repeat of it gets the same promise. */
  asked: Asked
  since: number
  keys: string[]
  target?: string | undefined
  promise: Promise<Ballot>
  resolve: (ballot: Ballot) => void
  reject: (error: Error) => void
  isAnswered: boolean
}

/** Answers the client of an operation. */
export function answer(operation: Waiting, reply: Reply) {
  operation.isAnswered = true
  if (reply instanceof Error) operation.reject(reply)
  else operation.resolve(reply)
}
