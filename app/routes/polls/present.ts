/**
 * `/questions/:question/present`: the poll on a big screen; POST shows and hides its result and the
 * number of votes on all of them, and sets a timer.
 */
import { Presented, QuestionWithLink } from '../../schemas/poll-answers.ts'
import { PresentBody, PresentForm, QuestionParams } from '../../schemas/questions.ts'
import { isOnlyForInvited } from '../../values/audience.ts'
import { pathOf, View } from '../../view.ts'
import { findOwnPoll, ownerOf, readPoll } from './access.ts'
import { questionJson } from './poll-json.ts'
import { qrCode } from './qr.ts'
import { pictureOf } from './screen.ts'
import { ok } from '../responses.ts'

const schema = { params: QuestionParams, body: PresentBody, form: PresentForm }

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
      summary: 'Show or hide the result or the number of votes on all screens, or set a timer',
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
    const isOwner = request.owns(question)
    return this.render('polls/present', {
      ...pictureOf(
        request,
        question,
        shows,
        shows || (isOwner && question.screen_count) ? question.voters : null
      ),
      room: null,
      previous: null,
      next: null,
      isOwner,
      here: pathOf(this.app, 'Present', { question: question.slug }),
      link: isOnlyForInvited(question) ? null : link,
      host: null,
      code: qrCode(link),
      remedy: this.app.linkRemedy(),
      events: `${this.url('Events', { question: question.slug })}?screen=1`
    })
  }

  /** From the screen itself, or from the organiser's phone: every screen follows. */
  async post() {
    const question = await findOwnPoll(this.request)
    const { id, slug } = question
    const { results, count, timer, room } = this.request.body
    const { management } = this.app
    const owner = ownerOf(this.request, question)
    // First: it can be refused, and then nothing is shown or hidden.
    if (timer !== undefined) await management.setTimer(id, owner, timer)
    if (results !== undefined) await management.present(id, owner, results === 'show')
    if (count !== undefined) await management.showCount(id, owner, count === 'show')
    if (this.wantsPage)
      return this.redirect(
        room ? `${this.url('Room', { room })}#remote` : this.url('Present', { question: slug })
      )
    return ok({ results, count, timer })
  }
}
