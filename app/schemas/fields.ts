/**
 * Parts that many schemas share: confirmations and flags in addresses, and bodies that may be
 * missing.
 */
import { z } from 'zod'
import { messageKey } from '../i18n/messages.ts'
import { plainDigits } from '../values/digits.ts'

/**
 * A field that only our own pages send: anything else is ignored, and the API document leaves it
 * out.
 */
export const ownField = <T extends z.ZodType>(schema: T) =>
  schema.optional().catch(undefined).meta({ isInternal: true })

/** What was just done, in the address of the page that confirms it. Anything else is ignored. */
export const doneField = <const Acts extends readonly string[]>(...acts: Acts) => ownField(z.enum(acts))

/** The page to return to, from a form on the big screen. */
export const backField = ownField(z.literal('present'))

/** One of these values; the message for anything else lists them. */
export const oneOf = <const Values extends readonly string[]>(...values: Values) =>
  z.enum(values, messageKey('oneOf', ...values))

/** A parameter that is `1` or missing. Anything else is ignored. */
export const flag = z.literal('1').optional().catch(undefined)

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max: number) =>
  z.int(messageKey('wholeNumber')).min(min, messageKey('atLeast', min)).max(max, messageKey('atMost', max))

/** Reads a number of a form in digits of any script. `pattern` bounds its length. */
export const digits = (pattern: RegExp) =>
  z
    .string(messageKey('wholeNumber'))
    .overwrite(plainDigits)
    .trim()
    .regex(pattern, messageKey('wholeNumber'))
    .transform(Number)

/** Reads a number of a form as `rule` limits it; an empty field has none. */
export const optionalDigits = (pattern: RegExp, rule: z.ZodType<number, number>) =>
  z.preprocess(
    value => (typeof value === 'string' ? plainDigits(value).trim() || undefined : (value ?? undefined)),
    digits(pattern).pipe(rule).optional()
  )

/** Reads a request without a body as one without fields. */
export const optionalBody = <T extends z.ZodType>(schema: T) => z.preprocess(body => body ?? {}, schema)

/** A body that is an object: its fields, not yet checked. */
export type Body = Record<string, unknown>

/** Tells whether a body has fields. */
export const isBody = (body: unknown): body is Body => typeof body === 'object' && body !== null

/**
 * Tells whether a field of a poll was sent: null, an empty text and an empty list are as left out.
 */
export const isFilled = (value: unknown) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
