/** The command `restore`: replaces the database by a backup. */
import { closeSync, constants, copyFileSync, existsSync, linkSync, openSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { isFolder } from '../config/files.ts'
import type { Config } from '../config/load.ts'
import { newerSchema, newestSchema, schemaVersions } from '../db/migrations/migrate.ts'
import { listTables } from '../db/migrations/tables.ts'
import { randomText } from '../values/random-text.ts'
import { recount } from './audit.ts'
import { type Command, CommandError, withDatabase } from './command.ts'
import { copyTo, notComplete, removeCopy, requireEmpty } from './file-copy.ts'
import { restoreDump } from './restore-dump.ts'

type SqliteConfig = Extract<Config['database'], { engine: 'sqlite' }>

/** Throws CommandError unless the file can be read: a copy may belong to another user. */
function requireReadable(file: string) {
  if (!existsSync(file)) throw new CommandError(`✖ There is no file ${file}`)
  if (isFolder(file)) throw new CommandError(`✖ ${file} is a folder: name the backup in it`)
  try {
    closeSync(openSync(file, 'r'))
  } catch (error) {
    throw new CommandError(`✖ ${file} cannot be read: ${(error as Error).message}`)
  }
}

/** Opens a backup of the embedded database. Throws CommandError unless it is complete. */
function openCopy(file: string) {
  const url = pathToFileURL(file)
  // Opens it in a folder that cannot be written, and writes nothing beside it. A copy of the files
  // of a running server has its last votes in the log beside it.
  if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1')
  try {
    const source = new DatabaseSync(url, { readOnly: true })
    const check = source.prepare('PRAGMA integrity_check').get()
    source.prepare('SELECT id FROM question LIMIT 1').get() // throws if there is no such table
    const { version } = source.prepare('SELECT MAX(version) AS version FROM schemaversion').get()!
    if (check?.integrity_check === 'ok') return { source, version: Number(version) }
  } catch {}
  throw notComplete(file)
}

/** Tells whether SQLite cannot read a database file any more. */
function isDamaged(file: string) {
  if (!existsSync(file)) return false
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    const check = database.prepare('PRAGMA quick_check(1)').get()
    database.close()
    return check?.quick_check !== 'ok'
  } catch (error) {
    return /not a database|malformed/.test((error as Error).message)
  }
}

/**
 * Puts a restored database in the place of a damaged one, which gets another name too before that:
 * without a database the application would create an empty one.
 */
function replaceDamaged(file: string, restored: string) {
  let aside = `${file}.damaged`
  for (let n = 2; existsSync(aside); n++) aside = `${file}.damaged-${n}`
  try {
    linkSync(file, aside)
  } catch {
    copyFileSync(file, aside, constants.COPYFILE_EXCL) // a file system without hard links
  }
  for (const suffix of ['-wal', '-shm'])
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  renameSync(restored, file)
  console.log(`The database was damaged: it is now ${aside}`)
}

/** Replaces the embedded database. A damaged one is there until the copy is complete. */
async function restoreFile(config: SqliteConfig, file: string, overwrite: boolean) {
  const { source, version } = openCopy(file)
  const isReplaced = overwrite && isDamaged(config.file)
  const target = isReplaced ? { ...config, file: `${config.file}.${randomText()}.part` } : config
  try {
    const known = await newestSchema(config)
    if (version > known) throw newerSchema(version, known)
    requireEmpty(await withDatabase(target, db => listTables(db, 'sqlite')), overwrite)
    await copyTo(source, target.file, config.file)
    if (isReplaced) replaceDamaged(config.file, target.file)
  } finally {
    source.close()
    if (isReplaced) removeCopy(target.file)
  }
}

/**
 * Replaces the database by the backup in `file`. A database that has tables is left alone unless
 * `overwrite` is set; then all of them are dropped first. Throws CommandError.
 */
export async function restore(config: Config['database'], file: string, overwrite = false) {
  requireReadable(file)
  if (config.engine === 'sqlite') return restoreFile(config, file, overwrite)
  return restoreDump(config, file, overwrite)
}

export const restoreCommand: Command = {
  summary:
    'restores a backup into an empty database, then recounts as audit does;\n--overwrite replaces a database that is not empty',
  argument: 'FILE',
  flags: ['overwrite'],
  async run({ database }, name, { overwrite }) {
    await restore(database, resolve(name), overwrite)
    const { found, known } = await withDatabase(database, db => schemaVersions(db, database))
    if (found > known) throw newerSchema(found, known)
    if (found > 0 && found < known) {
      // The counters are read by the columns of this version.
      console.log(
        `restored; the backup is of an older version (schema ${found}, this one has ${known}): start the application, or run migrate, then audit`
      )
      return 0
    }
    const differences = await recount(database)
    const result =
      differences.length === 0
        ? 'every counter equals its rows'
        : 'counters differ from their rows: the command audit lists them'
    console.log(`restored; ${result}`)
    return differences.length === 0 ? 0 : 1
  }
}
