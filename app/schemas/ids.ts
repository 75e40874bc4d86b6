/** Ids that clients send: as text in addresses and forms, as numbers in JSON. */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'

const PATTERN = '^[1-9][0-9]{0,18}$'

/** An id in JSON. `message` is the sentence for anything else. */
export const jsonId = (message: string) => z.int(message).positive(message)

/**
 * An id in a form. Other spellings of a number (`01`, `1e3`, ` 1`) and unsafe integers are
 * rejected. `message` is the sentence for anything else.
 */
export const formId = (message?: string) =>
  z
    .string(message)
    .regex(new RegExp(PATTERN), message)
    .transform(Number)
    .refine(Number.isSafeInteger, message)

/** An id in an address. */
export const TextId = formId()
export const IdParams = z.object({ id: TextId })

/** How the API document describes an id in JSON and in a form. */
export const sentJsonId = { type: 'integer' } as const
export const sentFormId = { type: 'string', pattern: PATTERN } as const
export type SentId = typeof sentJsonId | typeof sentFormId

/** The revision of a poll that a client has seen, in JSON and in a form. */
export const jsonRevision = jsonId(messageKey('wholeNumber')).optional()
export const formRevision = formId(messageKey('wholeNumber')).optional().meta({ accepts: sentFormId })

/** The id behind which a list continues; anything else begins it. */
export const After = TextId.optional().catch(undefined)
