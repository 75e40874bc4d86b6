/** What a question asks of votes, and which operations it refuses. Pure. */
import {
  InvalidInput,
  QuestionChanged,
  QuestionClosed,
  QuestionNotFound,
  SignInRequired,
  WithdrawalLate
} from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { removalOf } from '../polls/removal.ts'
import type { Operation } from './operation.ts'
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
  if (question.delete_flag) return removalOf(question)
  if (question.audience === 'members' && isBrowserVoterKey(voter)) return new SignInRequired()
  if (!question.open) return choices.length > 0 ? new QuestionClosed() : new WithdrawalLate()
  if (choices.length === 0) return undefined
  if (revision !== undefined && revision !== question.revision) return new QuestionChanged()
  const choice = choiceFault(choices, question)
  return choice === undefined ? undefined : new InvalidInput({ choice })
}
