/**
 * Several servers with one writer: which of two real MariaDB servers is used, and failover of
 * reads.
 */
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { RowDataPacket } from 'mysql2/promise'
import { checkConfig } from '../../../app/config/load.ts'
import type { Database } from '../../../app/db/database.ts'
import { ConnectionLost } from '../../../app/db/errors.ts'
import { openDatabase } from '../../../app/db/open.ts'
import { secret } from '../../support/engines.ts'
import { eventuallyEqual, eventuallyTrue } from '../../support/eventually.ts'
import { freeze } from '../../support/freeze.ts'
import { type Server, startServer } from '../../support/mariadb-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'vote-cluster-'))
chmodSync(folder, 0o755) // MariaDB runs as another user

let first: Server
let second: Server
let db: Database
let writers: string[]

function open(): Database {
  const { database } = checkConfig({
    database: {
      engine: 'mysql',
      hosts: [first, second].map(({ port }) => ({ host: '127.0.0.1', port })),
      user: 'vote',
      database: 'vote'
    },
    redis: {},
    session: { secret }
  })
  writers = []
  return openDatabase(database, { onWriter: (name, reason) => writers.push(`${name} ${reason}`) })
}

/** The `server_id` of the server that answers. */
const servedBy = async () => (await db.fetchone<{ id: number }>('SELECT @@server_id AS id'))!.id
async function statusOf({ admin }: Server, name: string): Promise<number> {
  const [rows] = await admin.query<RowDataPacket[]>(`SHOW GLOBAL STATUS LIKE '${name}'`)
  return Number(rows[0]!.Value)
}
/** Connections that the server has received since its start. */
const connectionsOf = (server: Server) => statusOf(server, 'Connections')
/** Each check is one. */
const selectsOf = (server: Server) => statusOf(server, 'Com_select')
const setReadOnly = (server: Server, value: 0 | 1) => server.admin.query(`SET GLOBAL read_only = ${value}`)

describe('db/mysql/cluster', () => {
  before(async () => {
    ;[first, second] = await Promise.all([startServer(folder, 1), startServer(folder, 2)])
    for (const { admin } of [first, second]) {
      await admin.query('CREATE DATABASE vote')
      await admin.query('CREATE TABLE vote.t (n INT)')
      await admin.query('CREATE USER vote')
      await admin.query('GRANT ALL ON vote.* TO vote')
    }
    db = open()
  })
  afterEach(async () => {
    for (const server of [first, second]) {
      server.process.kill('SIGCONT')
      if (server.process.signalCode === null) await setReadOnly(server, 0)
    }
    await db.close()
    db = open()
  })
  after(async () => {
    await db.close()
    await Promise.all([first.kill(), second.kill()])
    rmSync(folder, { recursive: true, force: true })
  })

  test('the first server of the list is used', async () => {
    assert.equal(await servedBy(), 1)
    const before = await selectsOf(second)
    await eventuallyTrue(async () => (await selectsOf(second)) >= before + 3, 'checks of the other server')
    assert.equal(await servedBy(), 1)
    assert.deepEqual(writers, [])
  })

  test('a standby that is listed first is not used', async () => {
    await setReadOnly(first, 1)
    await db.close()
    db = open()
    await eventuallyEqual(servedBy, 2)
    await db.execute('INSERT INTO t VALUES (1)')
    assert.deepEqual(writers, [`127.0.0.1:${second.port} it is read-only`])
  })

  test('the first statement waits until the writer is known', async () => {
    await setReadOnly(first, 1)
    await db.close()
    db = open()
    await db.execute('INSERT INTO t VALUES (2)')
    assert.equal(await servedBy(), 2)
  })

  test('a writer that becomes read-only is replaced, and is preferred again after it has passed its checks for a while', async () => {
    assert.equal(await servedBy(), 1)
    await setReadOnly(first, 1)
    await assert.rejects(db.execute('INSERT INTO t VALUES (1)'), ConnectionLost)
    await eventuallyEqual(servedBy, 2)
    const soundAt = performance.now()
    await setReadOnly(first, 0)
    await eventuallyEqual(servedBy, 1)
    assert.ok(performance.now() - soundAt > 2_000, 'not at once')
  })

  test('close during a check leaves no connection open', async () => {
    await db.close()
    const before = await connectionsOf(first)
    db = open()
    await db.close()
    await eventuallyTrue(async () => (await connectionsOf(first)) > before, 'the check has connected')
    const countOpen = async () => {
      const [rows] = await first.admin.query<RowDataPacket[]>('SHOW PROCESSLIST')
      return rows.filter(({ User }) => User !== 'root').length
    }
    await eventuallyEqual(countOpen, 0)
  })

  test('reads continue while the writer is frozen, and after it was killed', async () => {
    assert.equal(await servedBy(), 1)
    await freeze(first.process.pid!)
    assert.equal(await servedBy(), 2)
    first.process.kill('SIGCONT')
    await eventuallyEqual(servedBy, 1)
    await first.kill()
    assert.equal(await servedBy(), 2)
  })
})
