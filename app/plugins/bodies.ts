/** What a body may be: a form, or JSON of no great depth. Everything else is 415. */
import { isUtf8 } from 'node:buffer'
import formbody from '@fastify/formbody'
import fp from 'fastify-plugin'
import { BadRequest } from '../errors.ts'

/** No body of ours has more levels; a page that shows again what was sent would fail on thousands. */
const depth = 4

const takesBody = new Set(['POST', 'PUT', 'PATCH'])
const form = 'application/x-www-form-urlencoded'

/** Nested too deeply, or an object with a toString of its own, which no page could show as text. */
const isOdd = (value: unknown, levels = depth): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 ||
    Object.hasOwn(value, 'toString') ||
    Object.hasOwn(value, 'valueOf') ||
    Object.values(value).some(inner => isOdd(inner, levels - 1)))

export const bodies = fp(
  async app => {
    const parse = app.getDefaultJsonParser('error', 'error') // __proto__ and constructor.prototype are refused
    app.removeAllContentTypeParsers()
    await app.register(formbody)
    // Fastify checks only a body that has a type: none at all is an empty form, and the schema says what is missing.
    app.addHook('onRequest', ({ headers, method }, _reply, done) => {
      const { 'transfer-encoding': encoding, 'content-length': length } = headers
      if (takesBody.has(method) && encoding === undefined && !Number(length)) headers['content-type'] ??= form
      // Node cuts such a connection, but only after we have answered.
      done((encoding ?? 'chunked').toLowerCase() === 'chunked' ? undefined : new BadRequest())
    })
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      if (!isUtf8(body)) return done(new BadRequest())
      return parse(request, body.toString(), (error, value) => {
        done(error ?? (isOdd(value) ? new BadRequest() : null), value)
      })
    })
  },
  { name: 'bodies', fastify: '5.x' }
)
