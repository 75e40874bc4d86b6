/** The rules of voting: what becomes of the operations of a batch. Pure. */
import { QuestionNotFound, QuestionRemoved, VoteFinal } from '../../errors.ts'
import { castTimeIn, revisionIn, showsOwnVote } from '../../values/privacy.ts'
import { type Change, remove } from './change.ts'
import { type Ballot, keyFor, marksOf, type Reply, type StoredBallot, toBallot } from './ballot.ts'
import { noBallot } from '../../values/ballot.ts'
import type { LockedQuestion, LockedState } from './locked-question.ts'
import { type Marks, saySame, toStored, valuesFault } from './marks.ts'
import { browserOf, type Operation, unadopted } from './operation.ts'
import { refusal, voterError } from './refusal.ts'
import { type SeatsLeft, seatsLeft } from './seats.ts'

/** What becomes of one operation. */
interface Verdict {
  reply: Reply
  changes: readonly Change[]
}

/** The verdict on one operation. */
export interface Decision<T extends Operation = Operation> extends Verdict {
  operation: T
}

const refuse = (reply: Error): Verdict => ({ reply, changes: [] })

/**
 * The ballots that an operation meets: the voter's own, and the one of the browser that it adopts.
 */
interface Found {
  own: StoredBallot | undefined
  browserBallot: StoredBallot | undefined
}

/**
 * The ballot as it stands after adoption: the account's own, else the browser's without the name
 * that a guest gave.
 */
function standing({ question }: Operation, found: Found): Ballot {
  const { own, browserBallot } = found
  if (own) return { ...toBallot(own), ...mergedIn(found) }
  if (!browserBallot) return noBallot(question)
  const { name: _name, ...adopted } = toBallot(browserBallot)
  return adopted
}

/** What the answer says where the browser's ballot was removed beside the account's. */
const mergedIn = ({ own, browserBallot }: Found) =>
  own && browserBallot && { browser_vote_removed: true as const }

/**
 * Makes the browser's ballot the account's; if the account has one, that one stays and the
 * browser's is removed.
 */
function adopt(operation: Operation, { own, browserBallot }: Found, question: LockedQuestion): Change[] {
  const browser = browserOf(operation)
  if (!browser || !browserBallot) return []
  if (!own) return [{ type: 'rename', voter: browser, to: operation.voter }]
  // Once accepted, a suggestion of the browser would change a vote that is final.
  const adopted = question.revote && { adoptedBy: operation.voter }
  return [{ ...remove(browser, browserBallot, question.kind), ...adopted }]
}

/**
 * Notes that the voter keeps an older ballot, the own one after `adopt`, after having seen the poll
 * as it is now.
 */
function keep(
  { question, voter, revision: seen }: Operation,
  { own, browserBallot }: Found,
  locked: LockedQuestion
): Change[] {
  const { open, revision, privacy } = locked
  const { revision: former } = own ?? browserBallot ?? locked
  const isKept = open && privacy !== 'anonymous' && seen === revision && former < revision
  return isKept ? [{ type: 'keep', voter: { question, voter }, revision }] : []
}

/** Replaces what stands by the ballot of the operation. */
function replace(operation: Operation, found: Found, marks: Marks, locked: LockedQuestion): Verdict {
  const { own, browserBallot } = found
  const { question, voter, receipt } = operation
  const { kind, privacy } = locked
  const castTime = castTimeIn(privacy, locked.now)
  const name = operation.name !== undefined && { name: operation.name }
  const revision = revisionIn(privacy, operation.revision ?? locked.revision)
  const browser = browserOf(operation)
  const { choices, values } = marks
  const isCast = choices.length > 0
  const changes: Change[] = [
    ...(own ? [remove(operation, own, kind)] : []),
    ...(browser && browserBallot ? [{ ...remove(browser, browserBallot, kind), adoptedBy: voter }] : []),
    ...(isCast
      ? [
          {
            type: 'insert' as const,
            voter: { question, voter },
            marks,
            kind,
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
    reply: { question_id: question, ...ballot, cast_time: isCast ? castTime : null, ...mergedIn(found) },
    changes
  }
}

function decideOne(asked: Operation, state: LockedState): Verdict {
  const { questions, ballots } = state
  const question = questions.get(asked.question)
  if (!question) return refuse(new QuestionNotFound())
  const operation = question.privacy === 'anonymous' ? unadopted(asked, ballots) : asked
  const own = ballots.get(keyFor(operation))
  // Its receipt proves that an earlier attempt, whose COMMIT was not confirmed, has counted it.
  const isCounted = own?.receipt === operation.receipt
  const unfit = isCounted ? undefined : voterError(operation, state)
  if (unfit) return refuse(unfit)
  const refused = refusal(operation, question)
  if (refused instanceof QuestionRemoved) return refuse(refused)

  const browser = question.open ? browserOf(operation) : null // a closed poll is left as it is
  const found = { own, browserBallot: browser ? ballots.get(keyFor(browser)) : undefined }
  const ballot = standing(operation, found)
  // What stands already is success, also in a poll that has closed since: an earlier attempt may
  // have done it.
  const marks = toStored(operation, question.kind)
  const isSame =
    saySame(marksOf(ballot), marks) &&
    valuesFault(operation, question) === undefined &&
    (operation.name ?? ballot.name) === ballot.name
  // Where a vote is not shown, it is not found out either by sending votes that change nothing
  // until one succeeds.
  const isTold = showsOwnVote(question) || isCounted || ballot.choice.length === 0
  if (operation.onlyAdopts || (isSame && (isTold || (!refused && question.revote))))
    return {
      reply: ballot,
      changes: [...adopt(operation, found, question), ...keep(operation, found, question)]
    }
  if (refused) return refuse(refused)
  if (ballot.choice.length > 0 && !question.revote)
    return { reply: new VoteFinal(), changes: adopt(operation, found, question) }
  return replace(operation, found, marks, question)
}

/**
 * Takes the seats of a verdict, or refuses it where there is none. The first in the batch has the
 * seat.
 */
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
  changes.length === 1 && changes[0]!.type === 'insert'
