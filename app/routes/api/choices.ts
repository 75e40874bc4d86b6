/** `/questions/:question/choice`, and the tutorial's `/question/:question/choice`: the choices as a bare array. */
import { QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { once, sendMade } from '../../cache/response-memo.ts'
import { choiceJson, lookAt } from '../polls/question.ts'

const schema = { params: QuestionParams }

export class Choices extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly json = true

  async get() {
    const { question, sees } = await lookAt(this.request, this.request.params.question)
    const make = () => JSON.stringify(question.choices.map(choiceJson(sees)))
    const made = await once(question, `choices ${sees}`, make)
    return sendMade(this.request, this.reply, question, made, 'application/json; charset=utf-8')
  }
}
