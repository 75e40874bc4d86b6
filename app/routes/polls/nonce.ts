/** What makes a repeated creation the same poll. */
import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { InvalidInput } from '../../errors.ts'
import { Nonce } from '../../schemas/poll.ts'

/** Makes the nonce of a new form. */
export const newNonce = () => randomBytes(16).toString('base64url')

/**
 * Returns the nonce of the form or the header Idempotency-Key. Who sends neither gets a poll for each request. Throws
 * InvalidInput.
 */
export function nonceOf({ body, headers }: Pick<FastifyRequest, 'headers'> & { body: { nonce?: string } }) {
  const key = body.nonce ?? headers['idempotency-key']
  if (key === undefined) return newNonce()
  const { data, error } = Nonce.safeParse(key)
  if (error) throw new InvalidInput({ 'idempotency-key': error.issues[0]!.message })
  return data
}
