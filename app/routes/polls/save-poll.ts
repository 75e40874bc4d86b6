/** What a poll's form saves, and all that is wrong with it, also beside what its schema refuses. */
import type { FastifyRequest } from 'fastify'
import type { Fields } from '../../app-error.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import { type Poll, validPoll } from '../../schemas/poll.ts'
import type { QuestionRef } from '../../schemas/questions.ts'
import { optionsOf } from '../../values/choices.ts'
import { storedDates } from '../../values/dates.ts'
import { toDatabase } from '../../values/time.ts'
import { completesMistakes, mistakesOf } from '../refused-body.ts'
import { findOwnPoll, ownerOf } from './access.ts'
import { readDraft } from './poll-draft.ts'
import { shownTemplate } from './template-body.ts'

type EditRequest = FastifyRequest<{ Params: { question: QuestionRef } }>

/**
 * Makes the draft of a new poll. `isUnmarked`: the template with which its form began is a quiz,
 * and has more right options. `known`: what is wrong with other fields. Throws InvalidInput with
 * all that is wrong.
 */
export async function newDraft(request: FastifyRequest, poll: Poll, known: Fields = {}) {
  const { server: app, user } = request
  const mistakes = new Mistakes(known)
  const template = await shownTemplate(request, poll.template)
  const draft = readDraft(poll, app.settings.current, template, mistakes)
  if (draft.listed && !user) mistakes.add('listed', messageKey('guestListed'))
  // Alone it is no mistake here: a repeat that comes after the closing time is still the first
  // poll, which only the transaction knows.
  const isOver = draft.close_time !== null && draft.close_time <= toDatabase(Date.now())
  if (isOver && !mistakes.isEmpty) mistakes.add('close_time', messageKey('timeIsOver'))
  mistakes.throwIfAny()
  const { correct = [] } = draft
  return { draft, isUnmarked: correct.length < (template?.quiz?.correct?.length ?? 0) }
}

/**
 * Replaces a poll by what was sent. `known`: what is wrong with other fields. Returns whether a
 * right option of a quiz has lost its mark. Throws InvalidInput with all that is wrong, and as
 * `management.edit`.
 */
export async function editPoll(request: EditRequest, poll: Poll, known: Fields = {}) {
  const { server: app } = request
  const question = await findOwnPoll(request)
  const mistakes = new Mistakes(known)
  const current = { ...question, dates: storedDates(optionsOf(question)) }
  const draft = readDraft(poll, app.settings.current, current, mistakes)
  const { id, slug } = question
  const owner = ownerOf(request, question)
  const isUnmarked = await app.management.edit(id, owner, draft, poll.revision, mistakes.fields)
  return { slug, isUnmarked }
}

/** Makes a hook that says beside what the schema refuses of a poll what refuses the rest. */
const completesPoll = (save: (request: FastifyRequest, poll: Poll, known: Fields) => Promise<unknown>) =>
  completesMistakes(async (request, known) => {
    const valid = validPoll(request.body, request.sentForm !== null)
    if (!valid) return known
    // In a zone that is not known, no time can be judged.
    const poll = known.time_zone === undefined ? valid : { ...valid, choice_starts: null }
    return mistakesOf(() => save(request, poll, known), known)
  })

/** A preHandler hook of `/questions`. */
export const completeNewMistakes = completesPoll(newDraft)
/** A preHandler hook of `/questions/:question`. */
export const completeEditMistakes = completesPoll((request, poll, known) =>
  editPoll(request as EditRequest, poll, known)
)
