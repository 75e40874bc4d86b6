/** `node app/ops/publish.ts FOLDER`: the static files for nginx, each also under its hash. Earlier versions stay. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listFiles, prefix } from '../plugins/statics.ts'

/** Copies what the application would serve below `folder`: as static/…, and as kept/HASH/static/…. */
export function publish(folder: string) {
  for (const [path, { root, name, hash }] of listFiles()) {
    for (const target of [join(folder, prefix, path), join(folder, 'kept', hash, prefix, path)]) {
      mkdirSync(dirname(target), { recursive: true })
      copyFileSync(join(root, name), target)
    }
  }
}

const [, program, folder] = process.argv
if (program === import.meta.filename && folder) publish(folder)
