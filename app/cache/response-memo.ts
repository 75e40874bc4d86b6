/** Memoises rendered answers per question snapshot, and sends them with an ETag. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../models/polls/question-row.ts'
import type { QuestionRef } from '../schemas/questions.ts'

interface Made<Body = string | Buffer> {
  /** ASCII as text, which Node sends together with the headers; a page as a buffer, which is encoded once. */
  body: Body
  /** A hash of the body alone: it reveals nothing that the body does not. */
  etag: string
}

const made = new WeakMap<Question, Map<string, Made | Promise<Made>>>()

/** Returns the answer of this name for a question snapshot; calls `make` at most once for it. */
export async function once<Body extends string | Buffer>(
  question: Question,
  name: string,
  make: () => Promise<Body> | Body
): Promise<Made<Body>> {
  const answers = made.get(question) ?? new Map<string, Made | Promise<Made>>()
  made.set(question, answers)
  if (!answers.has(name)) {
    const making = (async () => {
      const body = await make()
      const answer = {
        body,
        etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
      }
      answers.set(name, answer)
      return answer
    })()
    answers.set(name, making)
  }
  return answers.get(name) as Made<Body> | Promise<Made<Body>>
}

/**
 * Sends the answer, or 304 to a client that has it. Only a guest's copy may be stored and revalidated, and none that sets
 * a cookie.
 */
export function sendMade(
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
  { body, etag }: Made,
  type: string,
  givesCookie = false
) {
  const isPersonal = givesCookie || Boolean(request.headers.cookie)
  reply.header('etag', etag).header('content-type', type)
  if (!isPersonal) reply.header('cache-control', 'no-cache')
  const known = request.headers['if-none-match']
  if (known !== undefined && known.split(',').some(one => one.trim().replace(/^W\//, '') === etag)) {
    return reply.code(304).send()
  }
  const { question: ref } = request.params as { question: QuestionRef }
  reply.cacheForGuests({ givesCookie }, { ref, question, body })
  return reply.send(body)
}
