/** `npm run roll:compose`: the calls of docker, in their order. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

/**
 * Notes its arguments, and has replicas: one more after `up` of app, one fewer after `rm`. With FAILURE a new replica does
 * not become healthy, and the program gets that signal.
 */
const DOCKER = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
case "$*" in
  'compose ps -q app') cat "$FOLDER/replicas" ;;
  'compose up '*' app') echo "new$(wc -l <"$FOLDER/calls")" >>"$FOLDER/replicas" ;;
  'inspect '*) if [ "$FAILURE" ]; then kill -"$FAILURE" $PPID; else echo healthy; fi ;;
  'rm --force '*) sed -i "/^$3$/d" "$FOLDER/replicas" ;;
  'rm '*) sed -i "/^$2$/d" "$FOLDER/replicas" ;;
esac
`

/** Creates a host with replicas. `roll` runs the program, `replicas` and `calls` say what there is after it. */
function host(t: TestContext) {
  const folder = scratch(t)
  writeFileSync(join(folder, 'docker'), DOCKER, { mode: 0o755 })
  writeFileSync(join(folder, 'replicas'), 'old1\nold2\n')
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n')
  return {
    roll: (FAILURE = '') => {
      const env = { ...process.env, FOLDER: folder, FAILURE, PATH: `${folder}:${process.env.PATH}` }
      const program = join(root, 'app/ops/roll-compose.ts')
      return spawnSync(process.execPath, [program], { env, encoding: 'utf8' })
    },
    replicas: () => lines('replicas'),
    calls: () => lines('calls')
  }
}

describe('ops/roll-compose', () => {
  test('nginx has the new static files before a new replica starts, and every old replica is replaced', t => {
    const { roll, replicas, calls } = host(t)
    const { status, stderr } = roll()
    assert.deepEqual([status, stderr], [0, ''])
    const up = 'compose up -d --no-deps --no-recreate --scale app=3 app'
    assert.deepEqual(
      calls().filter(call => !/^(compose ps|inspect) /.test(call)),
      [
        'compose build --quiet app migrate publish',
        'compose up -d --no-deps nginx',
        'compose run --rm publish',
        'compose run --rm migrate',
        ...['old1', 'old2'].flatMap(id => [up, `stop --time 15 ${id}`, `rm ${id}`]),
        'compose run --rm migrate' // for the rows that old replicas wrote meanwhile
      ]
    )
    assert.match(replicas().join(), /^new\d+,new\d+$/)
  })

  for (const signal of ['INT', 'TERM', 'HUP'])
    test(`at SIG${signal} the replica that was added is removed`, t => {
      const { roll, replicas } = host(t)
      const { status, stderr } = roll(signal)
      assert.equal(status, 1)
      assert.match(stderr, new RegExp(`SIG${signal}: the other replicas keep running`))
      assert.deepEqual(replicas(), ['old1', 'old2'])
      assert.equal(existsSync(join(root, 'data/roll-compose')), false)
      assert.deepEqual([roll().status, replicas().length], [0, 2])
    })

  test('the replica that a killed run has left is removed by the next, which keeps their number', t => {
    const { roll, replicas } = host(t)
    assert.equal(roll('KILL').signal, 'SIGKILL')
    assert.equal(replicas().length, 3)
    const { status, stdout } = roll()
    assert.equal(status, 0)
    assert.match(stdout, /replica 2 of 2 replaced in [\d.]+ s\none replica too many removed\n$/)
    assert.match(replicas().join(), /^new\d+,new\d+$/)
  })
})
