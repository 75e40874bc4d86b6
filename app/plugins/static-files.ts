/** /static/: serves the files that existed at boot, each with a hash of its content. */
import { extname } from 'node:path'
import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'
import { folders, listFiles, prefix } from '../static-files.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
/** Types that compression makes smaller. */
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml'
}

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Returns a static file's address with the hash of its content: `asset('css/vote.css')`. Throws
     * if unknown.
     */
    asset: (path: string) => string
  }
}

export const staticFiles = fp(
  async app => {
    const files = listFiles()
    await app.register(fastifyStatic, {
      root: [...folders],
      serve: false,
      cacheControl: false,
      acceptRanges: false
    })
    for (const [path, { root, name, hash, gzip, isUnchanged }] of files) {
      app.get<{ Querystring: { v?: string } }>(prefix + path, (request, reply) => {
        reply.header('vary', 'Accept-Encoding')
        // Cached for ever only if the URL has this file's hash: a rolling update serves two
        // versions.
        const hasHash = request.query.v === hash
        const type = types[extname(name)]
        if (hasHash && type && request.prefersGzip) {
          reply.headers({ 'cache-control': IMMUTABLE, 'content-encoding': 'gzip' })
          return reply.type(type).send(gzip())
        }
        reply.header('cache-control', hasHash && isUnchanged() ? IMMUTABLE : 'no-cache')
        return reply.sendFile(name, root)
      })
    }
    app.decorate('asset', (path: string) => {
      const file = files.get(path)
      if (!file) throw new Error(`there is no static file ${path}`)
      return `${app.basePath}${prefix}${path}?v=${file.hash}`
    })
  },
  { name: 'static-files', fastify: '5.x', dependencies: ['content-negotiation', 'errors', 'site-address'] }
)
