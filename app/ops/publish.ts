/** `node app/ops/publish.ts FOLDER`: copies the static files for nginx. Earlier versions stay. */
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listFiles, prefix } from '../static-files.ts'

/**
 * Copies each static file to `folder` twice: as static/… and, under its hash, as
 * kept/HASH/static/…. All may read the files.
 */
export function publish(folder: string) {
  for (const [path, { root, name, hash }] of listFiles()) {
    for (const target of [join(folder, prefix, path), join(folder, 'kept', hash, prefix, path)]) {
      mkdirSync(dirname(target), { recursive: true })
      copyFileSync(join(root, name), target)
      chmodSync(target, 0o644) // a checkout under umask 077 is readable by its owner only; nginx is another user
    }
  }
}

if (import.meta.main) {
  const [, , folder] = process.argv
  if (!folder) throw new Error('usage: node app/ops/publish.ts FOLDER')
  publish(folder)
}
