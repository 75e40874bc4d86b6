/** `/questions/:question/results`: the result as a page, as JSON and as CSV. */
import { ResultsHidden } from '../../errors.ts'
import type { Question } from '../../models/polls/question-row.ts'
import type { Results as Model } from '../../models/polls/results.ts'
import { FormatQuery, QuestionParams } from '../../schemas/questions.ts'
import { View } from '../../view.ts'
import { attach, byteOrderMark, csvLine, csvType } from './csv.ts'
import { once, sendMade } from '../../cache/response-memo.ts'
import { lookAt } from '../polls/question.ts'

const columns = ['question_text', 'choice_text', 'votes', 'percent', 'voters']

function toCsv({ question_text }: Question, { rows, voters }: ReturnType<Model['tally']>) {
  const lines = rows.map(({ choice_text, votes, percent }) =>
    csvLine([question_text, choice_text, votes, percent, voters])
  )
  return byteOrderMark + csvLine(columns) + lines.join('')
}

const schema = { params: QuestionParams, querystring: FormatQuery }

export class Results extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const { request, reply } = this
    const { results } = this.app
    const look = await lookAt(request, request.params.question)
    const { question, sees } = look
    if (question.listed) reply.allowIndexing()
    const wanted = request.query.format ?? request.accepts().type(['html', 'json', 'csv'])
    if (wanted === 'json') {
      const make = () => JSON.stringify(results.snapshot(question, sees))
      const made = await once(question, `results ${sees}`, make)
      return sendMade(request, reply, question, made, 'application/json; charset=utf-8')
    }
    if (wanted !== 'csv') {
      const result = sees ? results.told(question, request.locale) : null
      return this.render('results/results', { ...look, result })
    }
    if (!sees) throw new ResultsHidden()
    attach(reply, 'results', question.question_text, 'csv')
    const made = await once(question, 'results csv', () => toCsv(question, results.tally(question)))
    return sendMade(request, reply, question, made, csvType)
  }
}
