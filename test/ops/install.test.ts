/** Installation of packages, with a script in place of apt-get. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { install, onPath } from '../../app/ops/install.ts'
import { scratch } from '../support/engines.ts'

/** The options that make apt wait for the lock of dpkg. */
const lock = '-o DPkg::Lock::Timeout=5'

const isRoot = process.getuid?.() === 0

/** Runs install() in a new process, in which `body` is apt-get. */
async function installWith(t: TestContext, body: string) {
  const folder = scratch(t)
  writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\necho "$@" >>${folder}/calls\n${body}\n`, { mode: 0o755 })
  const code = `import { installOrExit } from '${join(root, 'app/ops/install.ts')}'
    await installOrExit({ there: ['true'], absent: ['false'] })`
  const env = { ...process.env, FOLDER: folder, PATH: `${folder}:${process.env.PATH}` }
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>(resolve => {
    const args = ['--input-type=module-typescript', '--eval', code]
    execFile(process.execPath, args, { env }, (_error, stdout, stderr) => resolve({ stdout, stderr }))
  })
  const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : ''
  return { stdout, stderr, calls: calls.trim().split('\n') }
}

describe('ops/install', () => {
  test('nothing is installed if no package is missing', async () => {
    await install({ 'a shell': onPath('sh') })
  })

  test('only missing packages are installed', { skip: !isRoot }, async t => {
    const { calls, stdout, stderr } = await installWith(t, 'exit 0')
    assert.deepEqual(calls, [`-qq ${lock} update`, `-qq ${lock} install -y --no-install-recommends absent`])
    assert.deepEqual([stdout, stderr], ['installing absent …\n', ''])
  })

  test('it waits for a lock of another process and prints one line', { skip: !isRoot }, async t => {
    const locked =
      'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt)\nE: Unable to lock directory'
    const { calls, stdout } = await installWith(
      t,
      `[ $(wc -l <"$FOLDER/calls") -gt 2 ] || { echo '${locked}' >&2; exit 100; }`
    )
    assert.deepEqual(
      calls.slice(0, 3),
      Array.from({ length: 3 }, () => `-qq ${lock} update`)
    )
    assert.equal(calls.length, 4)
    assert.equal(stdout, 'installing absent …\nanother process holds the lock of apt: waiting for it …\n')
  })

  test('any other failure of apt-get is reported and stops the installation', { skip: !isRoot }, async t => {
    const { calls, stderr } = await installWith(
      t,
      "echo 'E: Unable to fetch\nE: Some index files failed' >&2; exit 100"
    )
    assert.equal(stderr, '✖ apt-get update failed: E: Unable to fetch; E: Some index files failed\n')
    assert.equal(calls.length, 1)
  })
})
