/** `/questions/:question/outcome`: what the organiser has decided; POST decides or withdraws. */
import { ChangedDecision, Decision } from '../../schemas/poll-answers.ts'
import { DecisionBody, DecisionForm } from '../../schemas/decision.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { decisionJson } from '../../values/decision.ts'
import { listOf } from '../../values/list.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { optionsOf } from '../../values/choices.ts'
import { findOwnPoll, ownerOf } from './access.ts'

const schema = { params: QuestionParams, body: DecisionBody, form: DecisionForm }

/** Has the name of its address, from which the API document makes the names of its operations. */
export class Outcome extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read what was decided', scope: 'manage', responses: { 200: Decision } },
    post: {
      summary: 'Decide for an option or a text, or withdraw it',
      scope: 'manage',
      responses: { 200: ChangedDecision }
    }
  }

  async get() {
    const question = await findOwnPoll(this.request)
    if (!this.wantsPage) return { outcome: decisionJson(question) }
    const { decided_id, decision_text } = question
    return this.page({ choice: String(decided_id ?? ''), text: decision_text ?? '' })
  }

  async post() {
    const question = await findOwnPoll(this.request)
    const { id, slug } = question
    const { choice = null, text, withdraw } = this.request.body
    const owner = ownerOf(this.request, question)
    if (withdraw) await this.app.decisions.withdraw(id, owner)
    else await this.app.decisions.decide(id, owner, { choice, text })
    if (this.wantsPage)
      return this.redirectDone(this.url('Manage', { question: slug }), withdraw ? 'undecided' : 'decided')
    return ok({ outcome: decisionJson(await findOwnPoll(this.request)) })
  }

  invalid(formErrors: FormErrors | null) {
    const { choice, text } = this.typed
    const isOne = typeof choice === 'string' || typeof choice === 'number' // a valid one is a number
    return this.page({ choice: isOne ? String(choice) : '', text: listOf(text)[0] }, formErrors)
  }

  private async page(typed: { choice: string; text: unknown }, formErrors: FormErrors | null = null) {
    const question = this.app.results.inLanguage(await findOwnPoll(this.request), this.request.locale)
    return this.render('polls/decision', { question, options: optionsOf(question), typed, formErrors })
  }
}
