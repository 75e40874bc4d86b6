/** The logo of the site: a file of a form, or a `data:` URL as JSON; empty to have none. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { imageType } from '../values/image-type.ts'
import { okWith } from './answers.ts'

/** Every first visit loads it. As base64 it also fits a column of 64 KB. */
const MAX_LOGO_BYTES = 32 * 1024
const DATA_URL = /^data:image\/[a-z+]{3,8};base64,([A-Za-z0-9+/]+={0,2})$/

/** The bytes of a picture, and their type, whatever the client calls it. */
function toLogo(bytes: Buffer, context: z.RefinementCtx) {
  const type = imageType(bytes)
  const isSmall = bytes.length <= MAX_LOGO_BYTES
  if (type && isSmall) return { type, data: bytes.toString('base64') }
  const message = isSmall ? messageKey('logoType') : messageKey('logoSize', MAX_LOGO_BYTES / 1024)
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

export const LogoBody = z.object({
  logo: z
    .string(messageKey('logoType'))
    .nullable()
    .transform((text, context) => {
      if (!text) return null
      return toLogo(Buffer.from(DATA_URL.exec(text)?.[1] ?? '', 'base64'), context)
    })
    .meta({ accepts: { type: ['string', 'null'], contentEncoding: 'base64' } })
})

export const LogoForm = z.object({
  logo: z.instanceof(Buffer, { error: messageKey('logoType') }).transform(toLogo)
})

export const ChangedLogo = okWith({
  logo: z.string().nullable().describe('The address of the picture.')
}).meta({ id: 'ChangedLogo' })
