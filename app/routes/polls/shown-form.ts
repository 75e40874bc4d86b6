/** What the page of a question shows beside the poll: a form again, and the room. */
import { AppError } from '../../app-error.ts'
import { QuestionChanged } from '../../errors.ts'
import { isSilentOnVotes } from '../../i18n/messages.ts'
import type { FormErrors } from '../../view.ts'
import { type Chosen, chosenIn } from '../voting/marks.ts'
import type { DoneElsewhere } from './done.ts'

/** A form that is shown although a vote stands, or again because it was refused. */
export interface Form {
  formErrors: FormErrors | null
  /** The revision of a form that was refused, where it was sent. */
  revision?: number | undefined
  /** What was chosen in a form that was refused; null: the vote that stands. */
  chosen: Chosen | null
}

/**
 * Returns a form of a vote as it was sent. One that the poll's edit has refused shows what was
 * changed since its revision.
 */
export function formAgain(typed: Record<string, unknown>, formErrors: FormErrors | null): Form {
  const isOutdated = formErrors?.cause instanceof QuestionChanged
  return { formErrors, chosen: chosenIn(typed), revision: isOutdated ? Number(typed.revision) : undefined }
}

/**
 * Returns what a refused form says was not counted, beside its errors: a change, or a vote where no
 * error says so.
 */
export function notCountedIn({ formErrors, chosen }: Form, hasVoted: boolean): 'change' | 'vote' | null {
  if (!formErrors || !chosen) return null
  if (hasVoted) return 'change'
  return formErrors.cause instanceof AppError && isSilentOnVotes(formErrors.cause) ? 'vote' : null
}

/** A room in which the poll is shown. */
export interface RoomOfPage {
  title: string
  code: string
  /** What the viewer has just done in another poll. */
  elsewhere?: DoneElsewhere | null
}
