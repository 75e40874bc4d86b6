/**
 * `/questions/:question/duplicate`: makes a poll like an own one, without its votes and its closing
 * time.
 */
import { IdempotencyHeaders, DuplicateBody } from '../../schemas/poll.ts'
import { NewQuestion } from '../../schemas/guest-polls.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { cappedRetention } from '../../values/retention.ts'
import { withNextPath } from '../../values/next-path.ts'
import { pathOf, View } from '../../view.ts'
import { findOwnPoll } from './access.ts'
import { makePoll } from './guest-poll.ts'

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
    // Of an account that is signed out: the copy would not be its own.
    if (!request.user && request.sentForm?.owner) {
      const here = pathOf(app, 'Manage', { question: found.slug })
      return this.redirect(withNextPath(this.url('Login'), here))
    }
    if (!request.user) await app.requireCreator(request)
    return makePoll(request, this.reply, {
      forGuest: nonce => app.guestPolls.duplicate(original, nonce),
      forUser: (user, nonce) => app.management.duplicate(user, original, nonce),
      leadsTo: 'Edit'
    })
  }
}
