/** What the page of a poll depends on where only holders of an invitation may vote. */
import type { FastifyRequest } from 'fastify'
import type { Question } from '../../models/polls/question-row.ts'
import { invitationIn } from '../voting/voter.ts'

/** The invitation that a viewer votes with. */
export interface HeldInvitation {
  name: string | null
}

/** Returns the invitation that the viewer can vote with; null without one. */
export function heldBy(request: FastifyRequest, question: Question): HeldInvitation | null {
  const invitation = invitationIn(request, question)
  return invitation && !invitation.revoked ? { name: invitation.name } : null
}

/** Tells whether the audience of a poll includes the viewer. */
export function mayVoteIn(
  { audience }: Pick<Question, 'audience'>,
  { viewer, invitation }: { viewer: { isSignedIn: boolean }; invitation: HeldInvitation | null }
): boolean {
  if (audience === 'list') return invitation !== null
  return audience === 'link' || viewer.isSignedIn
}
