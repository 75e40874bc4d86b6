/** app.link: absolute URLs to share. They never contain the Host header of a request. */
import fp from 'fastify-plugin'
import type { Config } from '../config/load.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Returns the absolute URL of a path. */
    link: (path: string) => string
  }
}

const everywhere = new Set(['0.0.0.0', '::'])

/** Returns the public URL of the site without a slash at the end. */
export function siteAddress({ publicUrl, host, port }: Config['server']): string {
  if (publicUrl) return publicUrl.replace(/\/+$/, '')
  const name = everywhere.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

export const siteLinks = fp<Config['server']>(
  async (app, config) => {
    app.decorate('link', path => {
      const address = app.server.address()
      const port = typeof address === 'object' && address ? address.port : config.port
      return siteAddress({ ...config, port }) + path
    })
  },
  { name: 'site-address', fastify: '5.x' }
)
