/** What makes a repeated creation the same poll. */
import type { FastifyRequest } from 'fastify'
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { Nonce } from '../../schemas/poll.ts'
import { randomText } from '../../values/random-text.ts'

/**
 * Returns the nonce of the form or the header Idempotency-Key. Who sends neither gets a poll for
 * each request. Throws InvalidInput.
 */
export function nonceOf({ body, headers }: Pick<FastifyRequest, 'headers'> & { body: { nonce?: string } }) {
  const key = body.nonce ?? headers['idempotency-key']
  if (key === undefined) return randomText()
  const { data, error } = Nonce.safeParse(key)
  if (error) throw new InvalidInput({ 'idempotency-key': error.issues[0]!.message })
  return data
}

/** Characters of a nonce with as many bits as a token. */
const GUEST_NONCE_LENGTH = 22

/**
 * Returns the nonce of a guest. All guests share them, and a repeat is told the manage link: that
 * of a form is random, and that of another client must be as long. Throws InvalidInput.
 */
export function guestNonceOf(request: Parameters<typeof nonceOf>[0]) {
  const nonce = nonceOf(request)
  if (nonce.length < GUEST_NONCE_LENGTH)
    throw new InvalidInput({ 'idempotency-key': messageKey('guestNonce', GUEST_NONCE_LENGTH) })
  return nonce
}
