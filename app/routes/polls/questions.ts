/**
 * `/questions`: listed polls, newest first; `q` searches, `mine=1` shows my own, `after` turns the
 * page. POST makes one.
 */
import { NewQuestion } from '../../schemas/guest-polls.ts'
import { QuestionList } from '../../schemas/poll-answers.ts'
import { NonceUsed, SignInRequired } from '../../errors.ts'
import { randomText } from '../../values/random-text.ts'
import { ListQuery } from '../../schemas/questions.ts'
import { IdempotencyHeaders, PollBody, PollForm } from '../../schemas/poll.ts'
import { type FormErrors, View } from '../../view.ts'
import { nextJson, nextQuery } from '../paging.ts'
import { sendSharedPage } from '../responses.ts'
import { makePoll } from './guest-poll.ts'
import { typedAgain } from './poll-form.ts'
import { showPollForm } from './poll-form-page.ts'
import { listItem, summaryJson } from './poll-json.ts'
import { newDraft } from './save-poll.ts'

const schema = { querystring: ListQuery, body: PollBody, form: PollForm }

export class Questions extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List or search polls', scope: 'read', guests: true, responses: { 200: QuestionList } },
    post: {
      summary: 'Create a poll',
      scope: 'manage',
      guests: true,
      headers: IdempotencyHeaders,
      responses: { 201: NewQuestion }
    }
  }

  async get() {
    const { q, mine, after, done } = this.request.query
    const { viewer } = this.request
    if (mine && viewer.userId === null) throw new SignInRequired()
    const isCurrent = this.app.questions.beginList()
    const { questions, next } = await this.app.questions.list({
      q,
      after,
      ...(mine && { scope: { owner: viewer.userId! } })
    })
    if (!mine) this.reply.allowIndexing()
    const shown = questions.map(question => listItem(this.request, question))
    if (!this.wantsPage) return { questions: shown.map(summaryJson), next: nextJson(next) }
    const page = {
      questions: shown,
      more: nextQuery(next, { q, mine }),
      q,
      mine: mine !== undefined,
      done,
      after
    }
    return sendSharedPage(this.request, this.reply, 'polls/questions', page, isCurrent)
  }

  async post() {
    const { request, app } = this
    const { draft, isUnmarked } = await newDraft(request, request.body)
    return makePoll(request, this.reply, {
      forGuest: nonce => app.guestPolls.create(draft, nonce),
      forUser: (user, nonce) => app.management.create(user, draft, nonce),
      leadsTo: 'Manage',
      ...(isUnmarked && { done: 'unmarked' })
    })
  }

  invalid(formErrors: FormErrors | null) {
    const { request, reply } = this
    const typed = typedAgain(request.body)
    if (!(formErrors?.cause instanceof NonceUsed)) return showPollForm(request, reply, { typed, formErrors })
    // The form has now said that it made another poll: sent again, it makes this one too.
    typed.nonce = randomText()
    const { slug } = formErrors.cause
    const asked = { ...formErrors, message: request.locale.form.again }
    return showPollForm(request, reply, { typed, formErrors: asked, slug })
  }
}
