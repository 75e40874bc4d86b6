/** Reads from a real MariaDB replica, which is not used while it lags or is unreachable. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { openDatabase } from '../../../app/db/open.ts'
import { checkConfig } from '../../../app/config/load.ts'
import type { Database } from '../../../app/db/database.ts'
import { secret } from '../../support/engines.ts'
import { eventually, eventuallyEqual } from '../../support/eventually.ts'
import { freeze } from '../../support/freeze.ts'
import { type Server, startServer } from '../../support/mariadb-server.ts'
import { standstillMs } from '../../support/standstill.ts'

const folder = mkdtempSync(join(tmpdir(), 'vote-replica-'))
chmodSync(folder, 0o755) // MariaDB runs as another user
const binaryLog = ['--log-bin', '--binlog-format=ROW']

let primary: Server
let replica: Server
let db: Database
const heard: string[] = []
const lags: Array<number | null> = []

/** The configuration of a database on the primary. */
function config(more: Record<string, unknown>) {
  const login = { user: 'vote', password: 'vote', database: 'vote' }
  return checkConfig({
    database: { engine: 'mysql', port: primary.port, ...login, ...more },
    redis: {},
    session: { secret }
  }).database
}

/** Returns the port of a proxy through which the server refuses a setting of each session. */
async function refusingSettings(t: TestContext, port: number): Promise<number> {
  const proxy = createServer(client => {
    const server = connect(port, '127.0.0.1')
    for (const socket of [client, server]) socket.on('error', () => {}) // `close` follows
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
    client.on('data', data =>
      server.write(data.toString('latin1').replace('READ COMMITTED', 'READ COMMUTTED'), 'latin1')
    )
    server.pipe(client)
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  t.after(() => proxy.close())
  return (proxy.address() as AddressInfo).port
}

/** Returns the id of the server that answers a list. 1: the primary. */
const servedBy = async (by = db) =>
  (await by.replica.fetchone<{ id: number }>('SELECT @@server_id AS id'))!.id

const until = (id: number) =>
  eventually(async () => assert.equal(await servedBy(), id, `not served by ${id}: ${heard.join('; ')}`))

describe('db/mysql/read-replicas', () => {
  before(async () => {
    ;[primary, replica] = await Promise.all([
      startServer(folder, 1, binaryLog),
      startServer(folder, 2, [...binaryLog, '--read-only'])
    ])
    await primary.admin.query("CREATE USER follower@'%' IDENTIFIED BY 'follower'")
    await primary.admin.query("GRANT REPLICATION SLAVE ON *.* TO follower@'%'")
    await replica.admin.query(
      `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'follower',
     MASTER_PASSWORD = 'follower', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1`
    )
    await replica.admin.query('START SLAVE')
    await primary.admin.query('CREATE DATABASE vote')
    await primary.admin.query("CREATE USER vote@'%' IDENTIFIED BY 'vote'")
    await primary.admin.query("GRANT ALL ON vote.* TO vote@'%'")
    await primary.admin.query("GRANT SLAVE MONITOR ON *.* TO vote@'%'")
    db = openDatabase(config({ replicas: [{ port: replica.port }] }), {
      onReplica: (name, reason) => heard.push(`${name} ${reason}`),
      onReplicaLag: (_name, seconds) => lags.push(seconds)
    })
  })

  after(async () => {
    await db?.close()
    await Promise.all([primary?.kill(), replica?.kill()])
    rmSync(folder, { recursive: true, force: true })
  })

  test('lists are read from the replica, everything else from the primary', async () => {
    await until(2)
    assert.equal((await db.fetchone<{ id: number }>('SELECT @@server_id AS id'))!.id, 1)
    await db.execute('CREATE TABLE t (n INT)')
    await db.transaction(async tx => {
      await tx.execute('INSERT INTO t VALUES (?)', [7])
      assert.equal((await tx.fetchone<{ id: number }>('SELECT @@server_id AS id'))!.id, 1)
    })
    await eventually(async () => {
      const rows = await db.replica.select<{ n: number }>('SELECT n FROM t')
      assert.equal(rows[0]?.n, 7)
    })
  })

  test('a lagging replica is not used until it has caught up', async () => {
    await until(2)
    await replica.admin.query('FLUSH TABLES WITH READ LOCK') // replication waits
    await db.execute('INSERT INTO t VALUES (?)', [8])
    await until(1)
    assert.match(heard.at(-1)!, /behind/)
    assert.ok(lags.at(-1)! > 0, 'the lag is reported in seconds')
    assert.equal((await db.replica.select('SELECT n FROM t WHERE n = 8')).length, 1)
    await replica.admin.query('UNLOCK TABLES')
    await until(2)
  })

  test('a replica whose replication is stopped is not used', async () => {
    await replica.admin.query('STOP SLAVE SQL_THREAD')
    await until(1)
    assert.match(heard.at(-1)!, /has stopped/)
    assert.equal(lags.at(-1), null)
    await replica.admin.query('START SLAVE SQL_THREAD')
    await until(2)
  })

  test('a connection that refuses a setting is reported, used and given back', async t => {
    const port = await refusingSettings(t, replica.port)
    const refused: string[] = []
    const other = openDatabase(config({ replicas: [{ port }], connectionLimit: 2 }), {
      onSetupError: ({ message }) => refused.push(message)
    })
    t.after(() => other.close())
    await eventuallyEqual(() => servedBy(other), 2)
    for (let n = 0; n < 5; n++) assert.equal(await servedBy(other), 2)
    assert.match(refused[0]!, /COMMUTTED/)
  })

  test('a frozen or killed replica delays a read by at most a second', async () => {
    await until(2)
    await freeze(replica.process.pid!)
    const slowest = async (times: number) => {
      let most = 0
      for (let n = 0; n < times; n++) {
        const started = performance.now() - standstillMs()
        assert.equal(await servedBy(), 1)
        most = Math.max(most, performance.now() - standstillMs() - started)
      }
      return most
    }
    const frozen = await slowest(20)
    assert.ok(frozen < 1_500, `${frozen} ms`)
    await until(1)
    replica.process.kill('SIGKILL')
    const dead = await slowest(20)
    assert.ok(dead < 1_000, `${dead} ms`)
  })
})
