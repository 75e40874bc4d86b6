/** What is the same for many viewers is made once for each reading of a question, and sent with an ETag. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../models/polls/question-row.ts'
import type { QuestionRef } from '../schemas/questions.ts'

interface Made<Body = string | Buffer> {
  /** ASCII is best as text, which Node sends with the headers in one piece; a page is not, and would be encoded each time. */
  body: Body
  /** Of the body alone, so it tells nothing that the body does not. */
  etag: string
}

const made = new WeakMap<Question, Map<string, Made | Promise<Made>>>()

/** The answer called `name` about this reading of the question; `make` is called at most once for it. */
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
 * Sends it, or 304 to who has it. A guest's copy may be kept and asked about; nobody else's is, and none that gives the
 * browser a cookie.
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
