/** `npm run stack`: what it refuses. test/stack/ starts real stacks. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { freePort } from '../../app/ops/servers.ts'
import { scratch } from '../support/engines.ts'

/** Answers as the supervisor of a stack that stops does. */
const STOPPING = `#!/bin/sh
case "$*" in *' status') echo 'nginx STOPPED Nov 30 10:00 AM' ;; esac
`

/** Runs the program with these supervisors, on a folder beside them in which one listens or not. */
async function runWith(
  t: TestContext,
  supervisors: { supervisorctl: string; supervisord: string },
  { listens = false } = {}
) {
  const programs = scratch(t)
  for (const [name, script] of Object.entries(supervisors))
    writeFileSync(join(programs, name), script, { mode: 0o755 })
  const folder = join(programs, 'stack')
  mkdirSync(join(folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
  if (listens) {
    mkdirSync(join(folder, 'run'))
    const server = createServer().listen(join(folder, 'run/supervisor.sock'))
    t.after(() => server.close())
    await once(server, 'listening')
  }
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` }
  const ports = ['--port', String(await freePort()), '--first-port', String(await freePort())]
  const args = [join(root, 'app/ops/stack.ts'), '--folder', folder, '--replicas', '1', ...ports]
  const options = { env, encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL' } as const
  const ended = spawnSync(process.execPath, args, options)
  return { ...ended, folder }
}

describe('ops/stack', () => {
  test('the folder of a running stack is left as it is, and another port does not help', async t => {
    const supervisors = { supervisorctl: STOPPING, supervisord: STOPPING }
    const { status, stdout, stderr, folder } = await runWith(t, supervisors)
    assert.equal(stderr, `✖ A stack runs in ${folder} already: stop it first\n`)
    assert.deepEqual([status, stdout, readdirSync(folder)], [1, '', ['mariadb']])
  })

  test('a stack that stops, and tells no states any more, is waited for', async t => {
    const supervisors = { supervisorctl: '#!/bin/sh\n', supervisord: '#!/bin/sh\n' }
    const { status, stdout, stderr, folder } = await runWith(t, supervisors, { listens: true })
    assert.equal(stderr, `✖ The stack in ${folder} is still stopping: wait, then start again\n`)
    assert.deepEqual([status, stdout, readdirSync(folder)], [1, '', ['mariadb', 'run']])
  })

  test('it ends when a signal ends supervisord', async t => {
    const supervisors = { supervisorctl: '#!/bin/sh\n', supervisord: '#!/bin/sh\nkill -9 $$\n' }
    const { status, signal, stderr } = await runWith(t, supervisors)
    assert.deepEqual([status, signal], [1, null])
    assert.match(stderr, /✖ supervisord was ended by SIGKILL: its programs may still run\n$/)
  })
})
