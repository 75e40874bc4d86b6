/** Comments are wrapped at 100 columns, which no formatter does. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { root } from '../app/config/load.ts'

const FILES = '{app,bench,docs,static,test}/**/*.{ts,js,css}'
/** A line of a comment, unless it is an instruction to the linter. */
const COMMENT = /^ *(?:\/\*|\*|\/\/)(?! oxlint)/

describe('comments', () => {
  test('no line of a comment has more than 100 columns', () => {
    const files = globSync(FILES, { cwd: root, exclude: ['**/node_modules'] })
    const found = files.flatMap(file =>
      readFileSync(`${root}/${file}`, 'utf8')
        .split('\n')
        .flatMap((line, n) => (line.length > 100 && COMMENT.test(line) ? [`${file}:${n + 1}`] : []))
    )
    assert.ok(files.length > 900, 'all files are read')
    assert.deepEqual(found, [])
  })
})
