/** Compresses pages by gzip, so that a first visit is small without a proxy. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isRead } from '../values/methods.ts'

/** Bytes. A smaller page fits into one packet as it is. */
const MIN_LENGTH = 1_000

const compress = promisify(gzip)

/**
 * Tells whether the answer is a page that may be compressed. Answers to writes show reset links and
 * tokens: their length must reveal nothing (BREACH). Pages that are read contain no credential.
 */
const isPage = ({ method }: FastifyRequest, reply: FastifyReply) =>
  isRead(method) &&
  (reply.statusCode === 200 || reply.statusCode === 304) &&
  String(reply.getHeader('content-type')).startsWith('text/html')

const isLong = (payload: unknown): payload is string | Buffer =>
  (typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length >= MIN_LENGTH

/** Returns `vary` with the request header that compression depends on. */
const withEncoding = (vary: ReturnType<FastifyReply['getHeader']>) =>
  vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`

export const compression = fp(
  async app => {
    // A cache that sends the same buffer again has it compressed once.
    const compressed = new WeakMap<Buffer, Promise<Buffer>>()

    function compressOnce(page: Buffer): Promise<Buffer> {
      const known = compressed.get(page)
      if (known) return known
      const made = compress(page)
      compressed.set(page, made)
      return made
    }

    // No promise for answers that are no pages: the answer to a vote passes here too.
    app.addHook('onSend', (request, reply, payload, done) => {
      if (!isPage(request, reply)) return done(null, payload)
      reply.header('vary', withEncoding(reply.getHeader('vary')))
      if (!request.prefersGzip) return done(null, payload)
      // The ETag is the hash of the page that was rendered: weak where the bytes are others.
      const etag = reply.getHeader('etag')
      if (typeof etag === 'string' && etag.startsWith('"')) reply.header('etag', `W/${etag}`)
      if (!isLong(payload)) return done(null, payload)
      reply.header('content-encoding', 'gzip')
      const made = Buffer.isBuffer(payload) ? compressOnce(payload) : compress(payload)
      made.then(bytes => done(null, bytes), done)
    })
  },
  { name: 'compression', fastify: '5.x', dependencies: ['content-negotiation'] }
)
