/**
 * `/questions/:question`: the poll with its form, or the vote that stands and the result; POST
 * edits it.
 */
import { Question as QuestionSchema } from '../../schemas/poll-answers.ts'
import { EditConflict, InvitationRevoked, OnlyInvited } from '../../errors.ts'
import { PollBody, PollForm } from '../../schemas/poll.ts'
import { QuestionParams, QuestionQuery } from '../../schemas/questions.ts'
import { type FormErrors, View } from '../../view.ts'
import { findOwn, findOwnPoll, readPoll } from './access.ts'
import { typedAgain } from './poll-form.ts'
import { showPollForm } from './poll-form-page.ts'
import { ownJson, questionJson } from './poll-json.ts'
import { giveBrowserCookie, showQuestion } from './question-page.ts'
import { editPoll } from './save-poll.ts'
import { formAgain } from './shown-form.ts'
import { roomOf } from '../rooms/enter.ts'

const schema = { params: QuestionParams, querystring: QuestionQuery, body: PollBody, form: PollForm }

export class Question extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read a poll', scope: 'read', guests: true, responses: { 200: QuestionSchema } },
    post: {
      summary: 'Replace a poll, until the first vote',
      scope: 'manage',
      responses: { 200: QuestionSchema }
    }
  }

  async get() {
    const { question: ref } = this.request.params
    const { t, done } = this.request.query
    if (t !== undefined) return this.takeInvitation(t)
    if (this.wantsPage) return showQuestion(this.request, this.reply, ref, { done })
    const { question, ballot, canSeeResults } = await readPoll(this.request, ref)
    giveBrowserCookie(this.request, this.reply, question)
    if (question.listed) this.reply.allowIndexing()
    return questionJson(question, ballot, canSeeResults)
  }

  /**
   * Keeps the invitation of a link in a cookie, and leads to the address without it, which
   * histories and referrers may have. Opening a link uses nothing up. Throws OnlyInvited,
   * InvitationRevoked.
   */
  private async takeInvitation(token: string) {
    const { request, reply, app } = this
    reply.header('referrer-policy', 'no-referrer')
    const invitation = await app.voterLists.find(token)
    const viewer = invitation ? { ...request.viewer, invitation } : request.viewer
    const found = app.questions.getFacts(request.params.question, viewer)
    const { id, slug, audience } = await found.catch(error => {
      throw error instanceof OnlyInvited ? new OnlyInvited('link') : error
    })
    if (audience === 'list') {
      if (invitation?.question !== id) throw new OnlyInvited('link')
      if (invitation.revoked) throw new InvitationRevoked()
      reply.keepLinkToken('invitation', slug, token)
    }
    return this.redirect(this.url('Question', { question: slug }))
  }

  /** Replaces the whole poll, until the first vote. */
  async post() {
    const { slug, isUnmarked } = await editPoll(this.request, this.request.body)
    const done = isUnmarked ? 'unmarked' : 'edited'
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: slug }), done)
    return ownJson(this.request, await findOwn(this.request, slug))
  }

  async invalid(formErrors: FormErrors | null) {
    if (this.request.showsAgain) return this.voteAgain()
    const question = await findOwnPoll(this.request)
    const again = typedAgain(this.request.body)
    // The form has now said that the poll was changed: saving it again overwrites that change.
    const revision = formErrors?.cause instanceof EditConflict ? question.revision : again.revision
    const typed = { ...again, revision }
    return showPollForm(this.request, this.reply, { question, typed, formErrors })
  }

  /**
   * The page of a first vote, with what was chosen in its form, in the room that the form names.
   */
  private async voteAgain() {
    const { request, reply, typed } = this
    const form = formAgain(typed, null)
    const room = await roomOf(request, typed.room)
    return showQuestion(request, reply, request.params.question, { form, room })
  }
}
