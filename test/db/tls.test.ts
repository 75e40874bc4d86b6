/** TLS to MariaDB and Redis: servers that refuse plain connections and want a client certificate. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { checkConfig } from '../../app/config/load.ts'
import { backup } from '../../app/cli/backup.ts'
import { openDatabase } from '../../app/db/open.ts'
import { createRedis } from '../../app/db/redis.ts'
import { freePort } from '../../app/ops/servers.ts'
import { member, start } from '../support/app.ts'
import { scratch, secret } from '../support/engines.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/mariadb-server.ts'

/** Makes an authority, and certificates of a server called db.example and of a client, in a folder. */
function certificates(t: TestContext) {
  const folder = scratch(t)
  chmodSync(folder, 0o755)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'rsa:2048', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=authority',
    '-days',
    '30'
  )
  for (const name of ['server', 'client']) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}.example`)
    writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:db.example\n')
    const signed = [
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      'names'
    ]
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, ...signed)
    chmodSync(join(folder, `${name}.key`), 0o644)
  }
  const path = (name: string) => join(folder, name)
  return { ca: path('ca.pem'), cert: path('client.pem'), key: path('client.key'), path }
}

/** A MariaDB and a Redis of this test's own, over TLS alone. */
async function servers(t: TestContext) {
  const { path, ...files } = certificates(t)
  const folder = scratch(t)
  chmodSync(folder, 0o755)
  const own = [`--ssl-ca=${files.ca}`, `--ssl-cert=${path('server.pem')}`, `--ssl-key=${path('server.key')}`]
  const server = await startServer(folder, 1, [...own, '--require-secure-transport=ON'])
  t.after(() => server.kill())
  await server.admin.query('CREATE DATABASE vote')
  await server.admin.query("CREATE USER vote@'%' IDENTIFIED BY 'a/b@c d' REQUIRE X509")
  await server.admin.query("GRANT ALL ON vote.* TO vote@'%'")
  const redisPort = await freePort()
  const tls = ['--tls-ca-cert-file', files.ca, '--tls-cert-file', path('server.pem'), '--tls-key-file']
  const acl = ['--user', 'vote', 'on', '>pass', '~*', '&*', '+@all', '--user', 'default', 'off']
  const args = [
    '--port',
    '0',
    '--tls-port',
    String(redisPort),
    ...tls,
    path('server.key'),
    '--save',
    '',
    ...acl
  ]
  const redis = spawn('redis-server', [...args, '--dir', folder], { stdio: 'ignore' })
  t.after(() => redis.kill('SIGKILL'))
  return { files, port: server.port, redisPort }
}

const of = (port: number, redisPort: number, more: object, redisMore: object) => ({
  log: { level: 'silent' },
  database: {
    engine: 'mysql',
    host: '127.0.0.1',
    port,
    user: 'vote',
    password: 'a/b@c d',
    database: 'vote',
    ...more
  },
  redis: { host: '127.0.0.1', port: redisPort, username: 'vote', password: 'pass', ...redisMore },
  session: { secret }
})

async function connects(tree: ReturnType<typeof of>) {
  const db = openDatabase(checkConfig(tree).database)
  try {
    await db.select('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await db.close()
  }
}

async function pings(tree: ReturnType<typeof of>) {
  const redis = createRedis(checkConfig(tree).redis!)
  redis.on('error', () => {})
  try {
    await new Promise((resolve, reject) =>
      redis.once('ready', resolve).once('error', reject).once('close', reject)
    )
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

describe('db/tls', () => {
  test('with the authority, a client certificate and the name of the server; nothing less connects', async t => {
    const { files, port, redisPort } = await servers(t)
    const tls = { ...files, serverName: 'db.example' }
    const tree = of(port, redisPort, { tls }, { tls })
    await eventually(async () => assert.ok(await pings(tree)))
    assert.ok(await connects(tree))
    const less: Array<[string, object | boolean]> = [
      ['no TLS', false],
      ['an authority of the system', true],
      ['no client certificate', { ca: files.ca, serverName: 'db.example' }],
      ['another name', { ...files, serverName: 'other.example' }],
      ['the address as its name', files]
    ]
    for (const [what, setting] of less) {
      const other = of(port, redisPort, { tls: setting }, { tls: setting })
      assert.equal(await connects(other), false, `MariaDB, ${what}`)
      assert.equal(await pings(other), false, `Redis, ${what}`)
    }
    const app = await start(t, tree)
    await member(app)
    const copy = join(scratch(t), 'copy.sql')
    await backup(checkConfig(tree).database, copy)
    assert.ok(existsSync(copy))
  })

  test('addresses of hosting services say the same, also beside files; a user of Redis counts', async t => {
    const { files, port, redisPort } = await servers(t)
    const tls = { ...files, serverName: 'db.example' }
    const tree = {
      log: { level: 'silent' },
      database: { engine: 'mysql', url: `mysqls://vote:a%2Fb%40c%20d@127.0.0.1:${port}/vote`, tls },
      redis: { url: `rediss://vote:pass@127.0.0.1:${redisPort}/0`, tls },
      session: { secret }
    }
    const { database, redis } = checkConfig(structuredClone(tree))
    assert.ok(database.engine === 'mysql' && database.user === 'vote' && database.password === 'a/b@c d')
    assert.deepEqual([redis?.username, redis?.password, redis?.db], ['vote', 'pass', 0])
    await eventually(async () => assert.ok(await pings(structuredClone(tree) as never)))
    await member(await start(t, tree))
    assert.equal(await pings(of(port, redisPort, {}, { tls, username: 'nobody' })), false)
  })

  test('an invalid URL is reported without its value', () => {
    for (const url of ['postgres://u:geheim@h/d', 'geheim', 'mysql://', 'redis://h:geheim'])
      assert.throws(
        () => checkConfig({ database: { engine: 'mysql', url }, redis: { url }, session: { secret } }),
        (error: Error) => /at database\.url/.test(error.message) && !error.message.includes('geheim')
      )
  })
})
