/**
 * Parses bodies: forms and JSON of limited depth, in UTF-8. Answers every other type or encoding
 * with 415.
 */
import { isUtf8 } from 'node:buffer'
import { parse as parseForm } from 'node:querystring'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { AppError } from '../app-error.ts'
import { BadRequest, UnsupportedMediaType } from '../errors.ts'
import { FORM_TYPE } from '../values/media-types.ts'
import { hasBody } from '../values/methods.ts'

/** No valid body has more levels. Rendering a form from thousands of levels would fail. */
const MAX_DEPTH = 4

/**
 * Tells whether a body is nested too deeply or has its own `toString`, which a page cannot show.
 */
const isOdd = (value: unknown, levels = MAX_DEPTH): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 ||
    Object.hasOwn(value, 'toString') ||
    Object.hasOwn(value, 'valueOf') ||
    Object.values(value).some(inner => isOdd(inner, levels - 1)))

/**
 * Tells whether the escapes of a form are UTF-8; decoded leniently, different passwords would
 * become the same.
 */
const hasUtf8Escapes = (text: string) =>
  (text.match(/(?:%[0-9a-f]{2})+/gi) ?? []).every(run => isUtf8(Buffer.from(run.replaceAll('%', ''), 'hex')))

/**
 * No body has no type. Fastify validates only a body with a type: as an empty form, the schema says
 * what is missing.
 */
function dropType({ headers, method }: FastifyRequest) {
  if (hasBody(method)) headers['content-type'] = FORM_TYPE
  else delete headers['content-type']
}

/** Returns the error of a body that no parser reads as it was meant. */
function bodyFault(request: FastifyRequest): AppError | undefined {
  const {
    'transfer-encoding': transfer,
    'content-length': length,
    'content-encoding': encoding
  } = request.headers
  if (transfer === undefined && !Number(length)) {
    dropType(request)
    return undefined
  }
  // Node.js cuts such a connection, but only after the answer.
  if ((transfer ?? 'chunked').toLowerCase() !== 'chunked') return new BadRequest()
  if ((encoding ?? 'identity').toLowerCase() !== 'identity') return new UnsupportedMediaType()
  return undefined
}

export const bodies = fp(
  async app => {
    const parseJson = app.getDefaultJsonParser('error', 'error') // __proto__ and constructor.prototype are refused
    app.removeAllContentTypeParsers()
    app.addHook('onRequest', (request, _reply, done) => done(bodyFault(request)))
    app.addContentTypeParser(FORM_TYPE, { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
      const text = body.toString()
      if (!isUtf8(body) || !hasUtf8Escapes(text)) return done(new BadRequest())
      return done(null, parseForm(text, '&', '=', { maxKeys: 0 })) // the body's size is limited, not its fields
    })
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      if (body.length === 0) return done(null, {}) // sent in chunks, of which there was none
      if (!isUtf8(body)) return done(new BadRequest())
      return parseJson(request, body.toString(), (error, value) => {
        done(error ?? (isOdd(value) ? new BadRequest() : null), value)
      })
    })
    // Without a type, or of another one.
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      const isNone = request.headers['content-type'] === undefined && body.length === 0
      if (!isNone && !request.is404) return done(new UnsupportedMediaType())
      if (isNone) dropType(request)
      return done(null, {})
    })
  },
  { name: 'bodies', fastify: '5.x' }
)
