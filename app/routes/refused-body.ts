/**
 * Completes what is wrong with a body that its schema has refused, so that all mistakes are told at
 * once.
 */
import type { FastifyRequest } from 'fastify'
import { type Fields, isClientError } from '../app-error.ts'
import { InvalidInput } from '../errors.ts'

/**
 * Makes a preHandler hook that replaces the mistakes of a refused body. `complete` returns all of
 * them: those that it is given, and those that only the stored data shows.
 */
export const completesMistakes =
  (complete: (request: FastifyRequest, known: Fields) => Promise<Fields>) =>
  async (request: FastifyRequest) => {
    const { validationError } = request
    if (!(validationError instanceof InvalidInput) || validationError.validationContext !== 'body') return
    const { validation, validationContext, fields } = validationError
    const completed = new InvalidInput(await complete(request, fields))
    request.validationError = Object.assign(completed, { validation, validationContext })
  }

/**
 * Returns the mistakes with which `work` is refused because of those that are known: without one it
 * does not run, as it would be carried out. Other errors of the client leave those that are known:
 * the poll cannot be read, or was changed.
 */
export async function mistakesOf(work: () => Promise<unknown>, known: Fields): Promise<Fields> {
  if (Object.keys(known).length === 0) return known
  try {
    await work()
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields
    if (!isClientError(error)) throw error
  }
  return known
}
