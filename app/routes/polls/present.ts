/** `/questions/:question/present`: the poll on a big screen; POST shows and hides its result on all of them. */
import { Presented, QuestionWithLink } from '../../schemas/poll-answers.ts'
import { PresentBody, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { findOwn, readPoll } from './access.ts'
import { optionsOf } from './options.ts'
import { questionJson } from './poll-json.ts'
import { qrCode } from './qr.ts'
import { ok } from '../responses.ts'

const schema = { params: QuestionParams, body: PresentBody }

export class Present extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: {
      summary: 'Read a poll as the big screen shows it',
      scope: 'read',
      guests: true,
      responses: { 200: QuestionWithLink }
    },
    post: {
      summary: 'Show or hide the result on all screens',
      scope: 'manage',
      responses: { 200: Presented }
    }
  }

  /** What is hidden is not sent. */
  async get() {
    const { request } = this
    const { results } = this.app
    const { question, ballot, canSeeResults } = await readPoll(request, request.params.question)
    if (question.listed) this.reply.allowIndexing()
    const shows = canSeeResults && results.isOnScreen(question)
    const link = this.app.link(this.url('Question', { question: question.slug }))
    if (!this.wantsPage) return { ...questionJson(question, ballot, shows), link }
    return this.render('polls/present', {
      question,
      options: optionsOf(question),
      isOwner: question.user_id === request.viewer.userId,
      link,
      remedy: this.app.linkRemedy(),
      code: qrCode(link),
      result: shows ? results.resultView(question, request.locale) : null,
      correct: results.correctOf(question),
      room: null,
      ownChoices: [], // the room does not learn what the organiser voted
      hasForm: false,
      isScreen: true
    })
  }

  /** From the screen itself, or from the organiser's phone: every screen follows. */
  async post() {
    const { id, slug } = await findOwn(this.request, this.request.params.question)
    const { results } = this.request.body
    await this.app.management.present(id, this.request.viewer.userId!, results === 'show')
    if (this.wantsPage) return this.redirect(this.url('Present', { question: slug }))
    return ok({ results })
  }
}
