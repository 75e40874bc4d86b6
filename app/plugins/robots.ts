/** Lets search engines index the list of polls and listed polls. Every other answer is noindex. */
import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyReply {
    /** Lets search engines index this answer. Call it only if the whole answer is public. */
    allowIndexing(): void
  }
}

const HEADER = 'x-robots-tag'

export const robots = fp(
  async app => {
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header(HEADER, 'noindex')
      done()
    })
    app.decorateReply('allowIndexing', function (this: FastifyReply) {
      this.removeHeader(HEADER)
    })
  },
  { name: 'robots', fastify: '5.x' }
)
