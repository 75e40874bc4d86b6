/** What a font file says of its characters. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { readWidths } from '../../app/values/font.ts'

const fontOf = (name: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))

describe('values/font', () => {
  test('a font has the characters of its scripts, as wide as it says', () => {
    const widths = readWidths(fontOf('DejaVuSans-Bold'))
    for (const char of 'AzÄßőЖשم€…9') assert.ok(widths.get(char.codePointAt(0)!)! > 0, char)
    for (const char of '漢字かक👍🏖\u{10ffff}') assert.equal(widths.get(char.codePointAt(0)!), undefined, char)
    assert.ok(widths.get(0x57)! > widths.get(0x69)!, 'W is wider than i')
    assert.ok(widths.get(0x1f600)! > 0, 'a character beyond the first 65,536')
  })

  test('every character of a font of one width is as wide', () => {
    const widths = readWidths(fontOf('DejaVuSansMono'))
    assert.deepEqual(
      new Set(Array.from('iWÄЖ', char => widths.get(char.codePointAt(0)!))),
      new Set([1233 / 2048])
    )
  })

  test('a collection is read as its first font', () => {
    const font = fontOf('DejaVuSansMono')
    const head = Buffer.alloc(16)
    head.write('ttcf')
    head.writeUInt32BE(1, 8)
    head.writeUInt32BE(16, 12)
    const moved = Buffer.concat([head, font])
    for (let n = 0; n < font.readUInt16BE(4); n++) {
      const at = 16 + 12 + 16 * n + 8
      moved.writeUInt32BE(moved.readUInt32BE(at) + 16, at)
    }
    assert.deepEqual(readWidths(moved), readWidths(font))
  })

  test('a file that is no font throws', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('not a font at all'),
      fontOf('DejaVuSans').subarray(0, 4000)
    ])
      assert.throws(() => readWidths(bytes), /RangeError|TypeError/)
  })
})
