/** Every pattern takes linear time. A slower one would exceed the time limit here. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import vm from 'node:vm'
import { root } from '../app/config/load.ts'

/** Files whose patterns read only trusted text: configuration, environment and our own SQL. */
const trusted = new Set([
  'app/config/environment.ts',
  'app/config/site-address.ts',
  'app/db/migrations/migrate.ts'
])

const literal =
  /(?<=[=(:[,!|&?]\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)(?=[.,)\]\s;])/g
const patternsIn = (source: string) =>
  [...source.matchAll(literal)].map(([, pattern, flags]) => ({ pattern: pattern!, flags: flags! }))

/** Length of the inputs. Linear patterns take milliseconds, quadratic ones seconds. */
const length = 50_000
/** Processor time that a pattern may take for all of its inputs; a busy machine does not count. */
const MAX_CPU_MS = 3_000
/**
 * Generates long repetitions of the pattern's parts, with an end that does not match, also behind
 * what opens a quote, and between two characters that do not match.
 */
function worst(pattern: string): string[] {
  const spoken = pattern.replace(/\\u\{?([0-9A-F]+)\}?/g, (_, code) =>
    String.fromCodePoint(Number.parseInt(code, 16))
  )
  const words = [
    ...new Set([...spoken.matchAll(/\w{2,}/g)].map(String)),
    ...new Set(spoken),
    ' ',
    '\n',
    'a',
    '1',
    '-',
    '\u{1F600}'
  ]
  const starts = ['"', '(', '<', '['].filter(one => spoken.includes(one))
  return words.flatMap(word => {
    const long = word.repeat(length / word.length)
    return [
      ...['\0', '\n\0', 'a'].map(end => long + end),
      ...starts.map(start => `${start}${long}\0`),
      ...['\0', 'a'].map(around => around + long + around)
    ]
  })
}

/** Tells whether the pattern handles all of them within this processor time. */
function ends(pattern: string, flags: string, maxCpuMs = MAX_CPU_MS): boolean {
  const world = { pattern: new RegExp(pattern, flags), inputs: worst(pattern) }
  const before = process.threadCpuUsage()
  try {
    vm.runInNewContext('for (const input of inputs) input.replace(pattern, "")', world, {
      timeout: 10 * maxCpuMs
    })
    return process.threadCpuUsage(before).user < 1_000 * maxCpuMs
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw error
  }
}

describe('patterns', () => {
  test('the check detects slow patterns', () => {
    const source = String.raw`const a = /^(\w+\s?)*$/.test(text), b = text.replace(/\s+$/, ''),
      c = text.replaceAll(/^[^a-z]+|[^a-z]+$/g, '')`
    const found = patternsIn(source)
    assert.deepEqual(
      found.map(({ pattern }) => pattern),
      [String.raw`^(\w+\s?)*$`, String.raw`\s+$`, '^[^a-z]+|[^a-z]+$']
    )
    for (const { pattern, flags } of found) assert.equal(ends(pattern, flags, 300), false, pattern)
  })

  test('every pattern is fast on long repetitions of its own characters', t => {
    const files = globSync(['app/**/*.ts', 'static/js/*.js'], { cwd: root }).filter(
      name => !trusted.has(name)
    )
    const found = files.flatMap(name =>
      patternsIn(readFileSync(join(root, name), 'utf8')).map(one => ({ ...one, name }))
    )
    t.diagnostic(`${found.length} patterns`)
    assert.ok(found.length > 40)
    const slow = found.filter(({ pattern, flags }) => !ends(pattern, flags))
    assert.deepEqual(
      slow.map(({ name, pattern, flags }) => `${name}: /${pattern}/${flags}`),
      []
    )
  })
})
