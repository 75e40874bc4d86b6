/** Turns every error into an answer: a page, or the JSON envelope. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { DatabaseError, DatabaseFull } from '../db/errors.ts'
import { AppError } from '../app-error.ts'
import {
  BadRequest,
  CrossSite,
  DatabaseDown,
  HasVotes,
  HeadersTooLarge,
  NotFound,
  NotOwner,
  OtherAccount,
  PayloadTooLarge,
  PreconditionFailed,
  QuestionRemoved,
  RequestTimeout,
  ResultsHidden,
  InternalError,
  SessionsDown,
  SignInRequired,
  StorageFull,
  UnsupportedMediaType
} from '../errors.ts'
import type { Catalogue } from '../i18n/locales/en.ts'
import en from '../i18n/locales/en.ts'
import type { Languages } from '../i18n/catalogues.ts'
import { isSilentOnVotes, toMessage } from '../i18n/messages.ts'
import { MAX_NEXT_BYTES } from '../schemas/accounts.ts'
import { isRead } from '../values/methods.ts'
import { withNextPath } from '../values/next-path.ts'
import { addressOf } from '../view.ts'
import { personal } from './content-negotiation.ts'
import { correctedAddress } from './trailing-characters.ts'

type Headers = Readonly<Record<string, string>>

/** Sent with every 503. */
const RETRY_AFTER_SECONDS = 2

/** Denied access and exceeded limits are logged at info, because they can indicate an attack. */
const ACCESS_STATUSES: ReadonlySet<number> = new Set([401, 403, 429])

/** Maps an error of Fastify or a driver to an AppError. Returns an AppError as it is. */
export function toAppError(error: Partial<FastifyError>): AppError {
  if (error instanceof AppError) return error
  if (error instanceof DatabaseFull) return new StorageFull({ cause: error })
  // The base class means an error in the SQL, not in the connection.
  if (error instanceof DatabaseError && error.name !== 'DatabaseError')
    return new DatabaseDown({ cause: error })
  const { statusCode = 500 } = error
  if (statusCode === 412) return new PreconditionFailed()
  if (statusCode === 413 || statusCode === 414) return new PayloadTooLarge()
  if (statusCode === 415) return new UnsupportedMediaType()
  if (statusCode === 404) return new NotFound()
  return statusCode >= 400 && statusCode < 500 ? new BadRequest() : new InternalError({ cause: error })
}

/** Translates an error; a time that it tells is in this zone. */
const messageIn = (error: AppError, t: Catalogue, timeZone = 'UTC') =>
  toMessage(
    error instanceof QuestionRemoved ? { key: error.key, values: [...error.values, timeZone] } : error,
    t
  )

/** The JSON envelope of an error, with its message in this language. */
export function toEnvelope(error: AppError, t: Catalogue, { message, fields } = messageIn(error, t)) {
  return { error_code: Number(error.code), error: error.key, error_msg: message, ...(fields && { fields }) }
}

function log(thrown: unknown, error: AppError, request: FastifyRequest) {
  const { code, fields, statusCode } = error
  const { message } = toMessage(error, en)
  // Not 501: the client has asked for what is not offered.
  if (statusCode >= 500 && statusCode !== 501)
    return request.log.error({ err: thrown, req: request }, message)
  const level = ACCESS_STATUSES.has(statusCode) ? 'info' : 'debug'
  // What was compared helps to correct `server.publicUrl` or the proxy.
  const compared = error instanceof CrossSite ? error.cause : undefined
  return request.log[level]({ code, fields, compared, user: request.user?.id, req: request }, message)
}

/** Returns the path of this page, to which a sign-in leads back. Empty if it is too long. */
const nextOf = ({ method, url }: FastifyRequest) =>
  isRead(method) && encodeURIComponent(url).length <= MAX_NEXT_BYTES ? url : ''

/** Tells whether the same form may succeed when it is sent again. */
const isTransient = (error: AppError) =>
  error.statusCode >= 500 || error.statusCode === 429 || error instanceof OtherAccount

/** Returns the path of a poll that can be opened, not managed; null of any other error. */
function pollOf(error: AppError, { params, server }: FastifyRequest) {
  const { question } = (params ?? {}) as { question?: string | number } // null where no route was found
  const isAbout = error instanceof NotOwner || error instanceof HasVotes || error instanceof ResultsHidden
  return isAbout && question !== undefined ? addressOf(server, 'Question', { question }) : null
}

