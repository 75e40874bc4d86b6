/** What is the same for many viewers is made once for each reading of a question, and sent with an ETag. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Question } from '../models/questions.ts'

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

/** The same answer, if it is made already. */
export function madeAlready(question: Question, name: string): Made | undefined {
  const answer = made.get(question)?.get(name)
  return answer instanceof Promise ? undefined : answer
}

/**
 * Sends it, or 304 to who has it. A guest's copy may be kept and asked about; nobody else's is, and none that brings a
 * cookie: `isPersonal`.
 */
export function sendMade(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: Made,
  type: string,
  isPersonal = Boolean(request.headers.cookie)
) {
  reply.header('etag', etag).header('content-type', type)
  if (!isPersonal) reply.header('cache-control', 'no-cache')
  const known = request.headers['if-none-match']
  if (known !== undefined && known.split(',').some(one => one.trim().replace(/^W\//, '') === etag)) {
    return reply.code(304).send()
  }
  return reply.send(body)
}
