/** Whether a colour can be the accent. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accentFault, isHexColour } from '../../app/values/contrast.ts'

describe('values/contrast', () => {
  test('a colour is refused if white on it, or text of it on dark surfaces, is hard to read', () => {
    for (const [colour, fault] of [
      ['#5046c9', null], // the accent of the style sheet
      ['#0b6e4f', null],
      ['#b42331', null],
      ['#767676', null], // 4.54:1, the lightest grey
      ['#777777', 'tooLight'], // 4.48:1
      ['#ffcc00', 'tooLight'],
      ['#ffffff', 'tooLight'],
      ['#000000', 'tooDark'],
      ['#000033', 'tooDark']
    ] as const)
      assert.equal(accentFault(colour), fault, colour)
  })

  test('a colour is # and six hexadecimal digits', () => {
    for (const text of ['#0B6e4f', '#000000']) assert.ok(isHexColour(text), text)
    for (const text of ['', '0b6e4f', '#0b6', '#0b6e4g', '#0b6e4f ', '#0b6e4f;}', 'red']) {
      assert.ok(!isHexColour(text), text)
    }
  })
})
