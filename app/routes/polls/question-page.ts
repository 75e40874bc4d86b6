/** The page of a question: its model, and one rendering for all viewers whose model is the same. */
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { QuestionChanged } from '../../errors.ts'
import { fullOptionsOf, isFull, isOpenPollFull } from '../../values/full.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Done, QuestionRef } from '../../schemas/questions.ts'
import { sendWithEtag, tagged } from '../responses.ts'
import { answerSteps, chosenOf, inWords, scoreSteps, showable, spokenFor } from '../voting/marks.ts'
import { hasVotedSignedIn, suggestedIn } from '../voting/voter.ts'
import { optionsOf } from '../../values/choices.ts'
import { readPoll, type Reading } from './access.ts'
import { heldBy, mayVoteIn } from './held-invitation.ts'
import { changeOf, changesAbove, changesSince, withDates } from './changes.ts'
import { doneWith } from './done.ts'
import { guestModel, type Model, ownOf, votedTimeOf } from './question-model.ts'
import { type Form, notCountedIn, type RoomOfPage } from './shown-form.ts'
import { fillIn, NAME_SLOT, OWNER_SLOT, withSlots } from './page-slots.ts'

const HTML = 'text/html; charset=utf-8'

/** The last act in this poll removed the browser's vote, because the account has one. */
const isMerged = ({ viewer, cookies }: FastifyRequest, { id }: Question) =>
  viewer.userId !== null && cookies.merged === String(id)

type Asked = Reading &
  Pick<Model, 'viewer' | 'form' | 'room' | 'hasVotedSignedIn' | 'changes' | 'suggested' | 'done'>

const modelOf = (
  request: FastifyRequest,
  { question, ballot, room, isCurrent: _isCurrent, ...shown }: Asked
): Model => ({
  ...shown,
  language: request.locale.tag,
  isOwner: request.owns(question),
  own: ownOf(ballot),
  votedTime: votedTimeOf(question, ballot),
  isMerged: isMerged(request, question),
  invitation: heldBy(request, question),
  room: room && { title: room.title, code: room.code, elsewhere: room.elsewhere ?? null }
})

/**
 * What the template is given: a form where the viewer can vote, else the vote that stands; the
 * result where it may be seen.
 */
export function pageOf({ results, languages }: FastifyInstance, asked: Question, model: Model) {
  const { viewer, own, form } = model
  const t = languages.get(model.language)!
  const question = results.inLanguage(asked, t)
  const mayVote = mayVoteIn(question, model)
  const hasVoted = own !== null
  const mayChange = question.revote || !hasVoted
  const isAsked = !hasVoted || form !== null
  const isFullForViewer = hasVoted ? null : isOpenPollFull(question)
  const hasForm = question.open && mayVote && mayChange && isAsked && !isFullForViewer
  const standing = chosenOf(question, own)
  const ownChoices = own ? spokenFor(question, own) : []
  const correct = results.correctOf(question, model.canSeeResults)
  const shown = showable(question, form?.chosen ?? standing)
  const { choices: chosen, values, name: voterName = '', suggestion = '' } = shown
  const page = {
    question,
    options: optionsOf(question).map(choice => ({
      ...choice,
      typed: values[choice.id] ?? '',
      isFull: isFull(choice) && !standing.choices.includes(choice.id),
      changed: changeOf(model.changes, choice.id)
    })),
    kept: { choices: own?.choice ?? [], values: own?.value ?? [], name: own?.name ?? '' },
    changes: withDates(model.changes, question),
    notCounted: form && hasForm ? notCountedIn(form, hasVoted) : null,
    isEdited: form?.formErrors?.cause instanceof QuestionChanged && model.changes.length === 0,
    changesAbove: changesAbove(model.changes, question, ownChoices),
    suggested: model.suggested.map(choice_text => ({ choice_text })),
    suggestion,
    isOwner: model.isOwner,
    isMerged: model.isMerged,
    done: model.done,
    hasVotedSignedIn: model.hasVotedSignedIn,
    mayVote,
    invitation: model.invitation,
    hasVoted,
    isVoteHidden: hasVoted && own.choice === null,
    votedTime: model.votedTime,
    hasForm,
    isFull: isFullForViewer,
    // Which are taken: of the poll until its viewer has voted, of options in a form.
    seats: { isFull: isFullForViewer, fullOptions: hasForm ? fullOptionsOf(question) : null },
    chosen,
    voterName,
    scores: scoreSteps(t),
    answers: answerSteps(t),
    ownChoices,
    voted: inWords(question, standing, t),
    formErrors: form?.formErrors ?? null,
    // Where there is no form to keep it in.
    refused: form?.formErrors && form.chosen && !hasForm ? inWords(question, form.chosen, t) : [],
    result: model.canSeeResults ? results.resultView(question, t) : null,
    correct,
    correctChoices: question.choices.filter(({ id }) => correct?.includes(id)),
    room: model.room,
    isFramed: false
  }
  return { page, viewer, t }
}

