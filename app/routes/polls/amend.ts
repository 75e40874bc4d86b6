/**
 * `/questions/:question/amend`: corrects a poll that has votes. Each change is a line of its
 * history.
 */
import type { z } from 'zod'
import type { Fields } from '../../app-error.ts'
import type { Amendment } from '../../models/polls/amendment.ts'
import { EditConflict } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Mistakes } from '../../mistakes.ts'
import { AmendBody, AmendForm, choicesIn, validFields } from '../../schemas/amendment.ts'
import { Question } from '../../schemas/poll-answers.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { isYes } from '../../schemas/truth.ts'
import { toWall } from '../../values/time.ts'
import { type FormErrors, View } from '../../view.ts'
import type { ViewRequest } from '../../view-schema.ts'
import { optionsOf } from '../../values/choices.ts'
import { listOf } from '../../values/list.ts'
import { RESULT_AUDIENCES, widerAudiences } from '../../values/results.ts'
import { paddedRows, rowsAgain } from './date-rows.ts'
import { completesMistakes, mistakesOf } from '../refused-body.ts'
import { findOwn, findOwnPoll, ownerOf } from './access.ts'
import { addedDatesOf } from './draft-dates.ts'
import { closeTimeOf, retentionOf } from './poll-draft.ts'
import { closeTimeAgain } from './poll-form.ts'
import { ownJson } from './poll-json.ts'

/** What was sent for an option: null, or anything, if it is not valid. */
type SentOption = { id?: unknown; choice_text?: unknown; retired?: unknown } | null

/**
 * Returns what the form says of each option, by id: as it was sent, or as the schema has read it.
 */
function sentOptions(typed: Record<string, unknown>) {
  const choices = Array.isArray(typed.choices) ? (typed.choices as SentOption[]) : choicesIn(typed)
  return new Map(choices.map((one: SentOption) => [String(one?.id), one]))
}

const schema = { params: QuestionParams, body: AmendBody, form: AmendForm }
/** What was sent, as JSON or a form. */
type Sent = z.output<typeof AmendBody> | z.output<typeof AmendForm>

/**
 * Carries out what was sent. `known`: what is wrong with other fields. Throws InvalidInput with all
 * that is wrong.
 */
async function amend(request: ViewRequest<typeof schema>, sent: Sent, known: Fields = {}) {
  const { server: app } = request
  const { suggestions, choice_starts, choice_ends: _ends, ...body } = sent
  const question = await findOwnPoll(request)
  const { id, close_time, retention_days, time_zone } = question
  const { timeZone } = app
  const mistakes = new Mistakes(known)
  if (suggestions !== undefined)
    mistakes.add('suggestions', messageKey('changedAt', '/questions/:question/suggestions'))
  if (body.retention_days !== undefined && body.retention_days !== retention_days)
    mistakes.collect(() => retentionOf(body.retention_days, app.settings.current))
  const zone = time_zone ?? timeZone
  const added = choice_starts?.length && mistakes.collect(() => addedDatesOf(choice_starts, zone))
  const shown = body.close_time_shown
  const amendment: Amendment = {
    ...body,
    ...(added || { dates: [] }),
    close_time: mistakes.collect(() => closeTimeOf(body.close_time, timeZone, close_time, shown))
  }
  await app.amendments.amend(id, ownerOf(request, question), amendment, body.revision, mistakes.fields)
  return question
}

/**
 * A preHandler hook: says beside what the schema refuses of a correction what the poll refuses of
 * the rest.
 */
export const completeAmendmentMistakes = completesMistakes(async (request, known) => {
  const valid = validFields(request.body, request.sentForm !== null)
  if (!valid) return known
  // The request is of this view's route.
  return mistakesOf(() => amend(request as ViewRequest<typeof schema>, valid, known), known)
})

export class Amend extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: {
      summary: 'Correct a poll that has votes',
      scope: 'manage',
      responses: { 200: Question }
    }
  }

  get() {
    return this.form({}, null)
  }

  async post() {
    const { slug } = await amend(this.request, this.request.body)
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: slug }), 'amended')
    return ownJson(this.request, await findOwn(this.request, slug))
  }

  async invalid(formErrors: FormErrors | null) {
    return this.form(this.typed, formErrors)
  }

  /** The form, with what was typed in it, valid or not. */
  private async form(typed: Record<string, unknown>, formErrors: FormErrors | null) {
    const question = this.app.results.inLanguage(await findOwnPoll(this.request), this.request.locale)
    const { close_time: time } = question
    const stored = time ? toWall(time, this.app.timeZone) : ''
    const { retention_days: days = question.retention_days } = typed // null: emptied
    const sent = sentOptions(typed)
    const added = listOf(typed.choice_text).map(String)
    // The form has now said that the poll was changed: saving it again overwrites that change.
    const isKnown = typed.revision === undefined || formErrors?.cause instanceof EditConflict
    return this.render('polls/amend', {
      question,
      formErrors,
      revision: isKnown ? question.revision : typed.revision,
      options: optionsOf(question).map(({ id, choice_text }) => ({
        id,
        text: sent.get(String(id))?.choice_text ?? choice_text,
        isRetired: sent.get(String(id))?.retired === true
      })),
      added: added.join('\n'),
      isConfirmed: isYes(typed.confirm),
      fixedResults: RESULT_AUDIENCES.filter(one => !widerAudiences(question).includes(one)),
      typed: {
        question_text: typed.question_text ?? question.question_text,
        description: typed.description ?? question.description,
        results: typed.results ?? question.results,
        retention_days: days ?? '',
        close_time: closeTimeAgain(typed.close_time) ?? stored,
        close_time_shown: typed.close_time_shown ?? stored,
        dates: question.time_zone === null ? [] : paddedRows(rowsAgain(typed), false)
      }
    })
  }
}
