/** Which sites may show a poll in a frame, and the answers of oEmbed. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { doneField, flag, oneOf } from './fields.ts'
import { EMBED_PLACES, readOrigin } from '../values/embedding.ts'
import { listOf, splitList } from '../values/list.ts'
import { okWith } from './answers.ts'

/** With the longest name that a host can have, all of them fit into the column. */
const MAX_ORIGINS = 20
const MAX_ORIGIN_LENGTH = 290

const Origin = z
  .string(messageKey('origin'))
  .max(MAX_ORIGIN_LENGTH, messageKey('origin'))
  .transform((text, context) => {
    const origin = readOrigin(text)
    if (origin === undefined)
      context.issues.push({ code: 'custom', message: messageKey('origin'), input: text })
    return origin ?? ''
  })

/**
 * The origins as a list or as a text with one a line or separated by commas, without empty lines
 * and repeats.
 */
const origins = z
  .preprocess(
    sent =>
      listOf(sent)
        .flatMap(one => (typeof one === 'string' ? splitList(one) : [one]))
        .slice(0, MAX_ORIGINS + 1),
    z.array(Origin, messageKey('origin')).max(MAX_ORIGINS, messageKey('atMost', MAX_ORIGINS))
  )
  .transform(list => [...new Set(list)])
  .meta({
    accepts: {
      anyOf: [
        { type: 'array', items: { type: 'string', format: 'uri' }, maxItems: MAX_ORIGINS },
        { type: 'string', description: 'One origin a line.' }
      ]
    }
  })

export const EmbeddingBody = z
  .object({ where: oneOf(...EMBED_PLACES), origins })
  .refine(({ where, origins: list }) => where !== 'listed' || list.length > 0, {
    path: ['origins'],
    error: messageKey('origin')
  })

const embedding = {
  where: z.enum(EMBED_PLACES),
  origins: z.array(z.string()).describe('Sites whose pages may show the poll, where it is `listed`.'),
  html: z
    .string()
    .nullable()
    .describe('The element for a page of another site; null: no site may show the poll.')
}
export const Embedding = z.object(embedding).meta({ id: 'Embedding' })
export const ChangedEmbedding = okWith(embedding).meta({ id: 'ChangedEmbedding' })

/**
 * `returns`: the frame was given its cookie just before. `change`: the voter asks for the form
 * again. `withdraw`: the voter asks to withdraw the vote.
 */
export const FrameQuery = z.object({
  returns: flag.meta({ isInternal: true }),
  change: flag.meta({ isInternal: true }),
  withdraw: flag.meta({ isInternal: true }),
  done: doneField('withdrawn')
})

const pixels = z
  .string()
  .regex(/^[1-9][0-9]{0,4}$/)
  .transform(Number)
  .optional()
  .catch(undefined)

/** https://oembed.com, section 2.2. */
export const OEmbedQuery = z.object({
  url: z.string().max(2_000).catch('').describe('The address of a poll.'),
  format: z.string().catch('json'),
  maxwidth: pixels,
  maxheight: pixels
})

/** https://oembed.com, section 2.3. */
export const OEmbed = z
  .object({
    type: z.literal('rich'),
    version: z.literal('1.0'),
    title: z.string(),
    provider_name: z.string(),
    provider_url: z.string(),
    html: z.string(),
    width: z.int(),
    height: z.int()
  })
  .meta({ id: 'OEmbed' })
