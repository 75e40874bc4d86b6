/** `npm run roll`: the calls of supervisorctl. test/stack/replicas.test.ts replaces the replicas of a real stack. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

/** Notes its arguments, and has one replica. */
const SUPERVISORCTL = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
case "$*" in *' status') echo 'app:9101 RUNNING pid 1, uptime 0:01:00' ;; esac
`

describe('ops/roll', () => {
  test('a wrong option is answered in one line with the usage', () => {
    for (const args of [['--bogus'], ['--replicas', 'x'], ['--port', '0']]) {
      const program = [join(root, 'app/ops/roll.ts'), ...args]
      const { status, stderr } = spawnSync(process.execPath, program, { encoding: 'utf8', timeout: 60_000 })
      assert.equal(status, 2)
      assert.match(stderr, /^✖ [^\n]+\n\nnpm run stack -- [^\n]+\n$/)
    }
  })

  test('a stack that was started with other files of nginx is not touched', t => {
    const folder = scratch(t)
    writeFileSync(join(folder, 'supervisorctl'), SUPERVISORCTL, { mode: 0o755 })
    const env = { ...process.env, FOLDER: folder, PATH: `${folder}:${process.env.PATH}` }
    const args = [join(root, 'app/ops/roll.ts'), '--folder', folder]
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: 60_000 })
    assert.equal(status, 1)
    assert.match(stderr, /^✖ nginx\.conf or a file of config\/ has changed [^\n]+\n$/)
    assert.match(readFileSync(join(folder, 'calls'), 'utf8'), /^\S+ \S+ status\n$/)
  })
})
