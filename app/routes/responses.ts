/** What answers have in common: the body of a success, and bodies with an ETag. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../models/polls/question-row.ts'
import type { QuestionRef } from '../schemas/questions.ts'

/** Makes the body of a success, in the tutorial's form. */
export const ok = (extra: object = {}) => ({ error_code: 0, error_msg: 'ok', ...extra })

export interface TaggedBody<Body = string | Buffer> {
  /** ASCII as text, which Node sends together with the headers; a page as a buffer, which is encoded once. */
  body: Body
  /** A hash of the body alone: it reveals nothing that the body does not. */
  etag: string
}

/** Adds the ETag of a body. */
export function tagged<Body extends string | Buffer>(body: Body): TaggedBody<Body> {
  const hash = createHash('sha256').update(body).digest('base64url')
  return { body, etag: `"${hash.slice(0, 22)}"` }
}

interface Sharing {
  /** Every guest gets this body, whose request has the same address and the same headers of negotiation. */
  isForGuests?: boolean
  /** Each guest gets a browser cookie of their own with it. */
  givesCookie?: boolean
}

/**
 * Sends a body about a question, or 304 to a client that has it. Only a guest's copy may be stored and revalidated, and
 * none that sets a cookie.
 */
export function sendWithEtag(
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
  { body, etag }: TaggedBody,
  type: string,
  { isForGuests = true, givesCookie = false }: Sharing = {}
) {
  const isPersonal = givesCookie || Boolean(request.headers.cookie)
  reply.header('etag', etag).header('content-type', type)
  if (!isPersonal) reply.header('cache-control', 'no-cache')
  const known = request.headers['if-none-match']
  if (known !== undefined && known.split(',').some(one => one.trim().replace(/^W\//, '') === etag)) {
    return reply.code(304).send()
  }
  const { question: ref } = request.params as { question: QuestionRef } // every route that sends one has it
  if (isForGuests) reply.cacheForGuests({ givesCookie }, { ref, question, body })
  return reply.send(body)
}
