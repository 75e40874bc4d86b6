/** Sign-in in a browser that has voted or suggested an option: both become the account's. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isClientError } from '../../app-error.ts'
import type { Facts } from '../../models/polls/facts.ts'
import { QuestionRef } from '../../schemas/questions.ts'
import { roomOf } from '../rooms/enter.ts'
import { namedKeysIn, type voterIn } from './voter.ts'

/**
 * Returns the poll from whose page, or from whose room's page, the client came; undefined without
 * one.
 */
async function pollOf(request: FastifyRequest, next: string): Promise<QuestionRef | undefined> {
  const [, question, code] = /^\/(?:questions\/([^/?#]+)|([0-9]{6})(?:$|[?#]))/.exec(next) ?? []
  if (code === undefined) return QuestionRef.safeParse(question).data
  return (await roomOf(request, code))?.active?.slug
}

/**
 * After sign-in, adopts the browser's ballot, or what it has suggested without one, in the poll
 * from which the client came; in a room, in the poll that it shows now. Errors are ignored: the
 * next vote in that poll adopts them too.
 */
export async function adoptFrom(request: FastifyRequest, reply: FastifyReply, next: string) {
  const { questions, ballots, suggestions } = request.server
  if (request.cookies.browser === undefined) return
  try {
    const ref = await pollOf(request, next)
    if (ref === undefined) return
    const poll = await questions.getFacts(ref, request.viewer)
    if (poll.privacy === 'anonymous') return // the ballot keeps its key
    const { voter, adopts } = namedKeysIn(request, poll)
    if (voter === null || adopts === null) return
    if (!(await ballots.of({ question: poll.id, voter: adopts }))) {
      await suggestions.adopt({ question: poll.id, voter }, adopts)
      return
    }
    reply.rememberVoter()
    const { browser_vote_removed } = await ballots.adopt({ question: poll.id, voter, adopts })
    if (browser_vote_removed) reply.setMergedNotice(poll.id)
  } catch (err) {
    if (!isClientError(err)) request.log.warn({ err }, 'a vote was not adopted at sign-in')
  }
}

/**
 * After a vote, makes what the browser has suggested without one the account's. Errors are ignored:
 * the vote is counted.
 */
export async function adoptSuggestions(
  { server, log }: FastifyRequest,
  { id, suggestions, privacy }: Pick<Facts, 'id' | 'suggestions' | 'privacy'>,
  { voter, adopts }: Awaited<ReturnType<typeof voterIn>>
) {
  if (suggestions === 'off' || privacy === 'anonymous' || adopts === null) return
  try {
    await server.suggestions.adopt({ question: id, voter }, adopts)
  } catch (err) {
    log.warn({ err }, 'suggestions were not adopted after a vote')
  }
}
