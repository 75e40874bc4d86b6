/**
 * The command `backup`: a consistent copy of the whole database in one file, while the application
 * runs.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../config/load.ts'
import { DatabaseError } from '../db/errors.ts'
import { schemaVersions } from '../db/migrations/migrate.ts'
import type { MysqlConfig } from '../db/mysql/settings.ts'
import { recordAct } from '../models/instance/admin-log.ts'
import { randomText } from '../values/random-text.ts'
import { type Command, CommandError, requireDatabase, withDatabase } from './command.ts'
import { copyTo, notWritten, removeCopy } from './file-copy.ts'
import { findClient, runClient } from './mysql-client.ts'

const SQLITE_BUSY_TIMEOUT_MS = 5_000

/** `restore` would refuse the backup, or leave an empty database. */
const noSchema = (database: string) => new CommandError(`✖ ${database} holds no polls: nothing was backed up`)

/** Writes the dump to the file `partial`; `file` is its name for the operator. */
async function dumpMysql(config: MysqlConfig, partial: string, file: string) {
  const client = findClient('mariadb-dump', 'mysqldump')
  const options = ['--single-transaction', '--quick', '--no-tablespaces', '--skip-lock-tables']
  if (!client.isMariadb) options.push('--set-gtid-purged=OFF', '--column-statistics=0')
  const target = await open(partial, 'wx', 0o600)
  try {
    await runClient(config, client, options, { stdout: target.fd })
    await target.sync()
  } catch (error) {
    const [onWrite] = /errno \d+ on write/.exec((error as Error).message) ?? []
    throw onWrite === undefined ? error : notWritten(file, onWrite, error)
  } finally {
    await target.close()
  }
  // After the dump, which says more about a server that cannot be reached.
  const { found } = await withDatabase(config, db => schemaVersions(db, config))
  if (found === 0) throw noSchema(config.database)
}

/** Throws CommandError unless a migration has run in the database. */
function requireSchema(source: DatabaseSync, file: string) {
  const table = source.prepare("SELECT name FROM sqlite_master WHERE name = 'schemaversion'").get()
  const version = table && source.prepare('SELECT version FROM schemaversion WHERE version > 0').get()
  if (!version) throw noSchema(file)
}

/**
 * Opens a database that is backed up, at a snapshot: otherwise the copy begins again with each vote
 * that is stored meanwhile.
 */
function openSnapshot(file: string) {
  try {
    const source = new DatabaseSync(file, { readOnly: true, timeout: SQLITE_BUSY_TIMEOUT_MS })
    source.exec('BEGIN')
    source.prepare('SELECT name FROM sqlite_master').get() // the snapshot begins, and the files are opened, here
    return source
  } catch (error) {
    throw new CommandError(`✖ ${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

/** Writes the backup to the file `partial`; `file` is its name for the operator. */
async function copySqlite(databaseFile: string, partial: string, file: string) {
  const source = openSnapshot(databaseFile)
  try {
    requireSchema(source, databaseFile)
    writeFileSync(partial, '', { mode: 0o600, flag: 'wx' }) // before the copy: it contains password hashes
    await copyTo(source, partial, file)
  } finally {
    source.close()
  }
}

/** Throws CommandError if there is such a file. */
function requireFree(file: string) {
  if (existsSync(file)) throw new CommandError(`✖ ${file} exists already`)
}

/** Writes the whole database to a new file. Throws CommandError, ConfigError. */
export async function backup(config: Config['database'], file: string) {
  requireDatabase(config)
  requireFree(file)
  // Renamed when complete: an interrupted backup never has the final name. Its own: another backup
  // may write the same file.
  const partial = `${file}.${randomText()}.part`
  try {
    if (config.engine === 'mysql') await dumpMysql(config, partial, file)
    else await copySqlite(config.file, partial, file)
    requireFree(file)
    renameSync(partial, file)
  } finally {
    removeCopy(partial)
  }
}

export const backupCommand: Command = {
  summary: 'writes the whole database to a new file, while the application runs',
  argument: 'FILE',
  async run({ database }, name) {
    const file = resolve(name)
    await backup(database, file)
    try {
      await withDatabase(database, db => db.transaction(tx => recordAct(tx, { admin: null, act: 'backup' })))
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error // the copy is complete all the same
      console.error(`The log of the instance has no line about it: ${error.message}`)
    }
    console.log(`${file} contains the whole database.
The session secret is not in it: keep that too, or votes by link lose their voters.`)
    return 0
  }
}
