/** Validates requests with zod, compiled once per schema, and maps failures to AppErrors. */
import fp from 'fastify-plugin'
import { z } from 'zod'
import { memoize } from '../cache/memoize.ts'
import { BadRequest, InvalidInput, NotFound } from '../errors.ts'

/** Returns the first error of each field. */
function fieldErrors(error: z.ZodError) {
  const fields: Record<string, string> = {}
  for (const { path, message } of error.issues) fields[String(path[0] ?? 'body')] ??= message
  return fields
}

function refuse(part: string | undefined, error: z.ZodError): Error {
  if (part === 'params') return new NotFound()
  const fields = fieldErrors(error)
  return part === 'body' ? new InvalidInput(fields) : new BadRequest(fields)
}

/** More than the routes have. Many of them share a schema. */
const MAX_SCHEMAS = 1_000
// Schemas are constants, and so are their compiled forms: applications of one process share them.
const compile = memoize((schema: z.ZodType) => z.compile(schema), MAX_SCHEMAS)

export const inputValidation = fp(
  async app => {
    app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => {
      const validator = compile(schema)
      return data => {
        const result = validator.safeParse(data)
        return result.success ? { value: result.data } : { error: refuse(httpPart, result.error) }
      }
    })
  },
  { name: 'input-validation', fastify: '5.x' }
)
