/** `/questions/:question/timeline`: the votes over time, for those who see the result. */
import { ResultsHidden } from '../../errors.ts'
import { Timeline as TimelineSchema } from '../../schemas/history-answers.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { readPoll } from '../polls/access.ts'

const schema = { params: QuestionParams }

export class Timeline extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'Read the votes over time',
      scope: 'read',
      guests: true,
      responses: { 200: TimelineSchema }
    }
  }

  async get() {
    const { question, canSeeResults } = await readPoll(this.request, this.request.params.question)
    if (!canSeeResults) throw new ResultsHidden()
    return { question_id: question.id, ...(await this.app.timelines.get(question)) }
  }
}
