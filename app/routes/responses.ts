/** Parts of answers: the body of a success, and bodies with an ETag. */
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reading } from './polls/access.ts'

export const JSON_TYPE = 'application/json; charset=utf-8'

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
  /**
   * Every guest whose request has the same URL and negotiation headers gets this body while it is
   * current; null: none does.
   */
  isCurrent: (() => boolean) | null
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
  { body, etag }: TaggedBody,
  type: string,
  { isCurrent, givesCookie = false }: Sharing
) {
  const isPersonal =
    givesCookie || Boolean(request.headers.cookie) || request.headers.authorization !== undefined
  reply.header('etag', etag).header('content-type', type)
  if (!isPersonal) reply.header('cache-control', 'no-cache')
  const known = request.headers['if-none-match']
  if (known?.split(',').some(one => ['*', etag].includes(one.trim().replace(/^W\//, '')))) {
    return reply.code(304).send()
  }
  if (isCurrent) reply.cacheForGuests({ givesCookie }, { body, isCurrent })
  return reply.send(body)
}

/**
 * Sends JSON about a poll with an ETag. It is made once for each snapshot of the poll and each key.
 */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  { question, isCurrent }: Reading,
  key: string,
  make: () => unknown
) {
  const made = request.server.responseMemo.get(question, key, () => tagged(JSON.stringify(make())))
  return sendWithEtag(request, reply, made, JSON_TYPE, { isCurrent })
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
