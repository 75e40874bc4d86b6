/** app.link: full addresses for people to share, never from what a request says its host is. */
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The full address of a path. */
    link: (path: string) => string
  }
}

const everywhere = new Set(['0.0.0.0', '::'])

export const links = fp<Config['server']>(
  async (app, { publicUrl, host, port }) => {
    app.decorate('link', path => {
      if (publicUrl) return publicUrl.replace(/\/+$/, '') + path
      const address = app.server.address()
      const actual = typeof address === 'object' && address ? address.port : port
      const name = everywhere.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
      return `http://${name}:${actual}${path}`
    })
  },
  { name: 'links', fastify: '5.x' }
)
