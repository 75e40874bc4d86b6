/** The command `backup`: a consistent copy of the whole database in one file, while the application runs. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { backup as copyPages, DatabaseSync } from 'node:sqlite'
import type { Config } from '../config/load.ts'
import { recordAct } from '../models/instance/admin-log.ts'
import { type Command, CommandError, withDatabase } from './command.ts'
import { DatabaseError } from '../db/errors.ts'
import { findClient, runClient } from './mysql-client.ts'

type Mysql = Extract<Config['database'], { engine: 'mysql' }>

const SQLITE_BUSY_TIMEOUT_MS = 5_000

async function dumpMysql(config: Mysql, file: string) {
  const client = findClient('mariadb-dump', 'mysqldump')
  const options = ['--single-transaction', '--quick', '--no-tablespaces', '--skip-lock-tables']
  if (!client.isMariadb) options.push('--set-gtid-purged=OFF', '--column-statistics=0')
  const target = await open(file, 'wx', 0o600)
  try {
    await runClient(config, client, options, { stdout: target.fd })
    await target.sync()
  } finally {
    await target.close()
  }
}

async function copySqlite(databaseFile: string, file: string) {
  if (!existsSync(databaseFile)) throw new CommandError(`✖ There is no database at ${databaseFile}`)
  writeFileSync(file, '', { mode: 0o600 }) // before the copy: it contains password hashes
  const source = new DatabaseSync(databaseFile, { readOnly: true, timeout: SQLITE_BUSY_TIMEOUT_MS })
  try {
    // A snapshot: otherwise the copy begins again with each vote that is stored meanwhile.
    source.exec('BEGIN')
    source.prepare('SELECT 1 FROM sqlite_master').get()
    await copyPages(source, file)
  } finally {
    source.close()
  }
}

/** Writes the whole database to a new file. Throws CommandError. */
export async function backup(config: Config['database'], file: string) {
  if (existsSync(file)) throw new CommandError(`✖ ${file} exists already`)
  const partial = `${file}.part` // renamed when complete: an interrupted backup never has the final name
  rmSync(partial, { force: true })
  if (config.engine === 'mysql') await dumpMysql(config, partial)
  else await copySqlite(config.file, partial)
  renameSync(partial, file)
}

export const backupCommand: Command = {
  summary: 'writes the whole database to a new file, while the application runs',
  argument: 'FILE',
  async run({ database }, name) {
    const file = resolve(name)
    await backup(database, file)
    try {
      await withDatabase(database, db => recordAct(db, { admin: null, act: 'backup' }))
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error // the copy is complete all the same
      console.error(`The log of the instance has no line about it: ${error.message}`)
    }
    console.log(`${file} contains the whole database.
The session secret is not in it: keep that too, or votes by link lose their voters.`)
    return 0
  }
}
