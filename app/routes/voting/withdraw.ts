/**
 * `/questions/:question/vote/withdraw`: GET asks for confirmation, or leads to the poll where there
 * is no vote to withdraw; POST withdraws like DELETE.
 */
import { CountedBallot } from '../../schemas/poll-answers.ts'
import { QuestionParams, RoomQuery } from '../../schemas/questions.ts'
import { WithdrawBody } from '../../schemas/vote.ts'
import { type FormErrors, View } from '../../view.ts'
import { readPoll } from '../polls/access.ts'
import { showQuestion } from '../polls/question-page.ts'
import { roomOf } from '../rooms/enter.ts'
import { returnAddress } from './return.ts'
import { answerWithdrawal } from './withdrawal.ts'

const schema = { params: QuestionParams, querystring: RoomQuery, body: WithdrawBody }

export class Withdraw extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: {
      summary: 'Withdraw my vote, as a form does',
      scope: 'vote',
      guests: true,
      responses: { 200: CountedBallot }
    }
  }

  async get() {
    const { params, query } = this.request
    const { question, ballot } = await readPoll(this.request, params.question)
    const canWithdraw = ballot !== null && question.open && question.revote
    if (!canWithdraw) return this.redirect(await returnAddress(this.request, question.slug, query.room))
    return this.render('voting/withdraw', { question, room: await roomOf(this.request, query.room) })
  }

  post() {
    const { params, body } = this.request
    return answerWithdrawal(this.request, this.reply, { question: params.question, room: body.room })
  }

  /** Shows the vote that still counts, and the error. */
  async invalid(formErrors: FormErrors | null) {
    const { request, reply } = this
    const room = await roomOf(request, this.typed.room)
    const form = { formErrors, chosen: null }
    return showQuestion(request, reply, request.params.question, { form, room })
  }
}
