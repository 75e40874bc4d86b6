/** The static files for nginx: readable, current and under their hashes. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { copyProgram } from '../support/copied.ts'
import { scratch } from '../support/engines.ts'

describe('ops/publish', () => {
  test('all may read the published files, also those of a checkout under umask 077', t => {
    const checkout = copyProgram(t)
    const files = globSync('static/**', { cwd: checkout, withFileTypes: true }).filter(one => one.isFile())
    for (const { parentPath, name } of files) chmodSync(join(parentPath, name), 0o600)
    const target = scratch(t)
    execFileSync(process.execPath, [join(checkout, 'app/ops/publish.ts'), target])
    const published = globSync('**', { cwd: target, withFileTypes: true }).filter(one => one.isFile())
    assert.ok(published.length >= 2 * files.length)
    for (const { parentPath, name } of published)
      assert.equal(statSync(join(parentPath, name)).mode & 0o777, 0o644, name)
  })
})