/** Translates an error. That of a vote ends with: it was not counted, unless it says so. */
function messageFor(error: AppError, { locale, routeOptions, server }: FastifyRequest) {
  const translated = messageIn(error, locale, server.timeZone)
  if (routeOptions.config.ballot !== 'cast' || !isSilentOnVotes(error)) return translated
  return { ...translated, message: locale.question.refusedVote(translated.message) }
}

/** Returns the error to answer with: without the session store, it is unknown who must sign in. */
function errorFor(thrown: FastifyError, { sessionsDown }: FastifyRequest): AppError {
  const error = toAppError(thrown)
  return error instanceof SignInRequired && sessionsDown ? new SessionsDown() : error
}

/** Answers with the page of an error, or with its envelope. */
async function errorHandler(thrown: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const error = errorFor(thrown, request)
  const { statusCode, retryAfterSeconds = statusCode === 503 ? RETRY_AFTER_SECONDS : undefined } = error
  log(thrown, error, request)
  reply.code(statusCode).headers(personal)
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
  const location = statusCode === 404 ? correctedAddress(request) : undefined
  if (location !== undefined) return reply.redirect(location, 302)
  const translated = messageFor(error, request)
  if (!request.wantsPage) return reply.send(toEnvelope(error, request.locale, translated))
  if (error instanceof SignInRequired) {
    return reply.redirect(withNextPath(addressOf(request.server, 'Login'), nextOf(request)), 303)
  }
  const { message, fields = {} } = translated
  const page = {
    status: statusCode,
    message,
    // With one error its sentence is the headline.
    fields: Object.values(fields).filter(sentence => sentence !== message),
    id: request.id,
    // The error page contains the fields and can send them again.
    carried: isTransient(error) ? (request.carry?.() ?? null) : null,
    help: Object.hasOwn(request.locale.failure.help, error.key) ? error.key : null,
    poll: pollOf(error, request),
    isOthers: error instanceof OtherAccount
  }
  return reply.page('error', page)
}

/**
 * Answers a URL that the router cannot decode, or that is too long. Such a request passes no hook
 * and no decorator, so headers, language and page are made here.
 */
export const frameworkErrorHandler =
  (headers: Headers, languages: Languages, basePath: string) =>
  (_error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const error = new BadRequest()
    const t = languages.negotiate(request.headers['accept-language'])
    reply.code(error.statusCode).headers(headers).headers(personal)
    if (!request.headers.accept?.includes('text/html')) return void reply.send(toEnvelope(error, t))
    const { message } = toMessage(error, t)
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${message}</title>`
    const body = `<main><h1>${message}</h1><p><a href="${basePath}/">${t.failure.back}</a></p></main>`
    const page = `<!doctype html><html lang="${t.tag}" dir="${t.dir}"><head>${head}</head><body>${body}</body></html>`
    return void reply.type('text/html; charset=utf-8').send(page)
  }

/** Beginning of a request whose answer has no body. */
const HEAD = 'HEAD '

/**
 * Answers malformed and late requests on the raw socket: for them Node creates no request object.
 */
export const clientErrorHandler =
  (headers: Headers) => (failure: NodeJS.ErrnoException & { rawPacket?: unknown }, socket: Socket) => {
    if (failure.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const error = clientError(failure.code)
    const body = JSON.stringify(toEnvelope(error, en))
    const all = {
      ...headers,
      ...personal,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      connection: 'close'
    }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    const { statusCode } = error
    const { rawPacket } = failure // typed as what JSON makes of a Buffer
    const isHead = Buffer.isBuffer(rawPacket) && rawPacket.toString('latin1', 0, HEAD.length) === HEAD
    const head = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('')}\r\n`
    socket.end(isHead ? head : head + body)
  }

function clientError(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new HeadersTooLarge()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new RequestTimeout()
  return new BadRequest()
}

/** Before every plugin with routes: a route keeps the error handler that it was added with. */
export const errors = fp(
  async app => {
    app.setErrorHandler<FastifyError>(errorHandler)
  },
  { name: 'errors', fastify: '5.x', dependencies: ['content-negotiation', 'locale'] }
)
