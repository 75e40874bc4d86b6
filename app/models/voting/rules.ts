/** The rules of voting: which operations a question refuses, and what becomes of the others. Pure. */
import {
  InvalidInput,
  QuestionChanged,
  QuestionClosed,
  QuestionNotFound,
  QuestionRemoved,
  SignInRequired,
  VoteFinal,
  WithdrawalLate
} from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { removalError } from '../polls/removal.ts'
import { type Ballot, keyFor, type Outcome, type StoredBallot, type VoterOf } from './ballot.ts'
import { type Epochs, hasEnded } from './claim.ts'
import { browserOf, type Operation } from './operation.ts'
import { isBrowserVoterKey } from './voter-key.ts'

/** What a question asks of votes. None of it changes within a revision. */
export interface Rules {
  id: number
  revision: number
  audience: 'link' | 'members'
  min_choices: number
  max_choices: number
  /** The choices that can be voted for. */
  choices: ReadonlySet<number>
}

/** A question whose row is locked until the transaction ends. */
export interface LockedQuestion extends Rules {
  delete_flag: number
  removed_time: string | null
  revote: boolean
  open: boolean
  /** The database's clock when the lock was taken: the cast time of what is cast now. */
  now: string
}

/** Returns the message key of what is wrong with these choices; undefined if they can be counted. */
function choiceFault(choices: readonly number[], question: Rules): string | undefined {
  const { min_choices: min, max_choices: max, choices: known } = question
  if (new Set(choices).size < choices.length) return messageKey('chooseOnce')
  if (!choices.every(id => known.has(id))) return messageKey('chooseOfThis')
  if (choices.length > max) return max === 1 ? messageKey('chooseOne') : messageKey('chooseAtMost', max)
  return choices.length < min ? messageKey('chooseAtLeast', min) : undefined
}

type Asked = Omit<LockedQuestion, 'now' | 'revote'>

/** Returns the error that refuses an operation; undefined if the question itself allows it. */
export function refusal(
  { voter, choices, revision }: Operation,
  question: Asked | undefined
): Error | undefined {
  if (!question) return new QuestionNotFound()
  if (question.delete_flag) return removalError(question)
  if (question.audience === 'members' && isBrowserVoterKey(voter)) return new SignInRequired()
  if (!question.open) return choices.length > 0 ? new QuestionClosed() : new WithdrawalLate()
  if (choices.length === 0) return undefined
  if (revision !== undefined && revision !== question.revision) return new QuestionChanged()
  const choice = choiceFault(choices, question)
  return choice === undefined ? undefined : new InvalidInput({ choice })
}

/** What is known while the rows of the questions are locked. */
export interface LockedState {
  /** By id; a question that does not exist is missing. */
  questions: ReadonlyMap<number, LockedQuestion>
  /** By `keyFor`, of all voters that the operations are about; a voter without a ballot is missing. */
  ballots: ReadonlyMap<string, StoredBallot>
  epochs: Epochs
}

/** A change of the table `vote`; the counters follow from it. */
export type Change =
  | { kind: 'insert'; voter: VoterOf; choices: readonly number[]; receipt: string; castTime: string }
  | { kind: 'remove'; voter: VoterOf; choices: readonly number[] }
  | { kind: 'rename'; voter: VoterOf; to: string }

/** What becomes of one operation. */
interface Verdict {
  outcome: Outcome
  changes: readonly Change[]
}

/** The verdict on one operation. */
export interface Decision<T extends Operation = Operation> extends Verdict {
  operation: T
}

const refuse = (outcome: Error): Verdict => ({ outcome, changes: [] })
const isGone = (error: Error | undefined) =>
  error instanceof QuestionNotFound || error instanceof QuestionRemoved
const areSame = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((id, i) => id === b[i])
/** The change that takes a ballot away. */
export const remove = (voter: VoterOf, { choice }: StoredBallot): Change => ({
  kind: 'remove',
  voter,
  choices: choice
})

function insert(operation: Operation, castTime: string): Change {
  const { question, voter, choices, receipt } = operation
  return { kind: 'insert', voter: { question, voter }, choices, receipt, castTime }
}

/** The ballots that an operation meets: the voter's own, and the one of the browser that it adopts. */
interface Found {
  own: StoredBallot | undefined
  browsers: StoredBallot | undefined
}

/** The ballot as it stands after adoption: the account's own, else the browser's. */
function standing({ question }: Operation, { own, browsers }: Found): Ballot {
  const { choice, cast_time } = own ?? browsers ?? { choice: [], cast_time: null }
  return { question_id: question, choice, cast_time, ...(own && browsers && { browser_vote_removed: true }) }
}

/** Makes the browser's ballot the account's; if the account has one, that one stays and the browser's is removed. */
function adopt(operation: Operation, { own, browsers }: Found): Change[] {
  const browser = browserOf(operation)
  if (!browser || !browsers) return []
  return own ? [remove(browser, browsers)] : [{ kind: 'rename', voter: browser, to: operation.voter }]
}

/** Replaces what stands by the choices of the operation. */
function replace(operation: Operation, { own, browsers }: Found, now: string): Verdict {
  const { question: question_id, choices } = operation
  const browser = browserOf(operation)
  const changes = [
    ...(own ? [remove(operation, own)] : []),
    ...(browser && browsers ? [remove(browser, browsers)] : []),
    ...(choices.length > 0 ? [insert(operation, now)] : [])
  ]
  const merged = own && browsers && { browser_vote_removed: true as const }
  const cast_time = choices.length > 0 ? now : null
  return { outcome: { question_id, choice: [...choices], cast_time, ...merged }, changes }
}

function decideOne(operation: Operation, { questions, ballots, epochs }: LockedState): Verdict {
  const question = questions.get(operation.question)
  const refused = refusal(operation, question)
  const own = ballots.get(keyFor(operation))
  // Its receipt proves that an earlier attempt, whose COMMIT was not confirmed, has counted it.
  const isCounted = own?.receipt === operation.receipt
  if (hasEnded(operation, epochs) && !isCounted) return refuse(new SignInRequired())
  if (refused && isGone(refused)) return refuse(refused)

  const browser = refused ? null : browserOf(operation) // a closed poll is left as it is
  const found = { own, browsers: browser ? ballots.get(keyFor(browser)) : undefined }
  const ballot = standing(operation, found)
  // What stands already is success, also in a poll that has closed since: an earlier attempt may have done it.
  if (operation.onlyAdopts || areSame(ballot.choice, operation.choices))
    return { outcome: ballot, changes: adopt(operation, found) }
  if (refused) return refuse(refused)
  const { revote, now } = question!
  if (ballot.choice.length > 0 && !revote)
    return { outcome: new VoteFinal(), changes: adopt(operation, found) }
  return replace(operation, found, now)
}

/** Decides every operation of a batch. At most one operation for each voter and question. */
export const decide = <T extends Operation>(
  operations: readonly T[],
  state: LockedState
): Array<Decision<T>> => operations.map(operation => ({ operation, ...decideOne(operation, state) }))

/** Tells whether the decision is a voter's first vote in the question. */
export const isFirstVote = ({ changes }: Decision): boolean =>
  changes.length === 1 && changes[0]!.kind === 'insert'
