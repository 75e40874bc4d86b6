/** Tools for the OpenAPI document, which are installed in test/openapi apart from our packages. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/config/load.ts'

const folder = join(root, 'test/openapi')

/** Tells whether the packages of the lock file are installed. */
function isInstalled() {
  const read = (path: string) =>
    JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, unknown> }
  const installed = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(installed)) return false
  const wanted = Object.keys(read(join(folder, 'package-lock.json')).packages).filter(Boolean)
  const present = read(installed).packages
  return wanted.every(name => name in present)
}

/** Installs the tools at the first use. Returns their folder. */
export function openapiTools(): string {
  if (!isInstalled())
    execFileSync('npm', [
      'ci',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error'
    ])
  return folder
}

/** Imports a module of a tool. */
export const importTool = async (path: string): Promise<unknown> =>
  import(join(openapiTools(), 'node_modules', path))
