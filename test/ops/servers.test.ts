/** The servers that tests, benchmarks and the stack start. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { freePort, startMariadb } from '../../app/ops/servers.ts'
import { atEnd } from '../support/at-end.ts'

describe('ops/servers', () => {
  test('a MariaDB that starts leaves the temporary tables of another alone', async t => {
    const one = await startMariadb()
    atEnd(t, () => one.stop())
    const connection = await mysql.createConnection({ socketPath: one.socketPath, user: 'root' })
    atEnd(t, () => connection.end())
    await connection.query('CREATE TEMPORARY TABLE mysql.held (text TEXT) ENGINE=Aria')
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT @@tmpdir AS folder')
    const held = () => readdirSync(String(row!.folder)).filter(name => name.startsWith('#sql-temptable'))
    const before = held()
    assert.notDeepEqual(before, [])
    const other = await startMariadb()
    atEnd(t, () => other.stop())
    assert.deepEqual(held(), before)
  })

  test('no port is given twice, whether or not a server listens there by now', async () => {
    const draws = 400 // of 12,000: by chance alone, two of them would be equal
    assert.equal(new Set(await Promise.all(Array.from({ length: draws }, freePort))).size, draws)
  })
})
