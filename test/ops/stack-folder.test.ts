/** The folder of a stack: what a start writes, and what a host adds. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../../app/config/load.ts'
import { environment } from '../../app/config/programs.ts'
import { loadStackConfig } from '../../app/config/stack.ts'
import { isStartCurrent, prepare, prepareNginx, variables } from '../../app/ops/stack-folder.ts'
import { readStack, type Stack } from '../../app/ops/stack-options.ts'
import { scratch } from '../support/engines.ts'

/** Prepares the folder in a process of its own. */
function prepareApart(stack: Stack, more: Record<string, string>) {
  const program = JSON.stringify(join(root, 'app/ops/stack-folder.ts'))
  const code = `import { prepare } from ${program}; prepare(${JSON.stringify(stack)})`
  const options = { env: { ...process.env, ...more }, encoding: 'utf8' } as const
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], options)
}

describe('ops/stack-folder', () => {
  test('nginx uses what the host adds, which a start leaves alone', t => {
    const folder = scratch(t)
    const stack = { folder, port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    prepareNginx(stack)
    writeFileSync(join(folder, 'nginx/pieces/local.conf'), 'set_real_ip_from 192.0.2.1;\n')
    prepareNginx(stack)
    const args = ['-T', '-p', `${folder}/nginx/`, '-c', `${folder}/nginx/nginx.conf`]
    const dump = execFileSync('nginx', args, {
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
    assert.match(dump, /^set_real_ip_from 192\.0\.2\.1;$/m)
  })

  test('a start notes the files with which it began; one of an earlier version has noted nothing', t => {
    const folder = scratch(t)
    const stack = { folder, port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    mkdirSync(join(folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    assert.equal(prepare(stack).isNew, false)
    assert.equal(isStartCurrent(stack), true)
    const noted = join(folder, 'started-with')
    writeFileSync(noted, `${readFileSync(noted, 'utf8')}-of-another-version`)
    assert.equal(isStartCurrent(stack), false)
    rmSync(noted)
    assert.equal(isStartCurrent(stack), false)
    prepare(stack)
    assert.equal(isStartCurrent(stack), true)
  })

  test('the settings of the replicas have the address of the site', t => {
    const site = { port: 8008, firstPort: 9001, replicas: 2 }
    const serverAt = (publicUrl: string) => {
      const stack = { ...site, folder: scratch(t), publicUrl }
      mkdirSync(join(stack.folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
      return prepare(stack).server
    }
    assert.partialDeepStrictEqual(serverAt(''), { publicUrl: null, publicPort: 8008, port: 9001 })
    assert.equal(serverAt('https://vote.example.org/').publicUrl, 'https://vote.example.org/')
  })

  test('the database is new at the first start of a folder alone', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    assert.deepEqual([prepare(stack).isNew, prepare(stack).isNew], [true, false])
  })

  test('a start that was killed while it made the database is mended by the next', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    const programs = scratch(t)
    // Begins as the real one, and is killed with the start.
    const script =
      '#!/bin/sh\nfor o; do case $o in --datadir=*) mkdir -p "${o#*=}/mysql" ;; esac; done\nkill -9 $PPID\n'
    writeFileSync(join(programs, 'mariadb-install-db'), script, { mode: 0o755 })
    const killed = prepareApart(stack, { PATH: `${programs}:${process.env.PATH}` })
    assert.equal(killed.signal, 'SIGKILL')
    assert.equal(prepare(stack).isNew, true)
    assert.ok(existsSync(join(stack.folder, 'mariadb/mysql/global_priv.frm')))
    assert.equal(existsSync(join(stack.folder, 'mariadb.new')), false)
    assert.equal(prepare(stack).isNew, false)
  })

  test('a database that cannot have its place is named', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    symlinkSync(scratch(t), join(stack.folder, 'mariadb'))
    assert.throws(() => prepare(stack), /^ConfigError: ✖ .*mariadb is a link, a mount point or a folder with/)
    rmSync(join(stack.folder, 'mariadb'))
    assert.equal(prepare(stack).isNew, true)
  })

  test('the secret of the environment is that of a new stack, and another one later is refused', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    mkdirSync(join(stack.folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    const [name, other] = ['VOTE_SESSION_SECRET', join(scratch(t), 'other')]
    t.after(() => {
      delete environment[name]
      delete environment[`${name}_FILE`]
    })
    environment[name] = 'Qw7eRt2yUi9oPa4sDf6gHj1kLz8xCv3b'
    prepare(stack)
    assert.equal(readFileSync(join(stack.folder, 'session.secret'), 'utf8'), environment[name])
    prepare(stack)
    delete environment[name]
    prepare(stack)
    writeFileSync(other, 'mN4bV7cX1zL9kJ2hG5fD8sA3pO6iU0yT\n')
    environment[`${name}_FILE`] = other
    assert.throws(() => prepare(stack), /_FILE is not the secret in .*session\.secret, which the stack uses/)
    environment[name] = 'Qw7eRt2yUi9oPa4sDf6gHj1kLz8xCv3b'
    assert.throws(() => prepare(stack), /which one is meant/)
  })

  test('a weak secret of the environment is refused and not stored', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    mkdirSync(join(stack.folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    const name = 'VOTE_SESSION_SECRET'
    t.after(() => delete environment[name])
    environment[name] = 'changeme'
    assert.throws(() => prepare(stack), /at least 32 random characters/)
    delete environment[name]
    prepare(stack)
    assert.equal(readFileSync(join(stack.folder, 'session.secret'), 'utf8').length, 43)
  })

  test('a start that was interrupted while it stored its secret is mended by the next', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    mkdirSync(join(stack.folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    const file = join(stack.folder, 'session.secret')
    writeFileSync(file, '')
    prepare(stack)
    assert.equal(readFileSync(file, 'utf8').length, 43)
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  test('a lost secret of a database that is not new is said, unless the former one is set', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    const start = (more = {}) => prepareApart(stack, more).stderr
    mkdirSync(join(stack.folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    assert.match(start(), /^⚠ the database is not new, but its session secret in .*session\.secret is/)
    assert.equal(start(), '')
    rmSync(join(stack.folder, 'session.secret'))
    assert.equal(start({ VOTE_SESSION_PREVIOUS_SECRET: 'Qw7eRt2yUi9oPa4sDf6gHj1kLz8xCv3b' }), '')
  })

  test('a setting with which no replica would start is named before a database is made', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    environment.VOTE_SERVER_TIME_ZONE = 'Berlin'
    t.after(() => delete environment.VOTE_SERVER_TIME_ZONE)
    assert.throws(() => prepare(stack), /server\.timeZone/)
    assert.equal(existsSync(join(stack.folder, 'mariadb')), false)
  })

  test('what the start reads from files of the environment, its replicas take from the start', t => {
    const folder = scratch(t)
    mkdirSync(join(folder, 'mariadb/mysql'), { recursive: true }) // as if the database had been created
    const texts = { VOTE_SERVER_PUBLIC_URL: 'https://vote.example.org', VOTE_DATABASE_SAMPLE_DATA: 'false' }
    for (const [name, text] of Object.entries({ ...texts, VOTE_METRICS_PORT: '9000' })) {
      writeFileSync(join(folder, name), text)
      environment[`${name}_FILE`] = join(folder, name)
      t.after(() => delete environment[`${name}_FILE`])
    }
    const stack = readStack(['--folder', folder, '--first-port', '20000'])
    prepare(stack) // a variable and its file would be refused
    assert.match(readFileSync(join(folder, 'nginx/conf.d/public.conf'), 'utf8'), /default "https:\/\/vote\./)
    const metrics = { VOTE_METRICS_PORT: '', VOTE_METRICS_PORT_OFFSET: '-11000' }
    assert.partialDeepStrictEqual(variables(stack), { ...texts, ...metrics })
    const { server } = loadStackConfig(folder, environment)
    assert.equal(server.publicUrl, texts.VOTE_SERVER_PUBLIC_URL)
  })

  test('a stack has sample polls unless the environment says otherwise', t => {
    const stack = { folder: scratch(t), port: 8008, firstPort: 9001, replicas: 2, publicUrl: '' }
    const name = 'VOTE_DATABASE_SAMPLE_DATA'
    assert.equal(variables(stack)[name], 'true')
    environment[name] = 'false'
    t.after(() => delete environment[name])
    assert.equal(variables(stack)[name], 'false')
  })
})
