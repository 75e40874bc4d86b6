/** The rules of voting: which operations a question refuses, and what becomes of the others. Pure. */
import {
  InvalidInput,
  InvitationRevoked,
  OnlyInvited,
  QuestionChanged,
  QuestionClosed,
  QuestionNotFound,
  QuestionRemoved,
  SignInRequired,
  VoteFinal,
  WithdrawalLate
} from '../../errors.ts'
import { castTimeIn, revisionIn } from '../../values/privacy.ts'
import { removalError } from '../polls/removed.ts'
import { type Change, remove } from './change.ts'
import {
  type Ballot,
  keyFor,
  marksOf,
  noBallot,
  type Outcome,
  type StoredBallot,
  toBallot
} from './ballot.ts'
import { hasEnded } from './claim.ts'
import type { LockedQuestion, LockedState } from './locked-question.ts'
import { type Marks, markFault, saySame, toStored } from './marks.ts'
import { browserOf, type Operation, unadopted } from './operation.ts'
import { type Limits, type SeatsLeft, seatsLeft } from './seats.ts'
import { isBrowserVoterKey } from './voter-key.ts'

type Asked = Omit<LockedQuestion, 'now' | 'revote' | 'counted' | keyof Limits>

/** Tells whether a form of this revision has all that its voter must know: only options of voters may be missing. */
const isCurrent = (revision: number, { revision: newest, suggested }: Asked) =>
  revision <= newest && revision >= newest - suggested

/** Returns the error that refuses an operation; undefined if the question itself allows it. */
export function refusal(operation: Operation, question: Asked | undefined): Error | undefined {
  const { voter, isGuest, choices, revision, privacy = 'hidden', invitation } = operation
  if (!question) return new QuestionNotFound()
  if (question.delete_flag) return removalError(question)
  if (question.audience === 'list' && invitation === undefined) return new OnlyInvited()
  // The key was made while the poll was for a list.
  if (question.audience !== 'list' && invitation !== undefined) return new QuestionChanged()
  if (question.audience === 'members' && (isGuest || isBrowserVoterKey(voter))) return new SignInRequired()
  if (!question.open) return choices.length > 0 ? new QuestionClosed() : new WithdrawalLate()
  if (choices.length === 0) return undefined
  if (revision !== undefined && !isCurrent(revision, question)) return new QuestionChanged()
  // The voter was told another thing about names, or the key is one of another kind of poll.
  if (privacy !== question.privacy) return new QuestionChanged()
  const choice = markFault(operation, question)
  return choice === undefined ? undefined : new InvalidInput({ choice })
}

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

/** The ballots that an operation meets: the voter's own, and the one of the browser that it adopts. */
interface Found {
  own: StoredBallot | undefined
  browserBallot: StoredBallot | undefined
}

/** The ballot as it stands after adoption: the account's own, else the browser's. */
function standing({ question }: Operation, found: Found): Ballot {
  const stored = found.own ?? found.browserBallot
  return { ...(stored ? toBallot(stored) : noBallot(question)), ...mergedIn(found) }
}

/** What the answer says where the browser's ballot was removed beside the account's. */
const mergedIn = ({ own, browserBallot }: Found) =>
  own && browserBallot && { browser_vote_removed: true as const }

/** Makes the browser's ballot the account's; if the account has one, that one stays and the browser's is removed. */
function adopt(operation: Operation, { own, browserBallot }: Found, { kind }: LockedQuestion): Change[] {
  const browser = browserOf(operation)
  if (!browser || !browserBallot) return []
  if (own) return [{ ...remove(browser, browserBallot, kind), adoptedBy: operation.voter }]
  return [{ kind: 'rename', voter: browser, to: operation.voter }]
}

/** Notes that the voter keeps an older ballot, the own one after `adopt`, after having seen the poll as it is now. */
function keep(
  { question, voter, revision: seen }: Operation,
  { own, browserBallot }: Found,
  locked: LockedQuestion
): Change[] {
  const { open, revision, privacy } = locked
  const { revision: former } = own ?? browserBallot ?? locked
  const isKept = open && privacy !== 'anonymous' && seen === revision && former < revision
  return isKept ? [{ kind: 'keep', voter: { question, voter }, revision }] : []
}

