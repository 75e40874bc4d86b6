/** A carried form: the URL that it was sent to, and its fields in order. */
import { z } from 'zod'
import { ownField } from './fields.ts'

/**
 * Fields of the largest form: a text and four fields of a date for each of 50 options, and up to 40
 * settings.
 */
export const MAX_CARRIED_FIELDS = 290

const Form = z.object({
  // A path of this site. The form is sent to this application only.
  to: z.string().regex(/^\/(?!\/)[\x21-\x7e]{0,500}$/),
  fields: z.array(z.tuple([z.string(), z.string()])).max(MAX_CARRIED_FIELDS),
  /** It is a vote. */
  isVote: z.boolean(),
  /** It may be sent without an account. */
  mayBeGuests: z.boolean()
})

export type CarriedForm = z.output<typeof Form>

/** Parses the hidden field. A parsed form stays as it is. */
function parse(field: unknown): unknown {
  if (typeof field !== 'string') return field
  try {
    return JSON.parse(field)
  } catch {
    return undefined
  }
}

/** The hidden field `carried`. Anything that our pages did not create becomes undefined. */
export const Carried = ownField(z.preprocess(parse, Form))

/** Reads the carried form of a body, which may be invalid. */
export const carriedIn = (body: unknown) =>
  Carried.parse((body as { carried?: unknown } | null | undefined)?.carried)
