/** YAML: what is refused, in one line. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { parseYaml } from '../../app/config/yaml.ts'

const refused = {
  'server: {}\n---\nlog: {}\n': 'A second document begins at line 2, column 1',
  'server:\n\tport: 1\n': 'Tabs are not allowed as indentation at line 2, column 1',
  'log: {}\nlog: {}\n': 'Map keys must be unique at line 2, column 1',
  'database: !foo {engine: sqlite}\n': 'Unresolved tag: !foo at line 1, column 11',
  'server: *all\n': 'Unresolved alias (the anchor must be set before the alias): all'
}

describe('config/yaml', () => {
  for (const [text, message] of Object.entries(refused))
    test(`${JSON.stringify(text)} is refused`, () => assert.throws(() => parseYaml(text), { message }))

  test('one document is read, with and without its marks', () => {
    assert.deepEqual(parseYaml('--- # settings\nserver: &a {port: 1}\nlog: *a\n...\n'), {
      server: { port: 1 },
      log: { port: 1 }
    })
    assert.equal(parseYaml('# nothing\n'), null)
  })

  test('a key that is no text prints no warning of Node.js', () => {
    const program = JSON.stringify(join(root, 'app/config/yaml.ts'))
    const code = `import { parseYaml } from ${program}; parseYaml('? [a]\\n: 1')`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8'
    })
    assert.deepEqual([status, stderr], [0, ''])
  })
})
