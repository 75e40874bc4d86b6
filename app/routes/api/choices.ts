/**
 * `/questions/:question/choice`, and the tutorial's `/question/:question/choice`: the choices as a
 * bare array.
 */
import { z } from 'zod'
import { Choice } from '../../schemas/poll-answers.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { readPoll } from '../polls/access.ts'
import { choiceJson } from '../polls/poll-json.ts'
import { sendJson } from '../responses.ts'

const schema = { params: QuestionParams }

export class Choices extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly hasPage = false
  static override readonly operations = {
    get: {
      summary: 'List the options of a poll',
      scope: 'read',
      guests: true,
      responses: { 200: z.array(Choice) }
    }
  }

  async get() {
    const reading = await readPoll(this.request, this.request.params.question)
    const { question, canSeeResults } = reading
    return sendJson(this.request, this.reply, reading, `choices ${canSeeResults}`, () =>
      question.choices.map(choiceJson(canSeeResults))
    )
  }
}
