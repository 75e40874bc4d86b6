/** Restores a dump into MySQL or MariaDB. */
import { open, stat } from 'node:fs/promises'
import { DatabaseBusy } from '../db/errors.ts'
import { grantTo } from '../db/migrations/grants.ts'
import { listTables, UNFINISHED_RESTORE } from '../db/migrations/tables.ts'
import type { MysqlConfig } from '../db/mysql/settings.ts'
import { CommandError, withDatabase } from './command.ts'
import { notComplete, requireEmpty } from './file-copy.ts'
import { type Client, findClient, runClient } from './mysql-client.ts'

/** A dump is complete if this is among its last bytes. */
const DUMP_END = '-- Dump completed'
const DUMP_END_BYTES = 200

/** The first bytes of a database of SQLite. */
const SQLITE_HEADER = 'SQLite format 3\0'

/** Throws CommandError unless the file is a complete dump. */
async function checkDump(file: string) {
  const source = await open(file)
  try {
    const { buffer: head } = await source.read({ buffer: Buffer.alloc(SQLITE_HEADER.length), position: 0 })
    if (head.toString() === SQLITE_HEADER)
      throw new CommandError(`✖ ${file} is a backup of the embedded database: restore it there, then move`)
    const { size } = await stat(file)
    const position = Math.max(0, size - DUMP_END_BYTES)
    const { buffer } = await source.read({ buffer: Buffer.alloc(DUMP_END_BYTES), position })
    if (!buffer.toString().includes(DUMP_END)) throw notComplete(file)
  } finally {
    await source.close()
  }
}

/** How long a restore waits for another one. */
const LOCK_TIMEOUT_MS = 2_000
/** The connection with the lock is idle while the client loads: the server must not end it. */
const KEEP_CONNECTION = 'SET SESSION wait_timeout = 604800'

/** Runs `work` while no other restore of this database runs. Throws CommandError if one does. */
function withoutOthers(config: MysqlConfig, work: () => Promise<void>) {
  let isAlone = false
  return withDatabase(config, async db => {
    try {
      await db.withAdvisoryLock(
        'vote:restore',
        async queries => {
          isAlone = true
          await queries.execute(KEEP_CONNECTION)
          await work()
        },
        LOCK_TIMEOUT_MS
      )
    } catch (error) {
      if (isAlone || !(error instanceof DatabaseBusy)) throw error
      throw new CommandError('✖ Another restore runs: wait until it has ended', { cause: error })
    }
  })
}

/**
 * Marks the database as incomplete, then drops its tables. Throws CommandError if it has any,
 * without `overwrite`.
 */
const dropTables = (config: MysqlConfig, overwrite: boolean) =>
  withDatabase(config, db =>
    db.withAdvisoryLock('vote:migrate', async queries => {
      const tables = await listTables(queries, config.engine)
      requireEmpty(tables, overwrite)
      await queries.execute(`CREATE TABLE IF NOT EXISTS ${UNFINISHED_RESTORE} (id INT PRIMARY KEY)`)
      // Without a right to the mark the application would not see it.
      if (config.applicationUser !== null) await grantTo(queries, config.applicationUser)
      await queries.execute('SET SESSION foreign_key_checks = 0')
      for (const name of tables)
        if (name !== UNFINISHED_RESTORE) await queries.execute(`DROP TABLE \`${name}\``)
      await queries.execute('SET SESSION foreign_key_checks = 1')
    })
  )

async function loadDump(config: MysqlConfig, client: Client, file: string) {
  const source = await open(file)
  try {
    await runClient(config, client, [], { stdin: source.fd })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const message = `${error.message}\nThe database is incomplete: run restore again, with --overwrite`
    throw new CommandError(message, { cause: error })
  } finally {
    await source.close()
  }
}

/**
 * Replaces the database by the dump in `file`. Throws CommandError, also if another restore runs.
 */
export async function restoreDump(config: MysqlConfig, file: string, overwrite: boolean) {
  await checkDump(file)
  // Before the tables are dropped: the client may not be installed, or may not get in.
  const client = findClient('mariadb', 'mysql')
  await runClient(config, client, ['--execute=SELECT 1'], {})
  await withoutOthers(config, async () => {
    await dropTables(config, overwrite)
    await loadDump(config, client, file)
    await withDatabase(config, db => db.execute(`DROP TABLE ${UNFINISHED_RESTORE}`))
  })
}