const render = (app: FastifyInstance, question: Question, model: Model) =>
  app.renderPage('polls/question', pageOf(app, question, model))

/**
 * Gives a guest's browser or program the cookie by which it votes, where a link is enough. Returns
 * whether it is such a guest.
 */
export function giveBrowserCookie(
  { viewer }: FastifyRequest,
  reply: FastifyReply,
  { audience, open }: Pick<Question, 'audience' | 'open'>
): boolean {
  const isFor = viewer.userId === null && audience === 'link' && open
  if (isFor) reply.issueBrowserCookie()
  return isFor
}

/** What the page shows beside the poll. */
interface Shown {
  /** A form that was refused or is asked for. */
  form?: Form | null
  room?: RoomOfPage | null
  /** What the address says that the viewer has just done. */
  done?: Done | undefined
}

/**
 * Answers with the poll's page, which is rendered once for each snapshot of the poll and each
 * model. A page with a form is rendered for this request only and is not cached. In a room, the
 * page has what follows the poll. Where a link is enough to vote, a guest's browser gets the cookie
 * for it.
 */
export async function showQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  ref: QuestionRef,
  { form = null, room = null, done }: Shown = {}
) {
  const { server: app } = request
  const read = await readPoll(request, ref)
  const { question } = read
  const { pageViewer: viewer } = request
  const hasSlots = form === null && viewer.isSignedIn
  const model = modelOf(request, {
    ...read,
    viewer: hasSlots ? { ...viewer, name: NAME_SLOT, formOwner: OWNER_SLOT } : viewer,
    form,
    room,
    done: doneWith(done, question, read.ballot !== null),
    changes: question.edits > 0 ? await changesSince(request, read, form?.revision) : [],
    suggested: question.suggestions === 'review' ? await suggestedIn(request, question) : [],
    hasVotedSignedIn: await hasVotedSignedIn(request, question)
  })
  const givesCookie = giveBrowserCookie(request, reply, question)
  if (model.isMerged) reply.clearOwnCookie('merged')
  if (read.ballot && question.audience === 'link') reply.rememberVoter()
  if (question.listed && !room) reply.allowIndexing()
  reply.asPage()
  if (form) return reply.send(await render(app, question, model))

  const key = `page ${JSON.stringify(model)}`
  if (room || viewer.isSignedIn || viewer.isReadOnly || model.own) {
    const page = await app.responseMemo.get(question, key, async () =>
      withSlots(await render(app, question, model))
    )
    return reply.send(fillIn(page, viewer))
  }
  const made = await app.responseMemo.get(question, key, async () =>
    tagged(Buffer.from(await render(app, question, model)))
  )
  const isForGuests = isDeepStrictEqual(model, guestModel(app, question, model.language))
  const isCurrent = isForGuests ? read.isCurrent : null
  return sendWithEtag(request, reply, made, HTML, { isCurrent, givesCookie })
}
