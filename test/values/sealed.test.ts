/** Sealed texts open for their owner, with the current secret or the former one. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Sealer } from '../../app/values/sealed.ts'

describe('values/sealed', () => {
  test('a text opens for its owner only, and not once it was changed', () => {
    const sealer = new Sealer(['a'.repeat(32)], 'test')
    const sealed = sealer.seal('secret', '7')
    assert.notEqual(sealed, sealer.seal('secret', '7'))
    assert.deepEqual(sealer.open(sealed, '7'), { text: 'secret', isOutdated: false })
    assert.equal(sealer.open(sealed, '8'), undefined)
    assert.equal(new Sealer(['a'.repeat(32)], 'other').open(sealed, '7'), undefined)
    const changed = (sealed[30] === 'A' ? 'B' : 'A') + sealed.slice(1)
    for (const text of ['', 'x', sealed.slice(0, 20), sealed.slice(0, -4), changed])
      assert.equal(sealer.open(text, '7'), undefined, text)
  })

  test('a new secret opens what the former one sealed, and says so', () => {
    const sealed = new Sealer(['a'.repeat(32)], 'test').seal('secret', '7')
    const rotated = new Sealer(['b'.repeat(32), 'a'.repeat(32)], 'test')
    assert.deepEqual(rotated.open(sealed, '7'), { text: 'secret', isOutdated: true })
    assert.equal(new Sealer(['b'.repeat(32)], 'test').open(sealed, '7'), undefined)
  })
})
