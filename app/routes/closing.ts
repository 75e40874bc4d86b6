/** `/questions/:question/close`, `/reopen` and `/delete`: the page that asks, and the act. */
import { ReopenBody, ReopenForm } from '../schemas/poll.ts'
import { QuestionParams } from '../schemas/questions.ts'
import { toWall } from '../schemas/time.ts'
import { type Mistake, View } from '../view.ts'
import { closeTimeOf, findOwn } from './draft.ts'
import { questionJson } from './question.ts'

const ok = { error_code: 0, error_msg: 'ok' }
const schema = { params: QuestionParams }

/** What the three have in common: the page, and the answer after the act. */
abstract class Act extends View<typeof schema> {
  protected async own() {
    return findOwn(this.request, this.request.params.question)
  }

  protected async ask(template: string) {
    return this.render(template, { question: await this.own() })
  }

  protected async done(slug: string) {
    if (this.wantsPage) return this.redirect(this.url('Manage', { question: slug }))
    const question = await findOwn(this.request, slug)
    return { ...ok, ...questionJson(question, null, true) }
  }
}

export class Close extends Act {
  static override readonly schema = schema

  get() {
    return this.ask('close')
  }

  async post() {
    const { id, slug } = await this.own()
    await this.app.organising.close(id, this.request.viewer.userId!)
    return this.done(slug)
  }
}

const reopenSchema = { params: QuestionParams, body: ReopenBody, form: ReopenForm }

export class Reopen extends View<typeof reopenSchema> {
  static override readonly schema = reopenSchema

  async get() {
    const question = await this.own()
    const { open, close_time: time, closed_time: closed } = question
    // A time that is over would only be refused again.
    const isAhead = !open && closed && time && time > question.read_time
    return this.form({ question, close_time: isAhead ? toWall(time, this.app.timeZone) : '' })
  }

  async post() {
    const { id, slug } = await this.own()
    const closeTime = closeTimeOf(this.request.body.close_time, this.app.timeZone)
    await this.app.organising.reopen(id, this.request.viewer.userId!, closeTime)
    if (this.wantsPage) return this.redirect(this.url('Manage', { question: slug }))
    return { ...ok, ...questionJson(await findOwn(this.request, slug), null, true) }
  }

  async invalid(mistake: Mistake) {
    const time = this.request.body.close_time as { wall?: string } | undefined
    return this.form({ question: await this.own(), close_time: time?.wall ?? '', mistake })
  }

  private own() {
    return findOwn(this.request, this.request.params.question)
  }

  private form(data: object) {
    return this.render('reopen', data)
  }
}

export class Delete extends Act {
  static override readonly schema = schema

  get() {
    return this.ask('delete')
  }

  async post() {
    const { id } = await this.own()
    await this.app.organising.remove(id, this.request.viewer.userId!)
    return this.wantsPage ? this.redirect(this.url('Home')) : { ...ok, question_id: id }
  }
}
