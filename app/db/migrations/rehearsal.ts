/**
 * Tries migrations on a copy of a MySQL database, because MySQL cannot roll back an ALTER TABLE.
 */
import type { Database, Queries } from '../database.ts'
import { DatabaseRefused } from '../errors.ts'
import type { MysqlConfig } from '../mysql/settings.ts'
import { openDatabase } from '../open.ts'
import { listTables } from './tables.ts'

const name = (identifier: string) => `\`${identifier.replaceAll('`', '``')}\``

async function copyTables(copy: Queries, from: string, tables: readonly string[]) {
  const columns = `SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = ? AND table_name = ? AND COALESCE(generation_expression, '') = '' ORDER BY ordinal_position`
  await copy.execute('SET SESSION foreign_key_checks = 0')
  for (const table of tables) {
    const source = `${name(from)}.${name(table)}`
    const created = await copy.fetchone<{ 'Create Table': string }>(`SHOW CREATE TABLE ${source}`)
    await copy.execute(created!['Create Table'])
    const stored = await copy.select<{ name: string }>(columns, [from, table])
    const all = stored.map(column => name(column.name)).join(', ')
    await copy.execute(`INSERT INTO ${name(table)} (${all}) SELECT ${all} FROM ${source}`)
  }
  await copy.execute('SET SESSION foreign_key_checks = 1')
}

/**
 * Runs `work` on a copy of the database, called NAME_rehearsal, drops the copy, and returns what
 * `work` returned. The application may keep running: copying blocks no writer. Returns undefined if
 * the database user may not create the copy. `timeoutMs` limits each statement.
 */
export async function rehearse<T>(
  queries: Queries,
  config: MysqlConfig,
  timeoutMs: number,
  work: (copy: Queries, config: MysqlConfig) => Promise<T>
): Promise<T | undefined> {
  const database = `${config.database}_rehearsal`
  try {
    await queries.execute(`DROP DATABASE IF EXISTS ${name(database)}`)
    await queries.execute(`CREATE DATABASE ${name(database)}`)
  } catch (error) {
    if (error instanceof DatabaseRefused) return undefined
    throw error
  }
  let copy: Database | undefined
  try {
    const tables = await listTables(queries, 'mysql')
    const copyConfig = { ...config, database, replicas: [] }
    copy = openDatabase(copyConfig)
    return await copy.withAdvisoryLock(
      'vote:rehearsal',
      async connection => {
        await copyTables(connection, config.database, tables)
        return work(connection, copyConfig)
      },
      timeoutMs
    )
  } finally {
    await copy?.close()
    await queries.execute(`DROP DATABASE ${name(database)}`)
  }
}
