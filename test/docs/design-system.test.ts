/** docs/design-system.md agrees with the style sheets. */
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { read } from './documents.ts'

const sheets = globSync('static/css/*.css', { cwd: root })
const DECLARATION = /[\w-]+:[^;{}]+;/g
const COLOUR =
  /#[\da-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|light-dark)a?\(|\b(?:black|white)\b(?!-)/i

describe('docs/design-system.md', () => {
  test('its table names every style sheet', () => {
    const document = read('docs/design-system.md')
    assert.ok(sheets.length > 5)
    for (const sheet of sheets) assert.ok(document.includes(basename(sheet)), sheet)
  })

  test('no style sheet but that of the tokens names a colour', () => {
    const named = sheets.flatMap(sheet =>
      (read(sheet).match(DECLARATION) ?? [])
        .filter(declaration => COLOUR.test(declaration))
        .map(declaration => `${basename(sheet)}: ${declaration}`)
    )
    assert.deepEqual(
      named.filter(declaration => !declaration.startsWith('tokens.css')),
      []
    )
    assert.ok(named.length > 10, 'those of the tokens are found')
  })
})
