/** Polls as a viewer may open, edit and remove them. */
import type { FastifyRequest } from 'fastify'
import { NotOwner, SecondFactorRequired } from '../../errors.ts'
import type { Viewer } from '../../models/polls/admission.ts'
import type { Owner } from '../../models/polls/locked-poll.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { fromDatabase } from '../../values/time.ts'
import { ballotIn } from '../voting/voter.ts'

/**
 * A viewer without account, invitation or link. Routes import only types of the models, which have
 * their own.
 */
export const GUEST: Viewer = { userId: null, voter: null }

/** A batch is committed or given up within this time, with room. */
const SETTLED_AFTER_MS = 10_000

/** A poll as a viewer may see it. */
export type Reading = Awaited<ReturnType<typeof readPoll>>

/**
 * Reads a poll and the viewer's ballot. A viewer who has just voted, perhaps through another
 * process, gets a tally that was read after that. `isCurrent` tells whether a guest would still get
 * the same snapshot. Throws as `questions.get`.
 */
export async function readPoll(request: FastifyRequest, ref: QuestionRef) {
  const { viewer, server } = request
  const { questions, results } = server
  const found = await questions.get(ref, viewer)
  const ballot = await ballotIn(request, found)
  // The time of an anonymous ballot is its day.
  const isRecent =
    ballot &&
    (found.privacy === 'anonymous' ||
      fromDatabase(found.read_time) - fromDatabase(ballot.cast_time!) < SETTLED_AFTER_MS)
  const question = isRecent ? await questions.getFresh(ref, viewer) : found
  return {
    question,
    ballot,
    canSeeResults: results.canSeeResults(question, viewer, ballot !== null),
    isCurrent: () => questions.isCurrent(ref, question)
  }
}

/** Finds the viewer's own poll as it is now. Throws NotOwner beside what `questions.get` throws. */
export async function findOwn(request: FastifyRequest, ref: QuestionRef): Promise<Question> {
  const question = await request.server.questions.getFresh(ref, request.viewer)
  if (!request.owns(question)) throw new NotOwner()
  return question
}

/** A request whose address names a poll. */
type PollRequest = FastifyRequest & { params: { question: QuestionRef } }

/** Finds the poll of the address, as `findOwn`. */
export const findOwnPoll = (request: PollRequest) => findOwn(request, request.params.question)

/**
 * Returns as whom the viewer of `findOwn` changes the poll: their account, or the hash of the
 * manage link.
 */
export const ownerOf = ({ viewer }: FastifyRequest, { user_id }: Pick<Question, 'user_id'>): Owner =>
  user_id ?? viewer.manager!.hash

/**
 * Finds the poll of the address, which the viewer may close and delete: their own or, for an
 * administrator, any that they may open. Throws SecondFactorRequired beside what `findOwn` throws.
 */
export async function findManaged(request: PollRequest) {
  const question = await request.server.questions.getFresh(request.params.question, request.viewer)
  const isOwner = request.owns(question)
  if (!isOwner && !request.actsAsAdmin)
    throw request.user?.is_admin ? new SecondFactorRequired() : new NotOwner()
  return { question, isOwner }
}
