/** `/questions/:question/close`, `/reopen` and `/delete`: the page that asks, and the act. */
import { ChangedQuestion, RemovedQuestion } from '../../schemas/poll-answers.ts'
import { AnonymousClosed } from '../../errors.ts'
import type { Actor } from '../../models/polls/locked-poll.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { ActBody, ReopenBody, ReopenForm } from '../../schemas/lifecycle.ts'
import { QuestionParams, RemoteQuery, ReturnRoom } from '../../schemas/questions.ts'
import { isOffered, toWall } from '../../values/time.ts'
import { closeTimeWithoutTimer } from '../../values/timer.ts'
import { type FormErrors, View } from '../../view.ts'
import { findManaged, findOwn, findOwnPoll, ownerOf } from './access.ts'
import { closeTimeOf } from './poll-draft.ts'
import { closeTimeAgain } from './poll-form.ts'
import { ownJson, questionJson } from './poll-json.ts'
import { ok } from '../responses.ts'
import { logAct } from '../act-log.ts'
import { ballotIn } from '../voting/voter.ts'

const schema = { params: QuestionParams, querystring: RemoteQuery, body: ActBody }

/**
 * What closing and deleting have in common: administrators may, but learn no number that others do
 * not.
 */
abstract class Act extends View<typeof schema> {
  protected find() {
    return findManaged(this.request)
  }

  protected async confirm(template: string) {
    return this.render(template, { ...(await this.find()), room: this.request.query.room })
  }

  /** An administrator's act on another user's poll is logged. */
  protected actor({ question, isOwner }: Awaited<ReturnType<typeof findManaged>>): Actor {
    return isOwner ? { owner: ownerOf(this.request, question) } : { admin: this.request.member.id }
  }

  protected log(act: string, id: number, isOwner: boolean) {
    if (!isOwner) logAct(this.request, { question: id, act })
  }
}

export class Close extends Act {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Close a poll', scope: 'manage', responses: { 200: ChangedQuestion } }
  }

  get() {
    return this.confirm('polls/close')
  }

  async post() {
    const found = await this.find()
    const { question, isOwner } = found
    const { id, slug } = question
    await this.app.management.close(id, this.actor(found))
    this.log('close', id, isOwner)
    const { back, room } = this.request.body
    if (this.wantsPage && room) return this.redirect(this.url('Room', { room }))
    if (this.wantsPage && back) return this.redirect(this.url('Present', { question: slug }))
    if (this.wantsPage)
      return this.redirectDone(this.url(isOwner ? 'Manage' : 'Question', { question: slug }), 'closed')
    const { question: closed } = await this.find()
    const canSeeResults = this.app.results.canSeeResults(closed, this.request.viewer, false)
    return ok(questionJson(closed, await ballotIn(this.request, closed), canSeeResults))
  }
}

const reopenSchema = {
  params: QuestionParams,
  querystring: RemoteQuery,
  body: ReopenBody,
  form: ReopenForm
}

export class Reopen extends View<typeof reopenSchema> {
  static override readonly schema = reopenSchema
  static override readonly operations = {
    post: { summary: 'Open a closed poll again', scope: 'manage', responses: { 200: ChangedQuestion } }
  }

  async get() {
    const question = await findOwnPoll(this.request)
    if (question.privacy === 'anonymous' && !question.open) throw new AnonymousClosed()
    const { open, read_time } = question
    const time = closeTimeWithoutTimer(question, read_time)
    // A time that is over would only be refused again.
    const isAhead = !open && time && time > read_time
    const shown = isAhead ? toWall(time, this.app.timeZone) : ''
    return this.form(question, shown, this.request.query.room)
  }

  async post() {
    const question = await findOwnPoll(this.request)
    const { id, slug, open, read_time } = question
    const close_time = open ? question.close_time : closeTimeWithoutTimer(question, read_time)
    const { close_time: sent, room } = this.request.body
    // A time such as "in an hour" is another one when the form is sent again.
    const isRepeat = open && sent && sent.zone === null && isOffered(sent.wall)
    const closeTime = isRepeat ? close_time : closeTimeOf(sent, this.app.timeZone, close_time)
    await this.app.management.reopen(id, ownerOf(this.request, question), closeTime)
    if (this.wantsPage && room) return this.redirect(this.url('Room', { room }))
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: slug }), 'reopened')
    return ok(await ownJson(this.request, await findOwn(this.request, slug)))
  }

  async invalid(formErrors: FormErrors | null) {
    const { close_time, room } = this.typed
    // A number already, if the body was read and then refused.
    const shownRoom = ReturnRoom.parse(String(room))
    return this.form(await findOwnPoll(this.request), closeTimeAgain(close_time), shownRoom, formErrors)
  }

  private form(
    question: Question,
    close_time: unknown,
    room: number | undefined,
    formErrors: FormErrors | null = null
  ) {
    const isFinal = formErrors?.cause instanceof AnonymousClosed
    return this.render('polls/reopen', { question, close_time, room, formErrors, isFinal })
  }
}

export class Delete extends Act {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Delete a poll', scope: 'manage', responses: { 200: RemovedQuestion } }
  }

  get() {
    return this.confirm('polls/delete')
  }

  async post() {
    const found = await this.find()
    const { question, isOwner } = found
    await this.app.management.remove(question.id, this.actor(found))
    this.log('delete', question.id, isOwner)
    if (question.user_id === null) this.reply.dropManager(question.slug)
    return this.wantsPage
      ? this.redirectDone(this.url(this.request.user ? 'Home' : 'Questions'), 'deleted')
      : ok({ question_id: question.id })
  }
}
