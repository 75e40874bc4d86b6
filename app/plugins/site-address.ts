/**
 * Where the site lies: its base path, and absolute URLs to share, which never contain the Host
 * header of a request.
 */
import fp from 'fastify-plugin'
import { ConfigError } from '../config/errors.ts'
import type { Config } from '../config/load.ts'
import { remedyFor, siteAddress } from '../config/site-address.ts'
import { basePathOf } from '../values/base-path.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The path of the public URL, which every address of a page begins with: '' or '/vote'. */
    basePath: string
    /** Returns the absolute URL of an address, which includes the base path. */
    link: (address: string) => string
    /**
     * Returns the command or the setting that makes links work on other computers. Null if they do.
     */
    linkRemedy: () => string | null
  }
}

export const siteLinks = fp<Config['server']>(
  async (app, config) => {
    const basePath = basePathOf(config.publicUrl)
    app.decorate('basePath', basePath)
    // A proxy may remove the base path. Then it could not be told from an address of ours.
    const [, firstPart] = basePath.split('/')
    app.addHook('onRoute', ({ url }) => {
      if (firstPart !== undefined && url.split('/')[1] === firstPart)
        throw new ConfigError(
          `✖ The path must not begin with /${firstPart}, as an address of the site does\n  → at server.publicUrl`
        )
    })
    app.decorate('link', path => {
      const address = app.server.address()
      const port = typeof address === 'object' && address ? address.port : config.port
      return new URL(path, siteAddress({ ...config, port })).href
    })
    app.decorate('linkRemedy', () => remedyFor(config))
  },
  { name: 'site-address', fastify: '5.x' }
)
