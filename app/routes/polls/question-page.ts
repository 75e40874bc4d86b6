/** The page of a question: its model, and one rendering for all viewers whose model is the same. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isFull, isPollFull } from '../../values/full.ts'
import type { EditLine } from '../../models/polls/history.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Ballot } from '../../models/voting/ballot-box.ts'
import type { Done, QuestionRef } from '../../schemas/questions.ts'
import { pageVary } from '../../view.ts'
import { sendWithEtag, tagged } from '../responses.ts'
import { answerSteps, chosenOf, inWords, scoreSteps, spokenFor } from '../voting/marks.ts'
import { hasVotedSignedIn } from '../voting/voter.ts'
import { readPoll, type Reading } from './access.ts'
import { type HeldInvitation, heldBy, mayVoteIn } from './held-invitation.ts'
import { changeOf, changesSince } from './changes.ts'
import { doneWith } from './done.ts'
import type { Form, RoomOfPage } from './shown-form.ts'
import { optionsOf } from './options.ts'
import { fillIn, NAME_SLOT, OWNER_SLOT } from './page-slots.ts'

const HTML = 'text/html; charset=utf-8'

type PageViewer = FastifyRequest['pageViewer']

/**
 * All that the page depends on beside the snapshot of the question. The page is rendered from these two alone, and the
 * model as JSON is the key of the rendered page: viewers who differ in any field get pages of their own.
 */
interface Model {
  viewer: PageViewer
  /** The tag of a catalogue. */
  language: string
  canSeeResults: boolean
  isOwner: boolean
  /** The viewer's vote; null without one. */
  own: Pick<Ballot, 'choice' | 'value' | 'name'> | null
  /** What was changed in the poll since the viewer's vote, or since the form that was refused. */
  changes: EditLine[]
  /** The account's vote has just replaced this browser's. */
  isMerged: boolean
  /** The viewer is a guest, and an account that was signed in in this browser has voted. */
  hasVotedSignedIn: boolean
  form: Form | null
  /** The invitation that the viewer votes with. */
  invitation: HeldInvitation | null
  /** The room that the page follows. */
  room: RoomOfPage | null
  /** What the viewer has just done. */
  done: Done | null
}

const guest: PageViewer = {
  isSignedIn: false,
  name: null,
  isAdmin: false,
  theme: null,
  formOwner: '',
  isReadOnly: false
}

/** The model of every guest who comes for the first time. */
export const guestModel = ({ results }: FastifyInstance, question: Question, language: string): Model => ({
  viewer: guest,
  language,
  canSeeResults: results.canSeeResults(question, { userId: null, voter: null }, false),
  isOwner: false,
  own: null,
  changes: [],
  isMerged: false,
  hasVotedSignedIn: false,
  form: null,
  invitation: null,
  room: null,
  done: null
})

/** What the page depends on of a ballot. */
export const ownOf = (ballot: Ballot | null): Model['own'] =>
  ballot && { choice: ballot.choice, ...(ballot.value && { value: ballot.value }), name: ballot.name }

/** The last act in this poll removed the browser's vote, because the account has one. */
const isMerged = ({ viewer, cookies }: FastifyRequest, { id }: Question) =>
  viewer.userId !== null && cookies.merged === String(id)

const modelOf = (
  request: FastifyRequest,
  viewer: PageViewer,
  { question, ballot, ...shown }: Reading & Pick<Model, 'hasVotedSignedIn' | 'changes' | 'done'>,
  form: Form | null,
  room: RoomOfPage | null
): Model => ({
  ...shown,
  viewer,
  language: request.locale.tag,
  isOwner: request.owns(question),
  own: ownOf(ballot),
  isMerged: isMerged(request, question),
  form,
  invitation: heldBy(request, question),
  room: room && { title: room.title, code: room.code }
})

