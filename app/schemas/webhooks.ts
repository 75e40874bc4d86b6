/** Webhooks: what creates one, and what the resource answers. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { EVENTS, FORMATS } from '../values/webhooks.ts'
import { dropInvisibleAround } from '../values/address-text.ts'
import { Id, okWith, Time } from './answers.ts'
import { doneField, oneOf } from './fields.ts'
import { asList } from '../values/list.ts'

const MAX_URL_LENGTH = 1_000

const Event = oneOf(...EVENTS)
const Format = oneOf(...FORMATS)

/** An address as URL writes it: other notations of an IP address become the usual one. */
const Url = z
  .string(messageKey('webhookUrl'))
  .overwrite(text => dropInvisibleAround(text).trim())
  .refine(text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: messageKey('webhookUrl'),
    abort: true
  })
  .transform(text => new URL(text).href)
  .refine(text => text.length <= MAX_URL_LENGTH, messageKey('atMostCharacters', MAX_URL_LENGTH))
  .meta({ accepts: { type: 'string', format: 'uri', maxLength: MAX_URL_LENGTH } })

export const WebhookBody = z.object({
  url: Url,
  events: z
    .preprocess(
      value => [...new Set(asList(value))],
      z.array(Event, messageKey('events')).min(1, messageKey('events'))
    )
    .meta({ accepts: { type: 'array', items: { type: 'string', enum: Event.options }, minItems: 1 } }),
  format: Format.default('standard')
})

/** Enables a webhook that was disabled, or deletes it. */
export const WebhookAct = z.object({
  act: oneOf('enable', 'delete')
})

/** After an act, the list says so. */
export const WebhooksQuery = z.object({ done: doneField('deleted', 'enabled') })

const webhook = {
  id: Id,
  question_id: Id.nullable().describe('null: every poll of the account.'),
  url: z.string(),
  events: z.array(z.enum(EVENTS)),
  format: z.enum(FORMATS),
  disabled_time: Time.nullable().describe('When it was disabled, after the last attempt had failed.'),
  failure: z.string().nullable().describe('Why the last attempt failed; null after a success.'),
  create_time: Time
}

export const Webhook = z.object(webhook).meta({ id: 'Webhook' })
export const WebhookList = z.object({ webhooks: z.array(Webhook) }).meta({ id: 'WebhookList' })
export const NewWebhook = okWith({
  ...webhook,
  secret: z
    .string()
    .describe(
      'Key of the signatures (Standard Webhooks). It is shown only here, and again for the same request within a minute.'
    )
}).meta({ id: 'NewWebhook' })
