/** The request of a delivery: a signed body in the form that the receiver reads. */
import { createHmac } from 'node:crypto'
import { catalogues } from '../i18n/catalogues.ts'
import type { Catalogue } from '../i18n/locales/en.ts'
import type { Delivery } from '../models/webhooks/deliveries.ts'
import type { EventType } from '../values/webhooks.ts'

/** The payload of a delivery. */
interface Payload {
  type: EventType
  data: { question_text: string; link: string }
}

export interface Message {
  body: string
  headers: Record<string, string>
}

/**
 * Says an event in one sentence, in the language of the owner. A name in it cannot call
 * people: `@` is followed by a zero-width space. It is isolated: its direction may differ from that
 * of the sentence.
 */
function sentenceOf({ type, data }: Payload, { webhooks }: Catalogue): string {
  const { question_text, link } = data
  return webhooks.sentences[type](`\u2068${question_text.replaceAll('@', '@\u200b')}\u2069`, link)
}

const escapedForSlack = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function bodyOf({ format, payload }: Delivery, t: Catalogue): string {
  if (format === 'standard') return payload
  const sentence = sentenceOf(JSON.parse(payload) as Payload, t) // what `Changes` stored
  switch (format) {
    case 'slack':
      return JSON.stringify({ text: escapedForSlack(sentence) })
    case 'discord':
      return JSON.stringify({ content: sentence, allowed_mentions: { parse: [] } })
    case 'mattermost':
    case 'matrix':
      return JSON.stringify({ text: sentence })
    case 'ntfy':
      return sentence
  }
}

/**
 * Signs a body as Standard Webhooks says. The id is that of the delivery: it is the same in every
 * attempt. `fallback` is the language of an owner who has chosen none.
 */
export function messageOf(delivery: Delivery, fallback: Catalogue, now = Date.now()): Message {
  const body = bodyOf(delivery, catalogues.find(({ tag }) => tag === delivery.locale) ?? fallback)
  const id = `msg_${delivery.id}`
  const timestamp = String(Math.floor(now / 1000))
  const key = Buffer.from(delivery.secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const type = delivery.format === 'ntfy' ? 'text/plain; charset=utf-8' : 'application/json'
  return {
    body,
    headers: {
      'content-type': type,
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'vote-webhooks',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`
    }
  }
}
