/** Carries a refused form through sign-in: collects its fields, and sends them again afterwards. */
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest, LightMyRequestResponse } from 'fastify'
import fp from 'fastify-plugin'
import type { AppError } from '../app-error.ts'
import { carriedIn, type CarriedForm, MAX_CARRIED_FIELDS } from '../schemas/carried-form.ts'
import { FORM_TYPE } from '../values/media-types.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The fields of a form before validation; null for all other bodies and until it is read. */
    sentForm: Readonly<Record<string, unknown>> | null
    /** The error of `refuse`, thrown after the form has been read. */
    refusal: AppError | null
    /**
     * Rejects the request. The form of a page is read first, so that the answer can carry its
     * fields.
     */
    refuse(error: AppError): void
    /**
     * Returns the form for a page to carry; of a sign-in form, the one that waits for it. Null
     * without a form, or if it is too large to be valid.
     */
    carry(): CarriedForm | null
  }
}

/**
 * Fields that are never carried: no page contains a password or a code. The form asks for it again.
 */
const SECRETS: ReadonlySet<string> = new Set(['password', 'current', 'code', 'setup', 'carried'])

/**
 * Encoded characters of a carried form: the sign-in form has a body limit. Only a long voter list
 * and a correction of all options in emoji are larger, and are lost, which the sign-in page says.
 */
const MAX_ENCODED = 170_000

/** Headers that a carried form takes over from the sign-in request. */
const COPIED = ['host', 'accept', 'accept-language', 'user-agent'] as const

/**
 * Headers of the answer that are not forwarded: they belong to a connection or a body. Cookies are
 * set anew.
 */
const NOT_COPIED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'set-cookie',
  'transfer-encoding'
])

const isForm = ({ headers }: FastifyRequest) => headers['content-type']?.startsWith(FORM_TYPE) ?? false

function refuse(this: FastifyRequest, error: AppError) {
  if (this.sentForm || this.method !== 'POST' || !this.wantsPage || !isForm(this)) throw error
  this.refusal ??= error
}

function carry(this: FastifyRequest): CarriedForm | null {
  if (!this.sentForm || this.method !== 'POST') return null
  const waiting = carriedIn(this.sentForm)
  if (waiting) return waiting
  const fields = Object.entries(this.sentForm)
    .filter(([name]) => !SECRETS.has(name))
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))
  const isVote = this.routeOptions.config.ballot === 'cast'
  const form = { to: this.url, fields, isVote, mayBeGuests: false }
  const isLarge =
    fields.length > MAX_CARRIED_FIELDS || encodeURIComponent(JSON.stringify(form)).length > MAX_ENCODED
  return isLarge ? null : form
}

/** Sends a carried form like this browser, with these cookies. */
export async function sendCarried(
  { server, headers, ip, hostname }: FastifyRequest,
  form: CarriedForm,
  cookies: Record<string, string>
): Promise<LightMyRequestResponse> {
  const copied = Object.fromEntries(
    COPIED.map(name => [name, headers[name] ?? (name === 'host' ? hostname : '')])
  )
  return await server.inject({
    method: 'POST',
    url: form.to,
    remoteAddress: ip,
    headers: { ...copied, 'content-type': FORM_TYPE, 'sec-fetch-site': 'same-origin' },
    cookies,
    payload: new URLSearchParams(form.fields).toString()
  })
}

/** Answers as a carried form was answered. */
export function forward(reply: FastifyReply, answer: LightMyRequestResponse): FastifyReply {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !NOT_COPIED.has(name)) reply.header(name, value)
  }
  // In the place of cookies of these names that this request has set. Their attributes are those
  // that we have set.
  for (const { name, value, ...attributes } of answer.cookies)
    reply.setCookie(name, value, attributes as CookieSerializeOptions)
  return reply.code(answer.statusCode).send(answer.rawPayload)
}

export const carriedForm = fp(
  async app => {
    app.decorateRequest('sentForm', null)
    app.decorateRequest('refusal', null)
    app.decorateRequest('refuse', refuse)
    app.decorateRequest('carry', carry)

    app.addHook('preValidation', (request, _reply, done) => {
      const { body } = request
      if (typeof body === 'object' && body !== null && isForm(request)) {
        request.sentForm = body as Record<string, unknown> // of the form's parser
      }
      done(request.refusal ?? undefined)
    })
  },
  { name: 'carried-form', fastify: '5.x', dependencies: ['content-negotiation', 'cookies'] }
)
