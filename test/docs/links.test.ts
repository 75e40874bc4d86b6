/** Links and paths in the documents exist. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { documents, read } from './documents.ts'

/** Returns GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!))

describe('the documents', () => {
  for (const { name, text } of documents()) {
    test(`${name}: every link leads to a file and a heading`, () => {
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target!)) continue
        const [path, anchor] = target!.split('#')
        const file = path ? join(dirname(name), path) : name
        assert.ok(existsSync(join(root, file)), target)
        if (anchor) assert.ok(anchorsOf(read(file)).includes(anchor), target)
      }
    })

    test(`${name}: every path that it names exists`, () => {
      const folders = 'app|config|sql|views|static|test|bench|docs'
      for (const [, path] of text.matchAll(new RegExp(`\`((?:${folders})/[\\w./@-]*)\``, 'g')))
        assert.ok(existsSync(join(root, path!)), path)
    })
  }
})
