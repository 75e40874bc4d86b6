/** `/questions/:question/choice`, and the tutorial's `/question/:question/choice`: the choices as a bare array. */
import { QuestionParams } from '../schemas/questions.ts'
import { View } from '../view.ts'
import { choiceJson, lookAt } from './question.ts'

const schema = { params: QuestionParams }

export class Choices extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly json = true

  async get() {
    const poll = await this.app.questions.find(this.request.params.question, this.request.viewer)
    const { question, sees } = await lookAt(this.request, poll)
    return question.choices.map(choiceJson(sees))
  }
}
