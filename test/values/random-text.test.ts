import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomText } from '../../app/values/random-text.ts'

describe('values/random-text', () => {
  test('a text is 128 random bits, and none comes twice', () => {
    const drawn = Array.from({ length: 1_000 }, randomText)
    assert.equal(new Set(drawn).size, 1_000)
    for (const text of drawn) {
      assert.match(text, /^[\w-]{22}$/)
      assert.equal(Buffer.from(text, 'base64url').length, 16)
    }
  })
})
