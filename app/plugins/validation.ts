/** zod checks what comes in, compiled once for each route; what fails becomes an error of ours. */
import fp from 'fastify-plugin'
import { z } from 'zod'
import { BadRequest, InvalidInput, NotFound } from '../errors.ts'

/** The first mistake of each field. */
function mistakes(error: z.ZodError) {
  const fields: Record<string, string> = {}
  for (const { path, message } of error.issues) fields[String(path[0] ?? 'body')] ??= message
  return fields
}

function refuse(part: string | undefined, error: z.ZodError): Error {
  if (part === 'params') return new NotFound()
  return part === 'body' ? new InvalidInput(mistakes(error)) : new BadRequest()
}

export const validation = fp(
  async app => {
    app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => {
      const compiled = z.compile(schema)
      return data => {
        const result = compiled.safeParse(data)
        return result.success ? { value: result.data } : { error: refuse(httpPart, result.error) }
      }
    })
  },
  { name: 'validation', fastify: '5.x' }
)
