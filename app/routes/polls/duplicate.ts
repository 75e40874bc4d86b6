/** `/questions/:question/duplicate`: makes a poll like an own one, without its votes and its closing time. */
import { IdempotencyHeaders, DuplicateBody } from '../../schemas/poll.ts'
import { NewQuestion } from '../../schemas/guest-polls.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { cappedRetention } from '../../values/retention.ts'
import { View } from '../../view.ts'
import { findOwn, findOwnPoll } from './access.ts'
import { makeForGuest } from './guest-poll.ts'
import { nonceOf } from './nonce.ts'
import { questionJson } from './poll-json.ts'

const schema = { params: QuestionParams, body: DuplicateBody }

export class Duplicate extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: {
      summary: 'Create a poll like an own one, without votes',
      scope: 'manage',
      headers: IdempotencyHeaders,
      responses: { 201: NewQuestion }
    }
  }

  async post() {
    const { request, app } = this
    const found = await findOwnPoll(request)
    const retention_days = cappedRetention(found.retention_days, app.settings.current)
    const original = { ...found, retention_days }
    const { user } = request
    if (!user) {
      await app.requireCreator(request)
      return makeForGuest(request, this.reply, nonce => app.guestPolls.duplicate(original, nonce))
    }
    await app.limits.creation(user.id)
    const slug = await app.management.duplicate(user.id, original, nonceOf(request))
    if (this.wantsPage) return this.redirect(this.url('Edit', { question: slug }))
    this.reply.code(201).header('location', this.url('Question', { question: slug }))
    return questionJson(await findOwn(request, slug), null, true)
  }
}
