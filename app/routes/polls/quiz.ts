/** `/questions/:question/quiz`: which options are right. Voters see it when the poll is closed. */
import { Quiz as QuizJson, MarkedQuiz } from '../../schemas/poll-answers.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { QuestionParams, QuizBody, QuizForm } from '../../schemas/questions.ts'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { ballotForm } from '../../values/kinds.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { listOf } from '../../values/list.ts'
import { findOwnPoll, ownerOf } from './access.ts'

/**
 * Lists the options of a quiz, and those retired that are right: a form without them would unmark
 * them.
 */
const answersOf = (question: Question, correct: readonly number[]) =>
  question.choices.filter(({ id, retired }) => !retired || correct.includes(id))

const schema = { params: QuestionParams, body: QuizBody, form: QuizForm }

export class Quiz extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read which options are right', scope: 'manage', responses: { 200: QuizJson } },
    post: { summary: 'Mark the right options', scope: 'manage', responses: { 200: MarkedQuiz } }
  }

  async get() {
    const { correct } = await this.find()
    return this.wantsPage ? this.page(correct) : { correct }
  }

  async post() {
    const { question } = await this.find()
    const { correct } = this.request.body
    if (correct.length > 0 && ballotForm(question.kind) !== 'choose')
      throw new InvalidInput({ correct: messageKey('noQuiz') })
    await this.app.management.setCorrect(question.id, ownerOf(this.request, question), correct)
    if (this.wantsPage) return this.redirectDone(this.url('Manage', { question: question.slug }), 'marked')
    return ok({ correct })
  }

  invalid(formErrors: FormErrors | null) {
    return this.page(listOf(this.typed.correct).map(Number), formErrors)
  }

  private async find() {
    const question = await findOwnPoll(this.request)
    return { question, correct: question.choices.filter(choice => choice.correct).map(({ id }) => id) }
  }

  private async page(correct: readonly number[], formErrors: FormErrors | null = null) {
    const found = await this.find()
    const question = this.app.results.inLanguage(found.question, this.request.locale)
    return this.render('polls/quiz', { question, options: answersOf(question, correct), correct, formErrors })
  }
}
