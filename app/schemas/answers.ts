/** What every resource answers as JSON: a success, and the envelope of an error. */
import { z } from 'zod'

const Ok = z.object({ error_code: z.literal(0), error_msg: z.literal('ok') })

/** Returns the schema of a success with these further fields. */
export const okWith = <Shape extends z.ZodRawShape>(shape: Shape) => Ok.extend(shape)

/** A success that says nothing else. */
export const Done = Ok.meta({ id: 'Done', description: 'Success.' })

/** Every error has this form. docs/errors.md lists the codes. */
export const ErrorEnvelope = z
  .object({
    error_code: z.int().min(20001).describe('Number of the error. Never reused.'),
    error: z
      .string()
      .regex(/^[a-z]+(_[a-z]+)*$/)
      .describe('Symbolic name of the error, such as question_closed. Never reused.'),
    error_msg: z.string().describe('One sentence in the language of the reader.'),
    fields: z.record(z.string(), z.string()).optional().describe('A sentence for each field that is wrong.')
  })
  .meta({ id: 'Error', description: 'Any answer with a status of 400 or above.' })

/** A moment in UTC, as the tutorial writes it. */
export const Time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .meta({ id: 'Time', description: 'UTC, `YYYY-MM-DD HH:MM:SS`.', examples: ['2026-11-27 12:00:00'] })

export const Id = z.int().positive()

/** Where the next page of a list begins: the value of `after`. */
export const Next = z
  .string()
  .nullable()
  .describe('The value of the parameter `after` for the next page; null on the last.')
