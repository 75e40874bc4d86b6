/**
 * `/account/digest`: POST switches the daily mail. `/unsubscribe/:token`: ends mail by its link,
 * without sign-in.
 */
import { DigestAnswer } from '../../schemas/account-answers.ts'
import { DigestBody, LinkParams, UnsubscribeBody, UnsubscribeQuery } from '../../schemas/accounts.ts'
import { Done } from '../../schemas/answers.ts'
import { UnsubscribeUnknown } from '../../errors.ts'
import { View } from '../../view.ts'
import { ok } from '../responses.ts'

const schema = { body: DigestBody }

export class Digest extends View<typeof schema> {
  static override readonly schema = schema
  static override readonly operations = {
    post: { summary: 'Switch the daily mail about the own polls', responses: { 200: DigestAnswer } }
  }

  async post() {
    const { digest } = this.request.body
    const { member, locale } = this.request
    await this.app.digests.set(member.id, digest, this.wantsPage ? locale.tag : null)
    return this.wantsPage ? this.redirectDone(this.url('Account'), 'saved') : ok({ digest })
  }
}

const unsubscribeSchema = {
  params: LinkParams,
  querystring: UnsubscribeQuery,
  body: UnsubscribeBody,
  multipart: UnsubscribeBody
}

export class Unsubscribe extends View<typeof unsubscribeSchema> {
  static override readonly schema = unsubscribeSchema
  static override readonly operations = {
    post: {
      summary: 'End the daily mail, or mail about a vote, by the link of a mail',
      guests: true,
      responses: { 200: Done }
    }
  }

  /** Changes nothing: programs that check mails open their links. */
  get() {
    const isOfVote = 'invitation' in this.find()
    this.reply.header('referrer-policy', 'strict-origin')
    return this.render('accounts/unsubscribe', { isOfVote, isDone: this.request.query.done !== undefined })
  }

  /** RFC 8058: mail programs send this with one click, without cookies. */
  async post() {
    const subscription = this.find()
    if ('user' in subscription) await this.app.digests.set(subscription.user, false)
    else await this.app.listMails.unsubscribe(subscription.invitation)
    if (!this.wantsPage) return ok()
    return this.redirectDone(this.url('Unsubscribe', { token: this.request.params.token }), '1')
  }

  private find() {
    const subscription = this.app.unsubscribe.read(this.request.params.token)
    if (subscription === null) throw new UnsubscribeUnknown()
    return subscription
  }
}
