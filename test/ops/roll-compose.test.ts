/** `npm run roll:compose`: the calls of docker, in their order. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

/**
 * Notes its arguments, and has replicas: one more after `up` of app, one fewer after `rm`. At a
 * call that begins with FAILS_AT it sends FAILURE to the process group of the program, as Ctrl-C
 * does, or fails itself.
 */
const DOCKER = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
if [ -n "$FAILS_AT" ] && [ "\${*#"$FAILS_AT"}" != "$*" ]; then
  case "$FAILURE" in
    '') exit 1 ;;
    *) kill -s "$FAILURE" -- -$PPID ;;
  esac
fi
case "$*" in
  'compose ps -q app') cat "$FOLDER/replicas" ;;
  'compose up '*' app') echo "new$(wc -l <"$FOLDER/calls")" >>"$FOLDER/replicas" ;;
  'compose ps -q nginx') echo nginx ;;
  'inspect '*' nginx') cat "$FOLDER/volumes" ;;
  'inspect '*) echo healthy ;;
  'logs '*) echo 'its log' ;;
  'rm '*) sed -i "/^$2$/d" "$FOLDER/replicas" ;;
esac
`

/** How the look at the health of a new replica begins. */
const HEALTH = 'inspect -f {{.State.Health'

interface Failure {
  at: string
  /** Without it the call fails. */
  signal?: string
}

/**
 * Creates a host with replicas. `roll` runs the program, `replicas` and `calls` say what there is
 * after it.
 */
function host(t: TestContext) {
  const folder = scratch(t)
  writeFileSync(join(folder, 'docker'), DOCKER, { mode: 0o755 })
  writeFileSync(join(folder, 'replicas'), 'old1\nold2\n')
  writeFileSync(join(folder, 'volumes'), '/srv/vote/public')
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n')
  return {
    roll: async ({ at = '', signal = '' }: Partial<Failure> = {}) => {
      const env = { FOLDER: folder, FAILS_AT: at, FAILURE: signal, PATH: `${folder}:${process.env.PATH}` }
      const child = spawn(process.execPath, [join(root, 'app/ops/roll-compose.ts')], {
        env: { ...process.env, ...env },
        detached: true, // the leader of a process group
        stdio: ['ignore', 'pipe', 'pipe']
      })
      const ended = once(child, 'close')
      const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
      return { status: status as number | null, stdout, stderr }
    },
    dropVolume: () => writeFileSync(join(folder, 'volumes'), ''),
    stopAll: () => writeFileSync(join(folder, 'replicas'), ''),
    replicas: () => lines('replicas'),
    calls: () => lines('calls')
  }
}

/** The calls that change something. */
const changing = (calls: readonly string[]) => calls.filter(call => !/^(compose ps|inspect) /.test(call))

describe('ops/roll-compose', () => {
  test('nginx has the new static files before a new replica starts, and every old replica is replaced', async t => {
    const { roll, replicas, calls } = host(t)
    const { status, stdout, stderr } = await roll()
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /^replica 1 of 2 replaced in [\d.]+ s\nreplica 2 of 2 replaced in [\d.]+ s\n$/)
    const up = 'compose up -d --no-deps --no-recreate --scale app=3 app'
    assert.deepEqual(changing(calls()), [
      'compose build --quiet app migrate publish',
      'compose run --rm publish',
      'compose run --rm --no-deps migrate',
      ...['old1', 'old2'].flatMap(id => [up, `stop --time 15 ${id}`, `rm ${id}`]),
      'compose run --rm --no-deps migrate' // for the rows that old replicas wrote meanwhile
    ])
    assert.match(replicas().join(), /^new\d+,new\d+$/)
  })

  test('nginx of the first version, which lacks the volume of static files, is replaced before they are added', async t => {
    const { roll, dropVolume, calls } = host(t)
    dropVolume()
    assert.equal((await roll()).status, 0)
    assert.deepEqual(changing(calls()).slice(1, 3), [
      'compose up -d --no-deps nginx',
      'compose run --rm publish'
    ])
  })

  test('a site that does not run is not started by halves', async t => {
    const { roll, stopAll, calls } = host(t)
    stopAll()
    const { status, stderr } = await roll()
    assert.deepEqual([status, stderr], [1, '✖ No replica runs: docker compose up -d starts the site\n'])
    assert.deepEqual(calls(), ['compose ps -q app'])
  })

  for (const signal of ['INT', 'TERM', 'HUP'])
    test(`at SIG${signal} the replica that was added is removed`, async t => {
      const { roll, replicas } = host(t)
      const { status, stderr } = await roll({ at: HEALTH, signal })
      assert.deepEqual([status, stderr], [1, `✖ SIG${signal}: the other replicas keep running\n`])
      assert.deepEqual(replicas(), ['old1', 'old2'])
      assert.deepEqual([(await roll()).status, replicas().length], [0, 2])
    })

  for (const at of ['stop', 'rm'])
    test(`interrupted at \`docker ${at}\` of an old replica, it removes that one and no other`, async t => {
      const { roll, replicas } = host(t)
      const { status, stderr } = await roll({ at, signal: 'INT' })
      assert.deepEqual([status, stderr], [1, '✖ SIGINT: the other replicas keep running\n'])
      assert.match(replicas().join(), /^old2,new\d+$/)
    })

  test('interrupted before, it replaces no replica', async t => {
    const { roll, replicas } = host(t)
    const { status, stderr } = await roll({ at: 'compose', signal: 'INT' })
    assert.deepEqual([status, stderr], [1, '✖ SIGINT: the other replicas keep running\n'])
    assert.deepEqual(replicas(), ['old1', 'old2'])
  })

  test('a replica that does not become healthy is removed after its log is printed', async t => {
    const { roll, replicas, calls } = host(t)
    const { status, stderr } = await roll({ at: HEALTH })
    assert.equal(status, 1)
    assert.match(stderr, /^its log\n✖ docker inspect .* failed\n$/)
    assert.deepEqual(replicas(), ['old1', 'old2'])
    const ends = calls().map(call => call.replace(/new\d+$/, 'ID'))
    assert.deepEqual(ends.slice(-3), ['logs --tail 50 ID', 'stop --time 15 ID', 'rm ID'])
  })
})
