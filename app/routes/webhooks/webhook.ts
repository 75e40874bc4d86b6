/** One webhook of an account or a poll: its state, enabling it again, deleting it. */
import { Done } from '../../schemas/answers.ts'
import { IdParams } from '../../schemas/ids.ts'
import { QuestionPartParams } from '../../schemas/questions.ts'
import { Webhook as WebhookJson, WebhookAct } from '../../schemas/webhooks.ts'
import { View } from '../../view.ts'
import type { ViewRequest } from '../../view-schema.ts'
import { ok } from '../responses.ts'
import { ofAccount, ofPoll, type Place } from './place.ts'

const schema = { params: IdParams, body: WebhookAct }

/** What both resources have in common. */
abstract class OneWebhook extends View<typeof schema> {
  static override readonly hasPage = false

  protected abstract place(): Promise<Place>

  async get() {
    const { subject } = await this.place()
    return this.app.webhooks.get(subject, this.request.params.id)
  }

  async post() {
    if (this.request.body.act === 'delete') return this.delete()
    const { subject, listUrl } = await this.place()
    await this.app.webhooks.enable(subject, this.request.params.id)
    return this.wantsPage ? this.redirectDone(listUrl, 'enabled') : ok()
  }

  async delete() {
    const { subject, listUrl } = await this.place()
    await this.app.webhooks.remove(subject, this.request.params.id)
    return this.wantsPage ? this.redirectDone(listUrl, 'deleted') : ok()
  }
}

export class AccountWebhook extends OneWebhook {
  static override readonly schema = schema
  static override readonly operations = {
    get: { summary: 'Read a webhook of the account', responses: { 200: WebhookJson } },
    post: { summary: 'Enable or delete a webhook of the account', responses: { 200: Done } },
    delete: { summary: 'Delete a webhook of the account', responses: { 200: Done } }
  }

  protected place() {
    return ofAccount(this.request)
  }
}

const pollSchema = { params: QuestionPartParams, body: WebhookAct }

export class PollWebhook extends OneWebhook {
  declare readonly request: ViewRequest<typeof pollSchema>
  static override readonly schema = pollSchema
  static override readonly operations = {
    get: { summary: 'Read a webhook of a poll', scope: 'manage', responses: { 200: WebhookJson } },
    post: { summary: 'Enable or delete a webhook of a poll', scope: 'manage', responses: { 200: Done } },
    delete: { summary: 'Delete a webhook of a poll', scope: 'manage', responses: { 200: Done } }
  }

  protected place() {
    return ofPoll(this.request, this.request.params.question)
  }
}
