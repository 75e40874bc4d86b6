/**
 * Response cache for GETs of clients without a cookie: an onRequest hook answers before any lookup.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { bytesOf } from '../cache/response-memo.ts'

/** An answer that guests may share. */
interface Answer {
  body: string | Buffer
  /** Tells whether the answer may still be given. */
  isCurrent: () => boolean
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Caches this body with the headers set so far, for guests whose request is the same.
     * `givesCookie`: each guest gets a browser cookie of their own with it.
     */
    cacheForGuests(guests: { givesCookie: boolean }, answer: Answer): void
  }
}

/** Few polls have many readers at the same time. */
const MAX_URLS = 50
/** Browsers differ in `Accept` and `Accept-Language`. */
const MAX_ENTRIES_PER_URL = 12
/** Bodies kept since all entries were dropped last. */
const MAX_BYTES = 16 * 2 ** 20

/** An answer depends on these headers, its URL and what it shows, and on nothing else. */
type Variant = Pick<FastifyRequest['headers'], 'host' | 'accept' | 'accept-language'>

interface Entry extends Answer {
  variant: Variant
  headers: ReturnType<FastifyReply['getHeaders']>
  givesCookie: boolean
}

/**
 * Excludes clients with a cookie or a token, which may have an account, and conditional requests.
 */
const isCacheable = ({ method, headers }: FastifyRequest) =>
  method === 'GET' &&
  headers.cookie === undefined &&
  headers.authorization === undefined &&
  headers['if-none-match'] === undefined &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined

const isSame = (one: Variant, other: Variant) =>
  one.host === other.host &&
  one.accept === other.accept &&
  one['accept-language'] === other['accept-language']

export const guestCache = fp(
  async app => {
    // Looked up by URL first: joining URL and headers into one key would cost more than the lookup.
    const entries = new Map<string, Entry[]>()
    let bytes = 0

    app.decorateReply('cacheForGuests', function (this: FastifyReply, { givesCookie }, answer) {
      const { request } = this
      if (!isCacheable(request) || !answer.isCurrent()) return
      const {
        url,
        headers: { host, accept, 'accept-language': language }
      } = request
      const variant = { host, accept, 'accept-language': language }
      bytes += bytesOf(answer.body)
      if (bytes > MAX_BYTES || (entries.size >= MAX_URLS && !entries.has(url))) {
        entries.clear()
        bytes = bytesOf(answer.body)
      }
      const others = (entries.get(url) ?? []).filter(
        other => other.isCurrent() && !isSame(other.variant, variant)
      )
      const entry = { ...answer, variant, headers: this.getHeaders(), givesCookie }
      entries.set(url, [entry, ...others.slice(0, MAX_ENTRIES_PER_URL - 1)])
    })

    function find(request: FastifyRequest): Entry | undefined {
      if (!isCacheable(request)) return undefined
      const { url, headers } = request
      const entry = entries.get(url)?.find(({ variant }) => isSame(variant, headers))
      return entry?.isCurrent() ? entry : undefined
    }

    app.addHook('onRequest', (request, reply, done) => {
      const entry = find(request)
      if (!entry) return done()
      if (entry.givesCookie) reply.issueBrowserCookie()
      reply.headers(entry.headers).send(entry.body)
    })
  },
  { name: 'guest-cache', fastify: '5.x', dependencies: ['browser-voter'] }
)
