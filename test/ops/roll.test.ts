/**
 * `npm run roll`: the calls of supervisorctl. test/stack/replicas.test.ts replaces the replicas of
 * a real stack.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { prepare } from '../../app/ops/stack-folder.ts'
import { scratch } from '../support/engines.ts'

/** Notes its arguments, and has one replica. */
const SUPERVISORCTL = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
case "$*" in *' status') echo 'app:9101 RUNNING pid 1, uptime 0:01:00' ;; esac
`

/**
 * Has two replicas. While it restarts one, it sends SIGINT to the process group of the program, as
 * Ctrl-C does.
 */
const INTERRUPTED = `#!/bin/sh
case "$*" in
  *' status') printf 'app:%d RUNNING pid 1, uptime 0:01:00\\n' 9101 9102 ;;
  *' restart '*)
    echo "$4 stopped" >>"$FOLDER/calls"
    kill -s INT -- -$PPID
    echo "$4 started" >>"$FOLDER/calls"
    ;;
esac
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
  test('Ctrl-C while a replica is restarted leaves it started, and the next one alone', async t => {
    const folder = scratch(t)
    writeFileSync(join(folder, 'supervisorctl'), INTERRUPTED, { mode: 0o755 })
    mkdirSync(join(folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    prepare({ folder, port: 8008, firstPort: 9101, replicas: 2, publicUrl: '' })
    const child = spawn(process.execPath, [join(root, 'app/ops/roll.ts'), '--folder', folder], {
      env: { ...process.env, FOLDER: folder, PATH: `${folder}:${process.env.PATH}` },
      detached: true, // the leader of a process group
      stdio: ['ignore', 'ignore', 'pipe']
    })
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
    assert.deepEqual([status, stderr], [1, '✖ SIGINT: the other replicas keep running\n'])
    assert.equal(readFileSync(join(folder, 'calls'), 'utf8'), 'app:9101 stopped\napp:9101 started\n')
  })
})
