/** Who may open a question. Pure. */
import { InvitationRevoked, OnlyInvited, QuestionNotFound, SignInRequired } from '../../errors.ts'
import type { Facts } from './facts.ts'
import type { Manager } from './manager-rows.ts'
import { removalError } from './removed.ts'

/** Who a client is for a poll. The user's id and voter key are null for a guest. */
export interface Viewer {
  userId: number | null
  voter: string | null
  /** An invitation to vote that the client holds. */
  invitation?: { question: number; revoked: boolean } | null
  /** The guest's poll that the client manages by its link. */
  manager?: Manager | null
  /** Administrators may open every poll, because they may close and delete it. */
  actsAsAdmin?: boolean
}

export const GUEST: Viewer = { userId: null, voter: null }

/**
 * Tells whether the viewer manages the question as their own: by the account, or by the link of a
 * guest's poll.
 */
export const owns = ({ id, user_id }: Pick<Facts, 'id' | 'user_id'>, { userId, manager }: Viewer): boolean =>
  user_id === null ? manager?.question === id : user_id === userId

const holds = ({ id }: Facts, { invitation }: Viewer) => invitation?.question === id

/**
 * Returns whether the viewer may open the question. An unlisted poll of members is not for guests,
 * and an unlisted poll of a list only for its holders, its owner and administrators.
 */
export function isAdmitted(question: Facts, viewer: Viewer): boolean {
  const { delete_flag, audience, listed } = question
  if (delete_flag) return false
  if (listed || audience === 'link') return true
  if (owns(question, viewer)) return true
  if (audience === 'members') return viewer.userId !== null
  const isInvited = holds(question, viewer) && !viewer.invitation?.revoked
  return isInvited || viewer.actsAsAdmin === true
}

/**
 * Returns the question if this viewer may open it. Throws QuestionNotFound, QuestionRemoved,
 * SignInRequired, OnlyInvited, InvitationRevoked.
 */
export function admit<T extends Facts>(question: T | undefined, viewer: Viewer): T {
  if (!question) throw new QuestionNotFound()
  if (question.delete_flag) throw removalError(question)
  if (isAdmitted(question, viewer)) return question
  if (question.audience === 'members') throw new SignInRequired()
  throw holds(question, viewer) ? new InvitationRevoked() : new OnlyInvited()
}
