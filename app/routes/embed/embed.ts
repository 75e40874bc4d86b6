/**
 * `/embed/:question`: a poll in a frame of another site's page. The only address that can be
 * framed, and only by the sites that the organiser has chosen. It works without script and knows no
 * account: app/plugins/frames.ts. `/embed/:question/withdraw`: what the frame sends to withdraw its
 * vote, once it has asked.
 */
import { NotInFrame } from '../../errors.ts'
import { FrameQuery } from '../../schemas/embedding.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { VoteBody, VoteForm } from '../../schemas/vote.ts'
import { type FormErrors, View } from '../../view.ts'
import { formAgain } from '../polls/shown-form.ts'
import { castBallot } from '../voting/cast.ts'
import { voterIn } from '../voting/voter.ts'
import { withdraw } from '../voting/withdrawal.ts'
import { obstacleOf, readFrame, showFrame } from './frame-page.ts'

const schema = { params: QuestionParams, querystring: FrameQuery, body: VoteBody, form: VoteForm }

export class Embed extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const { request, reply } = this
    const { params, query, headers } = request
    // Opened in a tab of its own, the poll has a page where every kind of voter can vote.
    if (headers['sec-fetch-dest'] === 'document') return this.redirect(this.url('Question', params))
    const reading = await readFrame(request, reply, params.question)
    const lacksCookie = obstacleOf(request, reading) === 'cookie'
    if (lacksCookie) reply.issueBrowserCookie()
    // Whether a browser stores the cookie shows in the next request alone.
    if (lacksCookie && !query.returns) return this.redirect(`${this.url('Embed', params)}?returns=1`)
    const form = query.change ? { formErrors: null, chosen: null } : null
    return showFrame(request, reply, reading, {
      form,
      done: query.done,
      asksToWithdraw: query.withdraw !== undefined
    })
  }

  async post() {
    const { request, reply } = this
    const reading = await readFrame(request, reply, request.params.question)
    if (obstacleOf(request, reading)) throw new NotInFrame()
    const voter = await voterIn(request, reply, reading.question, true)
    await castBallot(request, reading.question, voter, request.body)
    return this.redirect(`${this.url('Embed', request.params)}#counted`)
  }

  /** Shows the frame again with the choices and the error. */
  async invalid(formErrors: FormErrors | null) {
    const { request, reply } = this
    const reading = await readFrame(request, reply, request.params.question)
    return showFrame(request, reply, reading, { form: formAgain(this.typed, formErrors) })
  }
}

const withdrawSchema = { params: QuestionParams }

export class EmbedWithdraw extends View<typeof withdrawSchema> {
  static override readonly schema = withdrawSchema

  async post() {
    const { request, reply } = this
    const { question } = await readFrame(request, reply, request.params.question)
    await withdraw(request, question)
    return this.redirectDone(this.url('Embed', request.params), 'withdrawn')
  }

  /** Shows the vote that still counts, and the error. */
  async invalid(formErrors: FormErrors | null) {
    const { request, reply } = this
    const reading = await readFrame(request, reply, request.params.question)
    return showFrame(request, reply, reading, { form: { formErrors, chosen: null } })
  }
}
