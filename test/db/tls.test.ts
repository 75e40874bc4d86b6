/**
 * TLS to MariaDB and Redis: servers that refuse plain connections and want a client certificate.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { checkConfig } from '../../app/config/load.ts'
import { backup } from '../../app/cli/backup.ts'
import { openDatabase } from '../../app/db/open.ts'
import { createRedis } from '../../app/db/redis.ts'
import { freePort } from '../../app/ops/servers.ts'
import { member, start } from '../support/app.ts'
import { certificates } from '../support/certificates.ts'
import { embedded, mariadb, scratch, secret, type Tree } from '../support/engines.ts'
import { eventually } from '../support/eventually.ts'
import { startServer } from '../support/mariadb-server.ts'
import { startRedisCluster, startSentinels, type TlsFiles } from '../support/redis-groups.ts'

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

async function pings(tree: Tree) {
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
    for (const [name, setting] of [
      ['ca', { ...files, ca: join(scratch(t), 'none.pem') }],
      ['', { ...files, cert: files.ca }],
      ['', { ...files, ca: files.key }]
    ] as const) {
      const wrong = of(port, redisPort, { tls: setting }, { tls: setting })
      await assert.rejects(
        connects(wrong),
        new RegExp(`^ConfigError: ✖ database\\.tls${name && `\\.${name}`}: `)
      )
      await assert.rejects(pings(wrong), new RegExp(`^ConfigError: ✖ redis\\.tls${name && `\\.${name}`}: `))
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

  const groups = {
    'a primary that sentinels name': async (files: TlsFiles) => {
      const group = await startSentinels(files)
      return { ...group, redis: { sentinels: { name: 'vote', addresses: group.addresses } } }
    },
    'a cluster': async (files: TlsFiles) => {
      const group = await startRedisCluster(files)
      return { ...group, redis: { cluster: group.addresses } }
    }
  }
  for (const [what, begin] of Object.entries(groups))
    test(`${what} is reached over TLS alone, sentinels and nodes too`, async t => {
      const { path, ...files } = certificates(t)
      const { redis, stop } = await begin({ ...files, path })
      t.after(stop)
      const tls = { ...files, serverName: 'db.example' }
      const tree = { ...(await embedded.config(t)), log: { level: 'silent' } }
      const of = (tls: object | boolean) => ({ ...tree, redis: { ...redis, tls } })
      await eventually(async () => assert.ok(await pings(of(tls))))
      for (const less of [
        false,
        true,
        { ...tls, serverName: 'other.example' },
        { ...tls, cert: null, key: null }
      ])
        assert.equal(await pings(of(less)), false)
      const app = await start(t, { ...(await mariadb.config(t)), redis: { ...redis, tls } })
      const ann = await member(app) // the session is stored there
      assert.equal((await ann.get('/account')).statusCode, 200)
    })

  test('a cluster that announces names is verified by these names', async t => {
    const { path, ...files } = certificates(t, 'localhost')
    const { addresses, stop } = await startRedisCluster({ ...files, path }, 'localhost')
    t.after(stop)
    const cluster = addresses.map(({ port }) => ({ host: 'localhost', port }))
    await eventually(async () =>
      assert.ok(await pings({ ...(await embedded.config(t)), redis: { cluster, tls: files } }))
    )
  })

  test('an invalid URL is reported without its value', () => {
    for (const url of ['postgres://u:geheim@h/d', 'geheim', 'mysql://', 'redis://h:geheim'])
      assert.throws(
        () => checkConfig({ database: { engine: 'mysql', url }, redis: { url }, session: { secret } }),
        (error: Error) => /at database\.url/.test(error.message) && !error.message.includes('geheim')
      )
  })
})
