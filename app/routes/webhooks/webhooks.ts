/**
 * `/account/webhooks` and `/questions/:question/webhooks`: the webhooks of all own polls, and of
 * one.
 */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import type { Webhook } from '../../models/webhooks/webhooks.ts'
import { QuestionParams } from '../../schemas/questions.ts'
import { listOf } from '../../values/list.ts'
import { CHATS } from '../../values/webhooks.ts'
import { NewWebhook, WebhookBody, WebhookList, WebhooksQuery } from '../../schemas/webhooks.ts'
import { type FormErrors, View } from '../../view.ts'
import type { ViewRequest } from '../../view-schema.ts'
import type { ListPage } from '../list-page.ts'
import { ok } from '../responses.ts'
import { ofAccount, ofPoll, type Place } from './place.ts'

const schema = { querystring: WebhooksQuery, body: WebhookBody }

/** What both resources have in common. */
abstract class WebhookCollection extends View<typeof schema> {
  /** Where these webhooks belong. Throws NotOwner and errors of a missing poll. */
  protected abstract place(): Promise<Place>

  async get() {
    const place = await this.place()
    if (!this.wantsPage) return { webhooks: await this.app.webhooks.list(place.subject) }
    return this.page(place, this.request.query)
  }

  /** The answer is the only one that holds the secret. */
  async post() {
    const place = await this.place()
    if (!this.app.webhookGuard.acceptsUrl(this.request.body.url))
      throw new InvalidInput({ url: messageKey('webhookInside') })
    const made = await this.app.webhooks.create(place.subject, this.request.body)
    this.reply.code(201)
    return this.wantsPage ? this.page(place, { made }) : ok(made)
  }

  async invalid(formErrors: FormErrors | null) {
    const { url, events, format } = this.typed
    return this.page(await this.place(), { typed: { url, events: listOf(events), format }, formErrors })
  }

  private async page(
    place: Place,
    {
      typed = { events: ['poll.closed'] },
      formErrors = null,
      made = null,
      done = null
    }: ListPage<Webhook & { secret: string }>
  ) {
    const webhooks = await this.app.webhooks.list(place.subject)
    return this.render('webhooks/webhooks', {
      ...place,
      chats: CHATS,
      webhooks,
      typed,
      formErrors,
      made,
      done
    })
  }
}

export class AccountWebhooks extends WebhookCollection {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'List the webhooks of all own polls', responses: { 200: WebhookList } },
    post: { summary: 'Create a webhook for all own polls', responses: { 201: NewWebhook } }
  }

  protected place() {
    return ofAccount(this.request)
  }
}

const pollSchema = { params: QuestionParams, querystring: WebhooksQuery, body: WebhookBody }

export class PollWebhooks extends WebhookCollection {
  declare readonly request: ViewRequest<typeof pollSchema>
  static override readonly schema = pollSchema
  static override readonly operations = {
    get: { summary: 'List the webhooks of a poll', scope: 'manage', responses: { 200: WebhookList } },
    post: { summary: 'Create a webhook for a poll', scope: 'manage', responses: { 201: NewWebhook } }
  }

  protected place() {
    return ofPoll(this.request, this.request.params.question)
  }
}