/** What the template is given: a form where the viewer can vote, else the vote that stands; the result where it may be seen. */
export function pageOf({ results, languages }: FastifyInstance, asked: Question, model: Model) {
  const { viewer, own, form } = model
  const t = languages.get(model.language)!
  const question = results.inLanguage(asked, t)
  const mayVote = mayVoteIn(question, model)
  const hasVoted = own !== null
  const mayChange = question.revote || !hasVoted
  const isAsked = !hasVoted || form !== null
  const isFullForViewer = isPollFull(question) && !hasVoted
  const hasForm = question.open && mayVote && mayChange && isAsked && !isFullForViewer
  const standing = chosenOf(question, own)
  const correct = results.correctOf(question)
  const { choices: chosen, values, name: voterName = '' } = form?.chosen ?? standing
  const page = {
    question,
    options: optionsOf(question).map(choice => ({
      ...choice,
      typed: values[choice.id] ?? '',
      isFull: isFull(choice) && !standing.choices.includes(choice.id),
      changed: changeOf(model.changes, choice.id)
    })),
    kept: { choices: own?.choice ?? [], values: own?.value ?? [], name: own?.name ?? '' },
    changes: model.changes,
    isOwner: model.isOwner,
    isMerged: model.isMerged,
    done: model.done,
    hasVotedSignedIn: model.hasVotedSignedIn,
    mayVote,
    invitation: model.invitation,
    hasVoted,
    hasForm,
    isFull: question.open && isFullForViewer,
    chosen,
    voterName,
    scores: scoreSteps(t),
    answers: answerSteps(t),
    ownChoices: own ? spokenFor(own) : [],
    voted: inWords(question, standing, t),
    formErrors: form?.formErrors ?? null,
    // Where there is no form to keep it in.
    refused: form?.formErrors && form.chosen && !hasForm ? inWords(question, form.chosen, t) : [],
    result: model.canSeeResults ? results.resultView(question, t) : null,
    correct,
    correctChoices: question.choices.filter(({ id }) => correct?.includes(id)),
    room: model.room,
    isScreen: false
  }
  return { page, viewer, t }
}

const render = (app: FastifyInstance, question: Question, model: Model) =>
  app.renderPage('polls/question', pageOf(app, question, model))

/**
 * Answers with the poll's page, which is rendered once for each snapshot of the poll and each model; with `form` for this
 * answer alone, and in a room with what follows it. Where a link is enough to vote, a guest's browser gets the cookie for it.
 */
export async function showQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  ref: QuestionRef,
  form: Form | null = null,
  room: RoomOfPage | null = null
) {
  const { server: app } = request
  const read = await readPoll(request, ref)
  const { question } = read
  const reading = {
    ...read,
    done: doneWith(request, question, read.ballot !== null),
    changes: question.edits > 0 ? await changesSince(request, read, form?.revision) : [],
    hasVotedSignedIn: await hasVotedSignedIn(request, question)
  }
  const { pageViewer: viewer } = request
  const givesCookie = !viewer.isSignedIn && question.audience === 'link' && question.open
  if (givesCookie) reply.issueBrowserCookie()
  if (isMerged(request, question)) reply.takeCookie('merged')
  if (reading.ballot && question.audience === 'link') reply.rememberVoter()
  if (question.listed && !room) reply.allowIndexing()
  reply.header('vary', pageVary)
  if (form)
    return reply.type(HTML).send(await render(app, question, modelOf(request, viewer, reading, form, room)))

  const sharedViewer = viewer.isSignedIn ? { ...viewer, name: NAME_SLOT, formOwner: OWNER_SLOT } : viewer
  const model = modelOf(request, sharedViewer, reading, null, room)
  const key = JSON.stringify(model)
  const made = await app.responseMemo.get(question, `page ${key}`, async () =>
    tagged(Buffer.from(await render(app, question, model)))
  )
  if (room || viewer.isSignedIn || viewer.isReadOnly || model.own)
    return reply.type(HTML).send(fillIn(made.body, viewer))
  const isForGuests = key === JSON.stringify(guestModel(app, question, model.language))
  return sendWithEtag(request, reply, question, made, HTML, { isForGuests, givesCookie })
}
