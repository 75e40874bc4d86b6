/** The faults that `npm run mutants` puts into a source, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mutantsOf, mutate } from './mutations.ts'

/** A source, and some of its mutants. */
const cases: Array<[what: string, source: string, mutants: string[]]> = [
  ['a comparison', 'a < b', ['(a <= b)', '(a >= b)']],
  ['an equality', 'a === b', ['(a !== b)']],
  ['two conditions', 'a && b', ['(a || b)']],
  ['a default', 'a ?? b', ['(a && b)']],
  ['a condition', 'if (a) b()', ['if (true) b()', 'if (false) b()', 'if (a) ;']],
  ['a choice', 'a ? 1 : 2', ['true ? 1 : 2', 'false ? 1 : 2', 'a ? 2 : 2', 'a ? 1 : 3']],
  ['a negation', '!a', ['a']],
  ['a text', '"a"', ['""']],
  ['an empty text', '""', ['"mutant"']],
  ['a list', '[a, b]', ['[]', '[b]', '[a]']],
  ['an object', 'f({ a, b })', ['f(({b}))', 'f(({a}))']],
  ['a method', 'a.some(b)', ['a.every(b)']],
  ['a step of a chain', 'a.filter(b).c', ['a.c']],
  ['an optional access', 'a?.b', ['a.b']],
  ['a returned value', 'function f() { return a }', ['function f() { return undefined; }']],
  ['an error', 'if (a) throw b', ['if (a) ;']],
  ['an arrow', '() => a', ['() => undefined']],
  ['a value beside a type', 'const a: "c" | 1 = b < 2', ['const a: "c" | 1 = (b <= 2)']],
  ['an import', 'import { a } from "b"', []],
  ['anchors', '/^a$/', ['/a$/', '/^a/']],
  ['a class', String.raw`/[a\]b]/`, [String.raw`/[\]b]/`, '/[ab]/', String.raw`/[a\]]/`]],
  ['a range of a class', '/[a-z_]/', ['/[_]/', '/[a-z]/', '/[^a-z_]/']],
  ['a kind of character', String.raw`/\d+/`, [String.raw`/\D+/`, String.raw`/\d/`]]
]

describe('mutants/mutations', () => {
  for (const [what, source, expected] of cases)
    test(`${what}: ${source}`, () => {
      const found = mutantsOf(source).map(mutant => mutate(source, mutant))
      for (const mutant of expected) assert.ok(found.includes(mutant), `${mutant} in\n${found.join('\n')}`)
      assert.ok(!found.includes(source), 'a mutant differs')
    })
})
