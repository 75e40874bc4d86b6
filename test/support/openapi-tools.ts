/**
 * Tools of the tests that are installed apart from our packages, each set in the folder of its lock
 * file.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../app/config/load.ts'

/** Tells whether the packages of the lock file in this folder are installed. */
function isInstalled(folder: string) {
  const read = (path: string) =>
    JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, unknown> }
  const installed = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(installed)) return false
  const wanted = Object.keys(read(join(folder, 'package-lock.json')).packages).filter(Boolean)
  const present = read(installed).packages
  return wanted.every(name => name in present)
}

/**
 * Installs the packages of a folder of the repository at the first use. Returns the path of the
 * folder.
 */
function installApart(name: string): string {
  const folder = join(root, name)
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  if (!isInstalled(folder)) execFileSync('npm', ['ci', '--prefix', folder, ...quiet])
  return folder
}

/** Returns the folder of the tools for the OpenAPI document. */
export const openapiTools = () => installApart('test/openapi')

/** Imports a module of a tool. `folder`: where the tool is installed. */
export const importTool = async (path: string, folder = 'test/openapi'): Promise<unknown> =>
  import(join(installApart(folder), 'node_modules', path))
