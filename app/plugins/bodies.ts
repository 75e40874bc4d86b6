/** Parses bodies: forms, and JSON of limited depth. Answers every other type with 415. */
import { isUtf8 } from 'node:buffer'
import formbody from '@fastify/formbody'
import fp from 'fastify-plugin'
import { BadRequest } from '../errors.ts'

/** No valid body has more levels. Rendering a form from thousands of levels would fail. */
const depth = 4

const takesBody = new Set(['POST', 'PUT', 'PATCH'])
const form = 'application/x-www-form-urlencoded'

/**
 * Tells whether a body is nested too deeply or has its own `toString`, which a page cannot show.
 */
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
    // Fastify parses only a body that has a type. A missing body is an empty form for the schema to
    // check.
    app.addHook('onRequest', ({ headers, method }, _reply, done) => {
      const { 'transfer-encoding': encoding, 'content-length': length } = headers
      if (takesBody.has(method) && encoding === undefined && !Number(length)) headers['content-type'] ??= form
      // Node closes such a connection, but only after the answer.
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
