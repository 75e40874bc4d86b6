/** What refuses an operation: who may vote in a question, when, and for what. Pure. */
import {
  InvalidInput,
  InvitationRevoked,
  OnlyInvited,
  QuestionChanged,
  QuestionClosed,
  SignInRequired,
  WithdrawalLate
} from '../../errors.ts'
import { removalError } from '../polls/removed.ts'
import { hasEnded } from './deferred-identity.ts'
import type { LockedQuestion, LockedState } from './locked-question.ts'
import { markFault } from './marks.ts'
import type { Operation } from './operation.ts'
import type { Limits } from './seats.ts'
import { isBrowserVoterKey } from './voter-key.ts'

type Question = Omit<LockedQuestion, 'now' | 'revote' | 'counted' | keyof Limits>

/** Returns the error if the voter's session has ended or the invitation is revoked. */
export function voterError(
  operation: Operation,
  { epochs, revoked }: Pick<LockedState, 'epochs' | 'revoked'>
): Error | undefined {
  const { invitation } = operation
  if (hasEnded(operation, epochs)) return new SignInRequired()
  return invitation !== undefined && revoked.has(invitation) ? new InvitationRevoked() : undefined
}

/** Returns the error if the question is removed or is not for this voter. */
function audienceError({ voter, isGuest, invitation }: Operation, question: Question): Error | undefined {
  if (question.delete_flag) return removalError(question)
  if (question.audience === 'list' && invitation === undefined) return new OnlyInvited()
  // The key was made while the poll was for a list.
  if (question.audience !== 'list' && invitation !== undefined) return new QuestionChanged()
  const isMember = !isGuest && !isBrowserVoterKey(voter)
  return question.audience === 'members' && !isMember ? new SignInRequired() : undefined
}

/**
 * Tells whether a form of this revision has all that its voter must know: only options of voters
 * may be missing.
 */
const isCurrent = (revision: number, { revision: newest, suggested }: Question) =>
  revision <= newest && revision >= newest - suggested

/** Returns the error that refuses a vote in this question, whatever it is for. */
export function admissionError(operation: Operation, question: Question): Error | undefined {
  const { revision, privacy = 'hidden' } = operation
  const error = audienceError(operation, question)
  if (error) return error
  if (!question.open) return new QuestionClosed()
  if (revision !== undefined && !isCurrent(revision, question)) return new QuestionChanged()
  // The voter was told another thing about names, or the key is one of another kind of poll.
  return privacy === question.privacy ? undefined : new QuestionChanged()
}

function markError(operation: Operation, question: Question): Error | undefined {
  const choice = markFault(operation, question)
  return choice === undefined ? undefined : new InvalidInput({ choice })
}

const withdrawalError = (operation: Operation, question: Question) =>
  audienceError(operation, question) ?? (question.open ? undefined : new WithdrawalLate(question.privacy))

/** Returns the error that refuses an operation; undefined if the question itself allows it. */
export const refusal = (operation: Operation, question: Question): Error | undefined =>
  operation.choices.length === 0
    ? withdrawalError(operation, question)
    : (admissionError(operation, question) ?? markError(operation, question))
