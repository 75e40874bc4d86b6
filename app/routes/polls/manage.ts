/**
 * `/questions/:question/manage`: the link to share, the state, and what the owner can do. `/edit`:
 * its form.
 */
import { QuestionWithLink } from '../../schemas/poll-answers.ts'
import { HasVotes, ManageLinkInvalid } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { QuestionParams, QuestionQuery } from '../../schemas/questions.ts'
import { isOnlyForInvited } from '../../values/audience.ts'
import { View } from '../../view.ts'
import { randomText } from '../../values/random-text.ts'
import { doneWith } from './done.ts'
import { findOwnPoll } from './access.ts'
import { type Typed, typedAgain, typedFromQuestion } from './poll-form.ts'
import { showPollForm } from './poll-form-page.ts'
import { ownJson } from './poll-json.ts'
import { frameElement } from '../embed/frame-element.ts'
import { qrCode } from './qr.ts'

const schema = { params: QuestionParams, querystring: QuestionQuery }

export class Manage extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read an own poll, with the address to share',
      scope: 'manage',
      responses: { 200: QuestionWithLink }
    }
  }

  async get() {
    if (this.request.query.t !== undefined) return this.takeLink(this.request.query.t)
    const question = await findOwnPoll(this.request)
    const link = this.app.link(this.url('Question', { question: question.slug }))
    if (!this.wantsPage) return { ...(await ownJson(this.request, question)), link }
    return this.render('polls/manage', {
      question: this.app.results.inLanguage(question, this.request.locale),
      done: doneWith(this.request.query.done, question, true),
      link: isOnlyForInvited(question) ? null : link,
      waiting: question.suggestions === 'off' ? [] : await this.app.suggestionReview.waiting(question.id),
      nonce: randomText(),
      remedy: this.app.linkRemedy(),
      code: qrCode(link),
      frame: question.embed_origins === null ? null : frameElement(this.app, question).html,
      isOwner: true,
      isGuestPoll: question.user_id === null,
      canDuplicate: this.request.user !== null || this.app.settings.current.guest_polls,
      result: this.app.results.resultView(question, this.request.locale),
      correct: this.app.results.correctOf(question, true),
      room: null,
      seats: null,
      ownChoices: [],
      isFramed: false
    })
  }

  /**
   * Keeps the token of a manage link in a cookie, and leads to the address without it, which
   * histories and referrers may have. Changes nothing else. Throws ManageLinkInvalid.
   */
  private async takeLink(token: string) {
    const { request, reply, app } = this
    reply.header('referrer-policy', 'no-referrer')
    const manager = await app.guestPolls.find(token)
    const { id, slug } = await app.questions.getFacts(request.params.question, { ...request.viewer, manager })
    if (manager?.question !== id) throw new ManageLinkInvalid()
    reply.keepLinkToken('manage', slug, token)
    return this.redirect(this.url('Manage', { question: slug }))
  }
}

export class Edit extends View<typeof schema> {
  static override readonly schema = schema

  /** Once there was a vote, leads to what can still be corrected. */
  async get() {
    const question = await findOwnPoll(this.request)
    if (question.voted) {
      if (!this.wantsPage) throw new HasVotes()
      return this.redirect(this.url('Amend', { question: question.slug }))
    }
    return this.form(question, typedFromQuestion(question, this.app.timeZone))
  }

  /** The same form with room for more options. */
  async post() {
    return this.form(await this.find(), typedAgain(this.request.body, !this.request.showsAgain))
  }

  private form(question: Question, typed: Typed) {
    return showPollForm(this.request, this.reply, { question, typed })
  }

  private async find() {
    const question = await findOwnPoll(this.request)
    if (question.voted) throw new HasVotes()
    return question
  }
}
