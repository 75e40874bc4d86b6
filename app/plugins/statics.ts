/** /static/: a list of regular files made at boot, each with the hash of its content. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fp from 'fastify-plugin'
import { root } from '../config.ts'

const folder = join(root, 'static')
const pico = join(root, 'node_modules/@picocss/pico/css')
export const prefix = '/static/'

declare module 'fastify' {
  interface FastifyInstance {
    /** The URL of a static file, with the hash of its content: `asset('css/vote.css')`. Throws on an unknown one. */
    asset: (path: string) => string
  }
}

const hashOf = (file: string) =>
  createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 10)

/** Path -> file. No dotfiles, no links, nothing that came after the start: what is not on this list is not served. */
export function listFiles() {
  const files = new Map<string, { root: string; name: string; hash: string }>()
  const add = (path: string, root: string, name: string) =>
    files.set(path, { root, name, hash: hashOf(join(root, name)) })
  // By hand: readdirSync's own recursion follows links to folders.
  const walk = (inside: string) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = join(inside, entry.name)
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) add(path, folder, path)
    }
  }
  walk('')
  add('css/pico.min.css', pico, 'pico.classless.min.css')
  return files
}

export const statics = fp(
  async app => {
    const files = listFiles()
    await app.register(fastifyStatic, { root: [folder, pico], serve: false, cacheControl: false })
    for (const [path, { root, name, hash }] of files) {
      app.get<{ Querystring: { v?: string } }>(prefix + path, (request, reply) => {
        // Only under its own hash may a file be kept for ever: a rolling update serves two contents for a while.
        const kept = request.query.v === hash ? 'public, max-age=31536000, immutable' : 'no-cache'
        return reply.header('cache-control', kept).sendFile(name, root)
      })
    }
    app.decorate('asset', (path: string) => {
      const file = files.get(path)
      if (!file) throw new Error(`there is no static file ${path}`)
      return `${prefix}${path}?v=${file.hash}`
    })
  },
  { name: 'statics', fastify: '5.x' }
)
