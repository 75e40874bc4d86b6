/** `/questions/:question/vote`: GET shows my ballot, PUT and POST cast it, DELETE withdraws it. */
import { QuestionParams, VoteBody, VoteForm } from '../schemas/questions.ts'
import { type Mistake, View } from '../view.ts'
import { showQuestion } from './question.ts'

const schema = { params: QuestionParams, body: VoteBody, form: VoteForm }

export class Vote extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    if (this.wantsPage)
      return showQuestion(this.request, this.reply, this.request.params.question, { change: true })
    const poll = await this.find()
    const ballot = await this.app.ballots.of({ question: poll.id, voter: this.request.viewer.voter! })
    return ballot ?? { question_id: poll.id, choice: [], cast_time: null }
  }

  async put() {
    const { choice: choices, revision } = this.request.body
    const poll = await this.find()
    this.app.limits.vote(poll.id, this.request.ip)
    const ballot = await this.app.ballots.cast({
      question: poll.id,
      voter: this.request.viewer.voter!,
      choices,
      revision
    })
    if (this.wantsPage) return this.redirect(`${this.url('Question', { question: poll.slug })}#counted`)
    return { error_code: 0, error_msg: 'ok', ...ballot }
  }

  post() {
    return this.put()
  }

  async delete() {
    const poll = await this.find()
    const ballot = await this.app.ballots.withdraw({ question: poll.id, voter: this.request.viewer.voter! })
    return { error_code: 0, error_msg: 'ok', ...ballot }
  }

  /** The same form again, with what was chosen and why it was not counted. */
  async invalid(mistake: Mistake) {
    const { choice } = this.request.body
    const chosen = [choice].flat().map(Number)
    return showQuestion(this.request, this.reply, this.request.params.question, { mistake, chosen })
  }

  private find() {
    return this.app.questions.locate(this.request.params.question, this.request.viewer)
  }
}
