/**
 * `/questions/:question/suggestions`: the options that voters suggest, for the organiser. A voter
 * suggests one with a vote.
 */
import type { Question } from '../../models/polls/question-row.ts'
import { QuestionParams, SavedQuery } from '../../schemas/questions.ts'
import {
  ChangedSuggestions,
  SuggestionList,
  SuggestionsBody,
  SuggestionsForm
} from '../../schemas/suggestions.ts'
import { type FormErrors, View } from '../../view.ts'
import { ok } from '../responses.ts'
import { findOwnPoll, ownerOf } from './access.ts'

const schema = {
  params: QuestionParams,
  querystring: SavedQuery,
  body: SuggestionsBody,
  form: SuggestionsForm
}

export class Suggested extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List suggested options', scope: 'manage', responses: { 200: SuggestionList } },
    post: {
      summary: 'Accept or refuse a suggested option, or set whether voters suggest options',
      scope: 'manage',
      responses: { 200: ChangedSuggestions }
    }
  }

  async get() {
    return this.wantsPage ? this.page(this.request.query.done) : this.list(await findOwnPoll(this.request))
  }

  async post() {
    const question = await findOwnPoll(this.request)
    await this.act(question)
    if (this.wantsPage) return this.redirectDone(this.url('Suggested', { question: question.slug }), 'saved')
    return ok(await this.list(await findOwnPoll(this.request)))
  }

  invalid(formErrors: FormErrors | null) {
    // As it was sent, or as the schema has read it.
    const { suggestions, mode = suggestions } = this.typed
    return this.page(undefined, formErrors, mode)
  }

  private act(question: Question) {
    const { suggestionReview } = this.app
    const { body } = this.request
    const { id } = question
    const owner = ownerOf(this.request, question)
    switch (body.act) {
      case 'mode':
        return suggestionReview.setMode(id, owner, body.mode)
      case 'accept':
        return suggestionReview.accept(id, owner, body.suggestion)
      case 'refuse':
        return suggestionReview.refuse(id, owner, body.suggestion)
    }
  }

  private async list({ id, suggestions }: Question) {
    return { suggestions, waiting: await this.app.suggestionReview.waiting(id) }
  }

  private async page(done?: string, formErrors: FormErrors | null = null, mode?: unknown) {
    const question = await findOwnPoll(this.request)
    const { waiting, suggestions } = await this.list(question)
    const typed = { suggestions: mode ?? suggestions }
    return this.render('polls/suggestions', { question, waiting, typed, done, formErrors })
  }
}
