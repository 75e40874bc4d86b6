/** Copies of the folder of the program, whose files a test may change. */
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type * as appModule from '../../app/app.ts'
import type * as configModule from '../../app/config/load.ts'
import { root } from '../../app/config/load.ts'
import { atEnd } from './at-end.ts'
import { embedded, scratch } from './engines.ts'

/**
 * Copies the program, with its packages as a link. Returns the folder, which is deleted when the
 * test ends.
 */
export function copyProgram(t: TestContext): string {
  const folder = scratch(t)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const name of ['app', 'package.json', 'sql', 'static', 'views'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  return folder
}

/** Builds the application of a copy of the program. Closed when the test ends. */
export async function startCopy(t: TestContext) {
  const folder = copyProgram(t)
  // The types are those of this program, of which it is a copy.
  const { buildApp } = (await import(join(folder, 'app/app.ts'))) as typeof appModule
  const { checkConfig } = (await import(join(folder, 'app/config/load.ts'))) as typeof configModule
  const app = await buildApp(checkConfig(await embedded.config(t)))
  atEnd(t, () => app.close())
  return { app, folder }
}
