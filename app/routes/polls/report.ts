/** `/questions/:question/report`: tells the administrators that a poll should not be here. */
import { Done } from '../../schemas/answers.ts'
import { ReportBody, ReportQuery } from '../../schemas/reports.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { roomOf } from '../rooms/enter.ts'

const schema = { params: QuestionParams, querystring: ReportQuery, body: ReportBody }

export class Report extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Report a poll to the administrators', guests: true, responses: { 200: Done } }
  }

  get() {
    const { done, room } = this.request.query
    return this.form('', null, room, done !== undefined)
  }

  async post() {
    const { ip, body } = this.request
    const { id, slug } = await this.find()
    await this.app.limits.report(ip)
    await this.app.reports.create(id, body.reason)
    if (!this.wantsPage) return ok()
    const inRoom = body.room === undefined ? '' : `&room=${body.room}`
    return this.redirectDone(this.url('Report', { question: slug }), '1', inRoom)
  }

  invalid(formErrors: FormErrors | null) {
    return this.form(this.typed.reason, formErrors, this.typed.room)
  }

  private find() {
    return this.app.questions.get(this.request.params.question, this.request.viewer)
  }

  private async form(reason: unknown, formErrors: FormErrors | null, code: unknown, isDone = false) {
    const room = await roomOf(this.request, code)
    return this.render('polls/report', { question: await this.find(), reason, formErrors, room, isDone })
  }
}
