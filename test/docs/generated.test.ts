/** The generated pages of docs/ are up to date. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { pages } from '../../docs/generate.ts'

describe('docs/generate', () => {
  for (const [path, content] of Object.entries(pages)) {
    test(`${path} is up to date: npm run docs writes it`, () => {
      assert.equal(readFileSync(join(root, path), 'utf8'), content)
    })
  }

  test('every setting has a description', () => {
    assert.doesNotMatch(pages['docs/configuration.md']!, /undefined/)
  })
})
