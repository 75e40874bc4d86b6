/** The rules of voting that a question alone decides. Pure. */
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
import type { LockedQuestion, Rules } from './vote-table.ts'
import { isBrowserVoterKey } from './voter-key.ts'

/** Returns the message key of what is wrong with these choices; undefined if they can be counted. */
function choiceFault(choices: readonly number[], question: Rules): string | undefined {
  const { min_choices: min, max_choices: max, choices: known } = question
  if (new Set(choices).size < choices.length) return messageKey('chooseOnce')
  if (!choices.every(id => known.has(id))) return messageKey('chooseOfThis')
  if (choices.length > max) return max === 1 ? messageKey('chooseOne') : messageKey('chooseAtMost', max)
  return choices.length < min ? messageKey('chooseAtLeast', min) : undefined
}

/** A question; it counts as open and not removed where that is not known. */
type Asked = Rules & Partial<Pick<LockedQuestion, 'delete_flag' | 'removed_time' | 'open'>>

/** Returns the error that refuses an operation; undefined if the question itself allows it. */
export function refusal(
  { voter, choices, revision }: Operation,
  question: Asked | undefined
): Error | undefined {
  if (!question) return new QuestionNotFound()
  const { delete_flag = 0, removed_time = null } = question
  if (delete_flag) return removalOf({ delete_flag, removed_time })
  if (question.audience === 'members' && isBrowserVoterKey(voter)) return new SignInRequired()
  if (question.open === 0) return choices.length > 0 ? new QuestionClosed() : new WithdrawalLate()
  if (choices.length === 0) return undefined
  if (revision !== undefined && revision !== question.revision) return new QuestionChanged()
  const choice = choiceFault(choices, question)
  return choice === undefined ? undefined : new InvalidInput({ choice })
}
