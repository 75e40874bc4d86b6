/** `npm run stack`: what it refuses. test/stack/ starts real stacks. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { freePort } from '../../app/ops/servers.ts'
import { scratch } from '../support/engines.ts'

/** Answers as the supervisor of a stack that stops does. */
const SUPERVISORCTL = `#!/bin/sh
case "$*" in *' status') echo 'nginx STOPPED Nov 30 10:00 AM' ;; esac
`

describe('ops/stack', () => {
  test('the folder of a running stack is left as it is, and another port does not help', async t => {
    const programs = scratch(t)
    for (const name of ['supervisorctl', 'supervisord'])
      writeFileSync(join(programs, name), SUPERVISORCTL, { mode: 0o755 })
    const folder = join(programs, 'stack')
    mkdirSync(folder)
    const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` }
    const ports = ['--port', String(await freePort()), '--first-port', String(await freePort())]
    const args = [join(root, 'app/ops/stack.ts'), '--folder', folder, '--replicas', '1', ...ports]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      env,
      encoding: 'utf8',
      timeout: 60_000
    })
    assert.equal(stderr, `✖ A stack runs in ${folder} already: stop it first\n`)
    assert.deepEqual([status, stdout, readdirSync(folder)], [1, '', []])
  })
})
