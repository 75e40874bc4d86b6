/** Who may open a question. Pure. */
import { QuestionNotFound, SignInRequired } from '../../errors.ts'
import type { ListedQuestion } from './question-row.ts'
import { removalError } from './removal.ts'

/** What a page is made for: a signed-in user's id and voter key; null for a guest. */
export interface Viewer {
  userId: number | null
  voter: string | null
}

export const GUEST: Viewer = { userId: null, voter: null }

/** Who a question is for: what a request needs to know before anything is counted. */
export type Facts = Pick<
  ListedQuestion,
  'id' | 'slug' | 'delete_flag' | 'removed_time' | 'audience' | 'privacy' | 'listed'
>

/** Returns whether the viewer may open the question. A guest may not open an unlisted poll of members. */
export const isAdmitted = ({ delete_flag, audience, listed }: Facts, { userId }: Viewer) =>
  !delete_flag && (audience === 'link' || listed || userId !== null)

/** Returns the question if this viewer may open it. Throws QuestionNotFound, QuestionRemoved, SignInRequired. */
export function admit<T extends Facts>(question: T | undefined, viewer: Viewer): T {
  if (!question) throw new QuestionNotFound()
  if (question.delete_flag) throw removalError(question)
  if (!isAdmitted(question, viewer)) throw new SignInRequired()
  return question
}
