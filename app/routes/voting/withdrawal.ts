/** Withdraws the ballot of a request, for the resource of a vote, its form and a frame. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { WithdrawalLate } from '../../errors.ts'
import type { Ballot } from '../../models/voting/ballot.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { noBallot } from '../../values/ballot.ts'
import { doneAddress } from '../../view.ts'
import { ok } from '../responses.ts'
import { returnAddress } from './return.ts'
import { type Addressed, keysIn, namedKeysIn, requireInvitation } from './voter.ts'

/**
 * Withdraws the sender's ballot; succeeds if there is none, also for an unknown browser. Throws as
 * the ballot box does.
 */
export async function withdraw(request: FastifyRequest, poll: Addressed): Promise<Ballot> {
  const { ballots, questions } = request.server
  const invitation = poll.audience === 'list' ? requireInvitation(request, poll).id : undefined
  const { voter, adopts } = await keysIn(request, poll)
  if (voter === null) {
    // Closed: which vote it was is not known any more.
    if (namedKeysIn(request, poll).voter !== null) throw new WithdrawalLate(poll.privacy)
    return noBallot(poll.id)
  }
  const ballot = await ballots.withdraw({ question: poll.id, voter, adopts, invitation })
  if (adopts !== null && (await ballots.of({ question: poll.id, voter: adopts }))) {
    // It is shown as the sender's vote, and a closed poll keeps it.
    const { open } = await questions.getFresh(poll.slug, request.viewer)
    if (!open) throw new WithdrawalLate(poll.privacy)
  }
  return ballot
}

/**
 * Withdraws the sender's ballot and answers. `room`: what the form says of the room to which it
 * returns.
 */
export async function answerWithdrawal(
  request: FastifyRequest,
  reply: FastifyReply,
  { question, room }: { question: QuestionRef; room?: unknown }
) {
  const poll = await request.server.questions.getFacts(question, request.viewer)
  const ballot = await withdraw(request, poll)
  if (!request.wantsPage) return ok(ballot)
  if (ballot.browser_vote_removed) reply.setMergedNotice(poll.id)
  const page = await returnAddress(request, poll.slug, room)
  // The room may show another poll by then.
  return reply.redirect(doneAddress(page, 'withdrawn', room ? `&of=${poll.slug}` : ''), 303)
}
