/** docs/architecture.md agrees with the code. */
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { read } from './documents.ts'

const architecture = read('docs/architecture.md')

/** Returns the text between two headings or other texts. */
const between = (text: string, begin: string, end: string) => text.split(begin)[1]!.split(end)[0]!

/** Returns the files of the plugins that a source registers, in order, without `.ts`. */
function registeredIn(source: string, text = source): string[] {
  const imports = [...source.matchAll(/^import \{ (\w+) \} from '(.*)\.ts'/gm)]
  const fileOf = new Map(imports.map(([, name, path]) => [name, basename(path!)]))
  const registered = [...text.matchAll(/^ *await \w+\.register\((\w+)/gm)].map(([, name]) => name!)
  return registered.flatMap(name => fileOf.get(name) ?? [])
}

/** Returns the plugins that a part of the document names, in order. */
const namedIn = (text: string) => [...text.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!)

describe('docs/architecture.md', () => {
  test('its table of caches names every file of app/cache and every file that remembers results, or its folder', () => {
    const table = architecture.split('## Caches')[1]!
    const files = globSync('app/**/*.ts', { cwd: root })
    const caches = files.filter(
      file => file.startsWith('app/cache/') || /memoize\(|createLRU[(<]/.test(read(file))
    )
    assert.ok(caches.length > 5)
    for (const file of caches)
      assert.ok(
        [file, `${dirname(file)}/`].some(path => table.includes(`\`${path}\``)),
        file
      )
  })

  test('it names the plugins in the order in which they are registered', () => {
    const order = between(architecture, '## Order of the plugins', '## One vote')
    const app = read('app/app.ts')
    const [outer, site] = app.split('async function registerSite') as [string, string]
    const frames = between(order, 'Within it:', 'routes')

    assert.deepEqual(
      namedIn(between(order, 'fails at boot.', 'the scope of frames')),
      registeredIn(app, outer).map(name => (name === 'view' ? 'views' : name))
    )
    assert.deepEqual(namedIn(frames), registeredIn(read('app/plugins/frames.ts')))
    assert.deepEqual(
      [...namedIn(between(order, 'In the scope of the site:', 'routes')), 'index'],
      registeredIn(app, site)
    )
  })

  test('its vote passes at most 24 files, none of them twice', () => {
    const steps = between(architecture, '## One vote', 'Then the ballot box').match(/^\d+\. .*$/gm) ?? []
    const files = steps.map(step => /^\d+\. `(app\/[\w/-]+\.ts)`/.exec(step)?.[1])
    assert.ok(steps.length > 0 && steps.length <= 24, String(steps.length))
    assert.ok(
      files.every(file => file !== undefined),
      'each step begins with its file'
    )
    assert.equal(new Set(files).size, files.length)
  })
})
