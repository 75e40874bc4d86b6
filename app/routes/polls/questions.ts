/** `/questions`: listed polls, newest first; `q` searches, `mine=1` shows my own, `after` turns the page. POST makes one. */
import type { FastifyRequest } from 'fastify'
import { InvalidInput, NonceUsed, SignInRequired } from '../../errors.ts'
import type { QuestionRow } from '../../models/polls/question-row.ts'
import { ListQuery } from '../../schemas/questions.ts'
import { Nonce, PollBody, PollForm } from '../../schemas/poll.ts'
import { type Mistake, View } from '../../view.ts'
import { draftOf, findOwn, newNonce, typedAgain } from './poll-form.ts'
import { questionJson } from './question.ts'

/** A question for a list: the number of voters only for who may see it without a vote. */
export function listed({ server, viewer }: FastifyRequest, question: QuestionRow) {
  const sees = server.results.seesResults(question, viewer, false)
  return { ...question, voters: sees ? question.voters : null }
}

/** A question of a list, as JSON. */
export const summary = ({ id, slug, question_text, kind, open, ...rest }: ReturnType<typeof listed>) => ({
  id,
  slug,
  question_text,
  kind,
  open: Boolean(open),
  close_time: rest.close_time,
  voters: rest.voters,
  create_time: rest.create_time
})

const schema = { querystring: ListQuery, body: PollBody, form: PollForm }

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
    if (!mine) this.reply.allowIndexing()
    const shown = questions.map(question => listed(this.request, question))
    if (!this.wantsPage) return { questions: shown.map(summary), next: next === null ? null : String(next) }
    const more =
      next === null
        ? null
        : new URLSearchParams({ ...(q && { q }), ...(mine && { mine }), after: String(next) })
    return this.render('polls/questions', { questions: shown, more: more?.toString(), q, mine, after })
  }

  async post() {
    const { request, app } = this
    const draft = draftOf(request.body, app.timeZone)
    await app.limits.creation(request.viewer.userId!)
    try {
      const slug = await app.management.create(request.viewer.userId!, draft, this.nonce())
      if (this.wantsPage) return this.redirect(this.url('Manage', { question: slug }))
      this.reply.code(201).header('location', this.url('Question', { question: slug }))
      return questionJson(await findOwn(request, slug), null, true)
    } catch (error) {
      if (error instanceof NonceUsed)
        this.reply.header('location', this.url('Manage', { question: error.slug }))
      throw error
    }
  }

  invalid(mistake: Mistake) {
    const slug = mistake.cause instanceof NonceUsed ? mistake.cause.slug : undefined
    return this.render('polls/poll-form', { typed: typedAgain(this.request.body), mistake, slug })
  }

  /** From the form or from the header; who sends neither gets a poll for each request. Throws InvalidInput. */
  private nonce(): string {
    const key = this.request.body.nonce ?? this.request.headers['idempotency-key']
    if (key === undefined) return newNonce()
    const { data, error } = Nonce.safeParse(key)
    if (error) throw new InvalidInput({ 'idempotency-key': error.issues[0]!.message })
    return data
  }
}
