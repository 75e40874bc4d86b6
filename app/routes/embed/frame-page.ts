/**
 * The page of a frame: who may show it, why it takes no votes, and one rendering for all viewers
 * whose model is the same.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { EmbeddingOff } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Done, QuestionRef } from '../../schemas/questions.ts'
import { isOpenPollFull } from '../../values/full.ts'
import { readPoll, type Reading } from '../polls/access.ts'
import { changesSince } from '../polls/changes.ts'
import { doneWith } from '../polls/done.ts'
import { guestModel, ownOf, votedTimeOf } from '../polls/question-model.ts'
import { pageOf } from '../polls/question-page.ts'
import type { Form } from '../polls/shown-form.ts'

/**
 * Why a frame takes no vote. `insecure`: browsers store the cookie of a frame over https only.
 * `account`: the poll asks for an account, which a frame never reads. `cookie`: the browser did not
 * send the cookie back. `suggestion`: a further vote needs one, for which a frame has no field.
 */
type Obstacle = 'insecure' | 'account' | 'cookie' | 'suggestion' | null

/**
 * Reads the poll for a guest, and lets the chosen sites frame the answer. Throws EmbeddingOff, and
 * as `readPoll`.
 */
export async function readFrame(request: FastifyRequest, reply: FastifyReply, ref: QuestionRef) {
  const reading = await readPoll(request, ref)
  const { embed_origins: origins } = reading.question
  if (origins === null) throw new EmbeddingOff()
  reply.allowFraming(origins)
  return reading
}

/** Returns why this frame takes no vote by its browser; null: it does, or the poll is closed. */
export function obstacleOf(request: FastifyRequest, { question }: Reading): Obstacle {
  if (!question.open) return null
  if (question.audience !== 'link') return 'account'
  if (!request.server.cookieAttributes.secure) return 'insecure'
  return request.browserIn(question.id) === null ? 'cookie' : null
}

/** Tells whether a further vote, which is possible, needs a suggestion. */
const needsSuggestion = (question: Question) =>
  !isOpenPollFull(question) && isOpenPollFull({ ...question, suggestions: 'off' })

/** What the frame shows beside the poll. */
interface Shown {
  form?: Form | null
  done?: Done | undefined
  /** Asks whether to withdraw the vote, instead of the poll. */
  asksToWithdraw?: boolean
}

/**
 * Answers with the frame, which is rendered once for each snapshot of the poll and each model. A
 * page with a form that was refused is rendered for this request only and is not cached.
 */
export async function showFrame(
  request: FastifyRequest,
  reply: FastifyReply,
  reading: Reading,
  { form = null, done, asksToWithdraw = false }: Shown
) {
  const { server: app } = request
  const { question, ballot, canSeeResults } = reading
  const hasVoted = ballot !== null
  const lacksOptions = !hasVoted && needsSuggestion(question)
  const obstacle = obstacleOf(request, reading) ?? (lacksOptions ? 'suggestion' : null)
  const isWithdrawing = asksToWithdraw && hasVoted && question.open && question.revote && obstacle === null
  const own = ownOf(ballot)
  const changes = question.edits > 0 ? await changesSince(request, reading, form?.revision) : []
  const votedTime = votedTimeOf(question, ballot)
  const guest = guestModel(app, question, request.locale.tag)
  const model = {
    ...guest,
    canSeeResults,
    own,
    votedTime,
    changes,
    form,
    done: doneWith(done, question, hasVoted)
  }
  const make = async () => {
    const { page, viewer, t } = pageOf(app, question, model)
    const takesVotes = obstacle === null
    const shown = {
      ...page,
      hasForm: page.hasForm && takesVotes,
      mayVote: page.mayVote && takesVotes,
      obstacle,
      isWithdrawing,
      isFramed: true
    }
    return Buffer.from(await app.renderPage('embed/frame', { page: shown, viewer, t }))
  }
  const html = form?.formErrors
    ? await make()
    : await app.responseMemo.get(
        question,
        `frame ${obstacle} ${isWithdrawing} ${JSON.stringify(model)}`,
        make
      )
  return reply.asPage().send(html)
}
