/** A form that one page carries to the next: the address it was sent to, and its fields in their order. */
import { z } from 'zod'

const Form = z.object({
  // A path of this site. It is only ever sent to this application.
  to: z.string().regex(/^\/(?!\/)[\x21-\x7e]{0,500}$/),
  fields: z.array(z.tuple([z.string(), z.string()])).max(200),
  /** It is a vote. */
  isVote: z.boolean(),
  /** It may be sent without an account. */
  mayBeGuests: z.boolean()
})

export type CarriedForm = z.output<typeof Form>

/** Parses the hidden field; what was parsed already stays. */
function parse(field: unknown): unknown {
  if (typeof field !== 'string') return field
  try {
    return JSON.parse(field)
  } catch {
    return undefined
  }
}

/** The hidden field `carried`; undefined for anything that no page of ours has made. */
export const Carried = z.preprocess(parse, Form.optional()).catch(undefined)

/** Reads the form that a body carries, whether the body is valid or not. */
export const carriedIn = (body: unknown) =>
  Carried.parse((body as { carried?: unknown } | null | undefined)?.carried)
