/** Bounded fields of a rejected form, as a table. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { boundTyped } from '../../app/values/typed.ts'

const emoji = '😀'

describe('values/typed', () => {
  for (const [what, body] of [
    ['nothing', undefined],
    ['null', null],
    ['text', 'a=b'],
    ['a number', 1]
  ] as const)
    test(`${what} has no fields`, () => assert.deepEqual(boundTyped(body), {}))

  test('fields within the limits are unchanged', () => {
    const body = { text: 'a'.repeat(21_000), list: ['a', 'b'.repeat(500)], n: 1, empty: null, yes: true }
    assert.deepEqual(boundTyped(body), body)
  })

  const cases: Array<[what: string, value: unknown, shown: unknown]> = [
    ['a text of 21,001 units', 'a'.repeat(21_001), 'a'.repeat(21_000)],
    ['an emoji across the end', `a${emoji.repeat(10_500)}`, `a${emoji.repeat(10_499)}`],
    ['an emoji at the end', emoji.repeat(10_501), emoji.repeat(10_500)],
    ['a list of 52 items', Array.from({ length: 52 }, () => 'a'), Array.from({ length: 51 }, () => 'a')],
    ['an item of 501 units', ['a'.repeat(501)], ['a'.repeat(500)]],
    ['an item of a list in a list', [['a'.repeat(501)]], [['a'.repeat(500)]]],
    ['a field of an object', { inner: 'a'.repeat(21_001) }, { inner: 'a'.repeat(21_000) }],
    ['a high surrogate alone', '\uD83D', ''],
    ['a high surrogate before other text', '\uD83Da', '\uD83Da']
  ]
  for (const [what, value, shown] of cases)
    test(`${what} is truncated`, () => assert.deepEqual(boundTyped({ field: value }), { field: shown }))

  test('only the first 120 fields are shown', () => {
    const fields = Object.fromEntries(Array.from({ length: 121 }, (_, n) => [`f${n}`, n]))
    const shown = boundTyped(fields)
    assert.equal(Object.keys(shown).length, 120)
    assert.equal(shown.f119, 119)
  })
})
