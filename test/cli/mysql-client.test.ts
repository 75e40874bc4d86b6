/** The clients of MariaDB on the servers of `database.hosts`. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { backup } from '../../app/cli/backup.ts'
import { restore } from '../../app/cli/restore.ts'
import { checkConfig } from '../../app/config/load.ts'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../app/db/open.ts'
import { environment } from '../../app/config/programs.ts'
import { freePort } from '../../app/ops/servers.ts'
import { atEnd } from '../support/at-end.ts'
import { contents } from '../support/contents.ts'
import { scratch, secret } from '../support/engines.ts'
import { type Server, startServer } from '../support/mariadb-server.ts'
import { run, writeConfig } from '../support/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'vote-client-'))
chmodSync(folder, 0o755) // MariaDB runs as another user

let server: Server
let ports: number[]

const configOf = (database: string) => {
  const hosts = ports.map(port => ({ host: '127.0.0.1', port }))
  const tree = { engine: 'mysql', hosts, user: 'vote', database, sampleData: true }
  const { database: config } = checkConfig({ database: tree, redis: {}, session: { secret } })
  if (config.engine !== 'mysql') throw new Error('not MySQL')
  return config
}

describe('cli/mysql-client', () => {
  before(async () => {
    server = await startServer(folder, 1)
    ports = [await freePort(), server.port] // nothing listens on the first
    await server.admin.query("CREATE USER vote IDENTIFIED BY ''")
    await server.admin.query('GRANT ALL ON pending_rehearsal.* TO vote')
    for (const name of ['source', 'target', 'pending']) {
      await server.admin.query(`CREATE DATABASE ${name}`)
      await server.admin.query(`GRANT ALL ON ${name}.* TO vote`)
    }
  })
  after(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  test('backup and restore use the first server of database.hosts that accepts writes', async () => {
    const source = openDatabase(configOf('source'))
    await migrate(source, configOf('source'))
    const all = await contents(source)
    await source.close()
    const file = join(folder, 'backup')
    await backup(configOf('source'), file)
    await restore(configOf('target'), file)
    const target = openDatabase(configOf('target'))
    assert.equal(await contents(target), all)
    await target.close()
  })

  test('a pending migration is rehearsed on the first server that accepts writes', async () => {
    const config = configOf('pending')
    const db = openDatabase(config)
    await migrate(db, config, { to: 30 })
    assert.match((await migrate(db, config))[0]!, /^31\./)
    await db.close()
  })

  test("MySQL's client verifies the server over TLS, by the authorities that the application trusts", async t => {
    const programs = scratch(t)
    const client = `#!/bin/sh
[ "$1" = --version ] && echo 'mysqldump  Ver 9.7.0' && exit
echo "$@" >&2
for one; do case "$one" in --ssl-ca=*) grep -c BEGIN "\${one#*=}" >&2;; esac; done
exit 1
`
    writeFileSync(join(programs, 'mariadb-dump'), client, { mode: 0o755 })
    const { PATH } = environment
    t.after(() => (environment.PATH = PATH))
    environment.PATH = `${programs}:${PATH}`
    const argumentsOf = async (tls: unknown) => {
      const config = { ...configOf('source'), hosts: [], tls } as ReturnType<typeof configOf>
      const failed = await backup(config, join(programs, 'copy')).catch((error: Error) => error.message)
      return String(failed)
    }
    assert.match(await argumentsOf(true), / --ssl-mode=VERIFY_IDENTITY --ssl-ca=\S+ [^\n]*\n[1-9]\d+$/)
    assert.match(
      await argumentsOf({ ca: '/ca.pem', cert: null, key: null, serverName: 'db' }),
      / --ssl-mode=VERIFY_CA --ssl-ca=\/ca\.pem [^\n]*\n/
    )
  })

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    test(`${signal} ends the client with the command`, async t => {
      const programs = scratch(t)
      const started = join(programs, 'started')
      execFileSync('mkfifo', [started])
      const client = `#!/bin/sh
[ "$1" = --version ] && echo MariaDB && exit
echo $$ >'${started}'
exec sleep 600
`
      writeFileSync(join(programs, 'mariadb-dump'), client, { mode: 0o755 })
      const database = { engine: 'mysql', user: 'vote', database: 'vote' }
      const { file, env } = writeConfig(t, { database, redis: {}, session: { secret } })
      const copy = join(programs, 'copy')
      const path = { PATH: `${programs}:${process.env.PATH}` }
      const command = run(t, ['backup', copy, '--config', file], { ...env, ...path })
      const pid = Number(await readFile(started, 'utf8'))
      atEnd(t, () => {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {} // it has ended
      })
      command.process.kill(signal)
      const { code, stderr } = await command.ended
      assert.deepEqual([code, stderr], [1, `✖ mariadb-dump was ended by ${signal}\n`])
      assert.throws(() => process.kill(pid, 0), /ESRCH/)
      assert.deepEqual(readdirSync(programs).toSorted(), ['mariadb-dump', 'started'], 'no part of a copy')
    })

  test('if no server accepts writes, the message names each one and its fault', async () => {
    await server.admin.query('SET GLOBAL read_only = 1')
    await assert.rejects(backup(configOf('source'), join(folder, 'other')), ({ message }: Error) => {
      assert.match(message, /^✖ No server of database\.hosts accepts writes/)
      assert.match(message, new RegExp(`127\\.0\\.0\\.1:${ports[0]}: .*ECONNREFUSED`))
      assert.match(message, new RegExp(`127\\.0\\.0\\.1:${ports[1]}: it is read-only`))
      return true
    })
    await server.admin.query('SET GLOBAL read_only = 0')
  })
})
