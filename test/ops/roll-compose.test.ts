/** `npm run roll:compose`: the calls of docker, in their order. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { scratch } from '../support/engines.ts'

/** Notes its arguments, and has replicas: one more after `up` of app, one fewer after `rm`. */
const DOCKER = `#!/bin/sh
echo "$*" >>"$FOLDER/calls"
case "$*" in
  'compose ps -q app') cat "$FOLDER/replicas" ;;
  'compose up '*' app') echo "new$(wc -l <"$FOLDER/calls")" >>"$FOLDER/replicas" ;;
  'inspect '*) echo healthy ;;
  'rm '*) sed -i "/^$2$/d" "$FOLDER/replicas" ;;
esac
`

describe('ops/roll-compose', () => {
  test('nginx has the new static files before a new replica starts, and every old replica is replaced', t => {
    const folder = scratch(t)
    writeFileSync(join(folder, 'docker'), DOCKER, { mode: 0o755 })
    writeFileSync(join(folder, 'replicas'), 'old1\nold2\n')
    const env = { ...process.env, FOLDER: folder, PATH: `${folder}:${process.env.PATH}` }
    const program = join(root, 'app/ops/roll-compose.ts')
    const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''])
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
    const up = 'compose up -d --no-deps --no-recreate --scale app=3 app'
    assert.deepEqual(
      calls.filter(call => !/^(compose ps|inspect) /.test(call)),
      [
        'compose build --quiet app migrate publish',
        'compose up -d --no-deps nginx',
        'compose run --rm publish',
        'compose run --rm migrate',
        ...['old1', 'old2'].flatMap(id => [up, `stop --time 15 ${id}`, `rm ${id}`]),
        'compose run --rm migrate' // for the rows that old replicas wrote meanwhile
      ]
    )
    assert.match(readFileSync(join(folder, 'replicas'), 'utf8'), /^new\d+\nnew\d+\n$/)
  })
})
