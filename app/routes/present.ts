/** `/questions/:question/present`: the poll for a big screen, with the address where one votes and the bars. */
import { PresentQuery, QuestionParams } from '../schemas/questions.ts'
import { View } from '../view.ts'
import { qrCode } from './qr.ts'
import { lookAt, questionJson } from './question.ts'

const schema = { params: QuestionParams, querystring: PresentQuery }

export class Present extends View<typeof schema> {
  static override readonly schema = schema

  /** A room sees what any guest sees, until who may see more asks for it. What is hidden is not sent. */
  async get() {
    const { request } = this
    const { results } = this.app
    const { question, ballot, sees } = await lookAt(request, request.params.question)
    const isForAll = results.seesResults(question, { userId: null, voter: null }, false)
    const { results: wanted = isForAll ? 'show' : 'hide' } = request.query
    const shows = sees && wanted === 'show'
    const link = this.app.link(this.url('Question', { question: question.slug }))
    if (!this.wantsPage) return { ...questionJson(question, ballot, shows), link }
    return this.render('present', {
      question,
      link,
      code: qrCode(link),
      maySee: sees,
      result: shows ? results.told(question, request.locale) : null
    })
  }
}
