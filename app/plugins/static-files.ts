/** /static/: serves the files that existed at boot, each with a hash of its content. */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'
import { root } from '../config/load.ts'

const folder = join(root, 'static')
/** Only /docs loads it. */
const swagger = join(root, 'node_modules/@fastify/swagger-ui/static')
export const prefix = '/static/'
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
     * Returns a static file's address with the hash of its content: `asset('css/vote.css')`. Throws if
     * unknown.
     */
    asset: (path: string) => string
  }
}

const hashOf = (content: Buffer) => hash('sha256', content, 'base64url').slice(0, 10)

interface File {
  root: string
  name: string
  hash: string
  /**
   * Compresses the content of the boot once, so that a first visit is small without a proxy.
   */
  gzip: () => Buffer
  /** False after an update of the folder: a process that still runs has another version. */
  isUnchanged: () => boolean
}

/** Maps paths to files. Dotfiles, links and files that appear after the start are not served. */
export function listFiles() {
  const files = new Map<string, File>()
  const add = (path: string, root: string, name: string) => {
    const file = join(root, name)
    const { ctimeMs } = statSync(file)
    const content = readFileSync(file)
    let compressed: Buffer | undefined
    const gzip = () => (compressed ??= gzipSync(content))
    const isUnchanged = () => statSync(file, { throwIfNoEntry: false })?.ctimeMs === ctimeMs
    files.set(path, { root, name, hash: hashOf(content), gzip, isUnchanged })
  }
  // Not `recursive: true`: it follows links to folders.
  const walk = (inside: string) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = join(inside, entry.name)
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) add(path, folder, path)
    }
  }
  walk('')
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css']) add(`swagger-ui/${name}`, swagger, name)
  return files
}

export const staticFiles = fp(
  async app => {
    const files = listFiles()
    await app.register(fastifyStatic, {
      root: [folder, swagger],
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
