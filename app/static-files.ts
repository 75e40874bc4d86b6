/** The static files, each with a hash of its content. */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './config/load.ts'

const folder = join(root, 'static')
/** Only /docs loads it. */
const swagger = join(root, 'node_modules/@fastify/swagger-ui/static')
/** What the paths of static files begin with. */
export const prefix = '/static/'
/** The folders of the files that `listFiles` returns. */
export const folders = [folder, swagger]

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
