/** `/questions`: listed polls, newest first; `q` searches, `mine=1` shows my own, `after` turns the page. */
import { SignInRequired } from '../errors.ts'
import type { QuestionRow, Viewer } from '../models/questions.ts'
import { ListQuery } from '../schemas/questions.ts'
import { View } from '../view.ts'

/** A question in a list, as JSON. The number of voters only for who may see it without a vote. */
export function summary(question: QuestionRow, viewer: Viewer) {
  const { id, slug, question_text, kind, close_time, create_time, voters, open } = question
  const isShown = question.results === 'always' || question.user_id === viewer.userId
  return {
    id,
    slug,
    question_text,
    kind,
    open: Boolean(open),
    close_time,
    voters: isShown ? voters : null,
    create_time
  }
}

const schema = { querystring: ListQuery }

export class Questions extends View<typeof schema> {
  static override readonly schema = schema

  async get() {
    const { q, mine, after } = this.request.query
    const { viewer } = this.request
    if (mine && viewer.userId === null) throw new SignInRequired()
    const { questions, next } = await this.app.questions.list({
      q,
      after,
      ...(mine && { owner: viewer.userId! })
    })
    const shown = questions.map(question => summary(question, viewer))
    if (!this.wantsPage) return { questions: shown, next: next === null ? null : String(next) }
    const more =
      next === null
        ? null
        : new URLSearchParams({ ...(q && { q }), ...(mine && { mine }), after: String(next) })
    return this.render('questions', { questions: shown, more: more?.toString(), q, mine })
  }
}
