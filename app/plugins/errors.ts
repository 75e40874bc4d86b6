/** The one place where an error becomes an answer: a page, or the tutorial's envelope. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { DatabaseError, DatabaseFull } from '../db/errors.ts'
import {
  BadRequest,
  DatabaseDown,
  type Fields,
  NotFound,
  ServerError,
  SignInRequired,
  StorageFull,
  TooLarge,
  TooManyHeaders,
  TooSlow,
  UnsupportedType
} from '../errors.ts'
import type { Languages } from '../i18n/catalogues.ts'
import { explained } from '../i18n/messages.ts'
import { addressOf, pageVary } from '../view.ts'
import { personal } from './negotiation.ts'

type Headers = Readonly<Record<string, string>>
type Answerable = FastifyError & { fields?: Fields }

/** Seconds after which a client may try again. */
const retryAfter = 2

/** Not let in, not allowed, too often: who looks for attacks finds them in the log. */
const refusals = new Set([401, 403, 429])

/** Errors of ours stay; those of the framework and the drivers become one of ours. */
function toOurs(error: Answerable): Answerable {
  if (/^\d{5}$/.test(error.code)) return error
  if (error instanceof DatabaseFull) return new StorageFull({ cause: error })
  if (error instanceof DatabaseError && error.name !== 'DatabaseError')
    return new DatabaseDown({ cause: error })
  const { statusCode = 500 } = error
  if (statusCode === 413 || statusCode === 414) return new TooLarge()
  if (statusCode === 415) return new UnsupportedType()
  if (statusCode === 404) return new NotFound()
  return statusCode >= 400 && statusCode < 500 ? new BadRequest() : new ServerError({ cause: error })
}

async function answer(thrown: Answerable, request: FastifyRequest, reply: FastifyReply) {
  const error = toOurs(thrown)
  const status = error.statusCode ?? 500
  if (status >= 500) request.log.error({ err: thrown, req: request }, error.message)
  else {
    const { code, fields } = error
    const level = refusals.has(status) ? 'info' : 'debug'
    request.log[level]({ code, fields, user: request.user?.id, req: request }, error.message)
  }

  reply.code(status).headers(personal)
  if (status === 503) reply.header('retry-after', retryAfter)
  const { message, fields } = explained(error, request.locale)
  if (!request.wantsPage) {
    return reply.send({ error_code: Number(error.code), error_msg: message, ...(fields && { fields }) })
  }
  if (error instanceof SignInRequired) {
    const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : ''
    return reply.redirect(addressOf(request.server, 'Login') + next, 303)
  }
  const data = { status, message, fields: Object.values(fields ?? {}), id: request.id }
  return reply.header('vary', pageVary).view('error.html', data)
}

/**
 * A URL that cannot be decoded, or is longer than any of ours, passes no hook and no decorator, so it gets its headers
 * and its answer here: somebody who follows a mangled link finds a way back.
 */
export const answerBrokenUrl =
  (headers: Headers, languages: Languages) =>
  (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const error = new BadRequest()
    const { code, statusCode } = error
    const t = languages.wanted(request.headers['accept-language'])
    const { message } = explained(error, t)
    reply
      .code(statusCode ?? 400)
      .headers(headers)
      .headers(personal)
    if (request.headers.accept?.includes('text/html')) {
      const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${message}</title>`
      const body = `<main><h1>${message}</h1><p><a href="/">${t.failure.back}</a></p></main>`
      const page = `<!doctype html><html lang="${t.tag}" dir="${t.dir}"><head>${head}</head><body>${body}</body></html>`
      return void reply.type('text/html; charset=utf-8').send(page)
    }
    return void reply.send({ error_code: Number(code), error_msg: message })
  }

const broken: Record<string, () => FastifyError> = {
  HPE_HEADER_OVERFLOW: () => new TooManyHeaders(),
  ERR_HTTP_REQUEST_TIMEOUT: () => new TooSlow()
}

/** What is no HTTP, or does not come in time, is not even a request: the answer is written by hand. */
export const answerBrokenRequest = (headers: Headers) => (error: NodeJS.ErrnoException, socket: Socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { code, message, statusCode = 400 } = broken[error.code ?? '']?.() ?? new BadRequest()
  const body = JSON.stringify({ error_code: Number(code), error_msg: message })
  const all = {
    ...headers,
    ...personal,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close'
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('')}\r\n${body}`)
}

export const errors = fp(
  async app => {
    app.setErrorHandler<Answerable>(answer)
  },
  { name: 'errors', fastify: '5.x', dependencies: ['negotiation', 'locale', 'templates'] }
)
