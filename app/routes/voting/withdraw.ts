/** `/questions/:question/vote/withdraw`: GET asks for confirmation, POST withdraws like DELETE. */
import { CountedBallot } from '../../schemas/poll-answers.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { type Mistake, View } from '../../view.ts'
import { showQuestion } from '../polls/question-page.ts'
import { withdraw } from './voter.ts'
import { ok } from '../responses.ts'

const schema = { params: QuestionParams }

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
    const { question } = this.request.params
    return this.render('voting/withdraw', {
      question: await this.app.questions.get(question, this.request.viewer)
    })
  }

  async post() {
    const poll = await this.app.questions.getFacts(this.request.params.question, this.request.viewer)
    const ballot = await withdraw(this.request, poll)
    if (ballot.browser_vote_removed && this.wantsPage) this.reply.setMergedNotice(poll.id)
    if (this.wantsPage)
      return this.redirect(`${this.url('Question', { question: poll.slug })}?done=withdrawn#done`)
    return ok(ballot)
  }

  /** Shows the vote that still counts, and the error. */
  async invalid(mistake: Mistake | null) {
    return showQuestion(this.request, this.reply, this.request.params.question, { mistake, chosen: null })
  }
}