/** Replaces what stands by the ballot of the operation. */
function replace(operation: Operation, found: Found, marks: Marks, locked: LockedQuestion): Verdict {
  const { own, browserBallot } = found
  const { question, voter, receipt } = operation
  const { kind: poll, privacy } = locked
  const castTime = castTimeIn(privacy, locked.now)
  const name = operation.name !== undefined && { name: operation.name }
  const revision = revisionIn(privacy, locked.revision)
  const browser = browserOf(operation)
  const { choices, values } = marks
  const isCast = choices.length > 0
  const changes: Change[] = [
    ...(own ? [remove(operation, own, poll)] : []),
    ...(browser && browserBallot ? [{ ...remove(browser, browserBallot, poll), adoptedBy: voter }] : []),
    ...(isCast
      ? [
          {
            kind: 'insert' as const,
            voter: { question, voter },
            marks,
            poll,
            privacy,
            revision,
            receipt,
            castTime,
            ...name
          }
        ]
      : [])
  ]
  const ballot = { choice: [...choices], ...(values && { value: [...values] }), ...(isCast && name) }
  return {
    outcome: { question_id: question, ...ballot, cast_time: isCast ? castTime : null, ...mergedIn(found) },
    changes
  }
}

function decideOne(asked: Operation, { questions, ballots, epochs, revoked }: LockedState): Verdict {
  const isAnonymous = questions.get(asked.question)?.privacy === 'anonymous'
  const operation = isAnonymous ? unadopted(asked, ballots) : asked
  const question = questions.get(operation.question)
  const refused = refusal(operation, question)
  const own = ballots.get(keyFor(operation))
  // Its receipt proves that an earlier attempt, whose COMMIT was not confirmed, has counted it.
  const isCounted = own?.receipt === operation.receipt
  if (hasEnded(operation, epochs) && !isCounted) return refuse(new SignInRequired())
  const isRevoked = operation.invitation !== undefined && revoked.has(operation.invitation)
  if (isRevoked && !isCounted) return refuse(new InvitationRevoked())
  if (!question || (refused && isGone(refused))) return refuse(refused!)

  const browser = refused ? null : browserOf(operation) // a closed poll is left as it is
  const found = { own, browserBallot: browser ? ballots.get(keyFor(browser)) : undefined }
  const ballot = standing(operation, found)
  // What stands already is success, also in a poll that has closed since: an earlier attempt may have done it.
  const marks = toStored(operation, question.kind)
  const isSame = saySame(marksOf(ballot), marks) && (operation.name ?? ballot.name) === ballot.name
  if (operation.onlyAdopts || isSame)
    return {
      outcome: ballot,
      changes: [...adopt(operation, found, question), ...keep(operation, found, question)]
    }
  if (refused) return refuse(refused)
  if (ballot.choice.length > 0 && !question.revote)
    return { outcome: new VoteFinal(), changes: adopt(operation, found, question) }
  return replace(operation, found, marks, question)
}

/** Takes the seats of a verdict, or refuses it where there is none. The first in the batch has the seat. */
function seated(verdict: Verdict, left: SeatsLeft | undefined): Verdict {
  const fault = left?.move(verdict.changes)
  return fault ? refuse(fault) : verdict
}

/** Decides every operation of a batch. At most one operation for each voter and question. */
export function decide<T extends Operation>(
  operations: readonly T[],
  state: LockedState
): Array<Decision<T>> {
  const left = seatsLeft(state.questions.values())
  return operations.map(operation => ({
    operation,
    ...seated(decideOne(operation, state), left.get(operation.question))
  }))
}

/** Tells whether the decision is a voter's first vote in the question. */
export const isFirstVote = ({ changes }: Decision): boolean =>
  changes.length === 1 && changes[0]!.kind === 'insert'
