/** Every used key exists, and every existing key is used. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { grammarOf } from '../../app/i18n/grammar.ts'
import en from '../../app/i18n/locales/en.ts'

const read = (pattern: string, exclude: string[] = []) =>
  globSync(pattern, { cwd: root, exclude }).map(path => readFileSync(join(root, path), 'utf8'))

const templates = read('views/**/*.html').join('\n')
const code = read('app/**/*.ts', ['app/i18n/locales/*']).join('\n')

/** Lists all keys, such as `home.title`, except those of the grammar. */
function keysOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? keysOf(inner, `${path}${name}.`) : [`${path}${name}`]
  )
}

const { errors, mistakes, ...said } = en
const given = new Set(['name', ...Object.keys(grammarOf('en'))])
const keys = keysOf(said).filter(key => !given.has(key))

/** What templates pass to the macros that make a field for each value of a group. */
const passed = [...templates.matchAll(/\b(?:radios|checks)\(([^)]*)/g)].map(([, given]) => given).join()

/**
 * Groups from which templates choose by key, like `t.question.results[…]`, or over which they loop.
 */
const groups = [
  ...templates.matchAll(/\bt\.([\w.]+)\[|\bin t\.([\w.]+) %/g),
  ...passed.matchAll(/\bt\.([\w.]+)/g)
].map(([, one, other]) => one ?? other!)

function find(path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], en)
}

describe('i18n/usage', () => {
  test('every key of a template is in the catalogue', () => {
    const used = [...templates.matchAll(/\bt\.([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)/g)].map(([, path]) => path!)
    assert.ok(used.length > 200)
    const missing = used.filter(path => {
      const value = find(path)
      return value === undefined || (typeof value === 'object' && !groups.includes(path))
    })
    assert.deepEqual(missing, [])
  })

  test('every key of the catalogue is used', () => {
    const isUsed = (key: string) => {
      if (groups.some(group => key.startsWith(`${group}.`))) return true
      const [group, name] = key.split('.')
      if (new RegExp(`\\bt\\.${group}\\.${name}\\b`).test(templates)) return true
      // Code takes a group first: result.leads, or `const { program } = request.locale.sessions`.
      return new RegExp(`\\b${group}\\.${name}\\b|\\{ ${name} \\} = [\\w.]+\\.${group}\\b`).test(code)
    }
    assert.deepEqual(
      keys.filter(key => !isUsed(key)),
      []
    )
  })

  test('every error has a sentence, and every sentence about a field is used', () => {
    const keys = readFileSync(join(root, 'app/errors.ts'), 'utf8').matchAll(/Error\(2\d{4}, '(\w+)'/g)
    assert.deepEqual(
      [...keys].map(([, key]) => key),
      Object.keys(errors)
    )
    const named = new Set([...code.matchAll(/messageKey\('(\w+)'/g)].map(([, name]) => name))
    const isSaid = (name: string) => named.has(name) || code.includes(`mistakes.${name}`)
    assert.deepEqual(
      Object.keys(mistakes).filter(name => !isSaid(name)),
      []
    )
  })
})
