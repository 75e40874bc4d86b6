/** Parts of answers: the body of a success, and bodies with an ETag. */
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../models/polls/question-row.ts'
import type { QuestionRef } from '../schemas/questions.ts'

/** Returns the body of a success, in the tutorial's form. */
export const ok = (extra: object = {}) => ({ error_code: 0, error_msg: 'ok', ...extra })

interface TaggedBody<Body = string | Buffer> {
  /**
   * ASCII is a string, which Node sends together with the headers. A page is a buffer, encoded
   * once.
   */
  body: Body
  /** A hash of the body alone, which reveals nothing else. */
  etag: string
}

/** Adds the ETag of a body. */
export function tagged<Body extends string | Buffer>(body: Body): TaggedBody<Body> {
  return { body, etag: `"${hash('sha256', body, 'base64url').slice(0, 22)}"` }
}

interface Sharing {
  /** Every guest whose request has the same URL and negotiation headers gets this body. */
  isForGuests?: boolean
  /** Each guest gets their own browser cookie with it. */
  givesCookie?: boolean
}

/**
 * Sends a body about a question, or 304 to a client that has it. Only a guest's copy without a new
 * cookie may be stored and revalidated.
 */
export function sendWithEtag(
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
  { body, etag }: TaggedBody,
  type: string,
  { isForGuests = true, givesCookie = false }: Sharing = {}
) {
  const isPersonal =
    givesCookie || Boolean(request.headers.cookie) || request.headers.authorization !== undefined
  reply.header('etag', etag).header('content-type', type)
  if (!isPersonal) reply.header('cache-control', 'no-cache')
  const known = request.headers['if-none-match']
  if (known?.split(',').some(one => ['*', etag].includes(one.trim().replace(/^W\//, '')))) {
    return reply.code(304).send()
  }
  const { question: ref } = request.params as { question: QuestionRef } // every route that sends one has it
  const isCurrent = () => request.server.questions.isCurrent(ref, question)
  if (isForGuests) reply.cacheForGuests({ givesCookie }, { body, isCurrent })
  return reply.send(body)
}

/** Answers with a page that other guests get too, while it is current. */
export async function sendSharedPage(
  request: FastifyRequest,
  reply: FastifyReply,
  template: string,
  page: object,
  isCurrent: () => boolean
) {
  const { server, pageViewer: viewer, locale: t } = request
  const body = Buffer.from(await server.renderPage(template, { page, viewer, t }))
  reply.asPage().cacheForGuests({ givesCookie: false }, { body, isCurrent })
  return reply.send(body)
}
