/** Migrates a database to the schema of this program and loads the sample data. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Postgrator from 'postgrator'
import { root, type Config } from '../../config/load.ts'
import type { Database, Queries } from '../database.ts'
import { isAlteredAlready } from '../mysql/errors.ts'
import { backfill, backfillOnce } from './backfill.ts'
import { eraseHistories } from './grants.ts'
import { rehearse } from './rehearsal.ts'
import { findFault, listTables } from './tables.ts'
import { changedBetween, ITEMS_VERSION, tallies } from './tally.ts'

/** The database cannot be used by this version of the program; the message says what to do. */
export class SchemaMismatch extends Error {}

/** A migration would change the result of a poll; it was rolled back. */
export class LossyMigration extends SchemaMismatch {
  constructor(questions: readonly number[]) {
    super(
      `The migration was stopped, because it changes the result of ${questions.length} polls (${questions.slice(0, 10).join(', ')}${questions.length > 10 ? ', …' : ''}). The database is as it was: run the program that it belongs to.`
    )
  }
}

/** For tests: another folder of migrations, and the version to stop at. */
interface Options {
  folder?: string
  to?: number
}

/** The version to stop at, as Postgrator names it. */
const target = ({ to }: Options) => (to === undefined ? 'max' : String(to))

/**
 * Altering a large table can take minutes, and so can the wait for another process that does it.
 */
const TIMEOUT_MS = 600_000

/** The first schema with the table admin_log. */
const LOG_VERSION = 13
/** The first schema in which deleted polls are erased. */
const RETENTION_VERSION = 31

const sqlFolder = join(root, 'sql')

/**
 * Runs a script in which each statement ends with a semicolon at the end of a line. A server ends a
 * statement whose client has gone, and the migration is not recorded: then it is run again, and
 * finds its work done.
 */
async function runScript(queries: Queries, script: string) {
  const statements = script.replace(/^\s*--.*$/gm, '').split(/;\s*$/m)
  for (const sql of statements) {
    if (!sql.trim()) continue
    await queries.execute(sql).catch((error: unknown) => {
      if (!isAlteredAlready(error)) throw error
    })
  }
}

/** `queries`: null where only the folder of migrations is read. */
function createMigrator(queries: Queries | null, config: Config['database'], root: string = sqlFolder) {
  const options = {
    newline: 'LF', // of the text that the checksums are of: a checkout may have CRLF
    ...(queries && {
      execQuery: async (sql: string) => ({ rows: await queries.select<unknown>(sql) }),
      execSqlScript: (script: string) => runScript(queries, script)
    })
  } as const
  const folder = config.engine === 'mysql' ? 'mysql' : 'sqlite'
  const migrationPattern = join(root, folder, '*.sql')
  return config.engine === 'mysql'
    ? new Postgrator({ ...options, driver: 'mysql', database: config.database, migrationPattern })
    : new Postgrator({ ...options, driver: 'sqlite3', migrationPattern })
}

/** Returns the error of a database, or a backup, that belongs to a newer program. */
export const newerSchema = (found: number, known: number) =>
  new SchemaMismatch(
    `The database has schema ${found}, this program knows schemas up to ${known}. Run the newer program, or restore a backup.`
  )

/**
 * Returns the version of the schema of the database, 0 if it has none, and the newest that this
 * program knows. Throws SchemaMismatch if the database is incomplete.
 */
export async function schemaVersions(queries: Queries, config: Config['database'], { folder }: Options = {}) {
  const fault = findFault(await listTables(queries, config.engine))
  if (fault !== null) throw new SchemaMismatch(fault)
  const migrator = createMigrator(queries, config, folder)
  return { found: await migrator.getDatabaseVersion(), known: await migrator.getMaxVersion() }
}

/**
 * Runs the missing migrations and returns how many polls it compared. Throws LossyMigration if they
 * change the result of one.
 */
async function advance(queries: Queries, config: Config['database'], options: Options) {
  const migrator = createMigrator(queries, config, options.folder)
  const hasItems = (await migrator.getDatabaseVersion()) >= ITEMS_VERSION
  const before = await tallies(queries, hasItems)
  const ran = await migrator.migrate(target(options))
  const changed = changedBetween(before, await tallies(queries, hasItems))
  if (changed.length > 0) throw new LossyMigration(changed)
  return { ran, compared: before.size }
}

/**
 * Advances a database that has polls; a server's first on a copy, where it can. Throws as
 * `advance`.
 */
async function upgrade(queries: Queries, config: Config['database'], options: Options) {
  if (config.engine !== 'mysql') return advance(queries, config, options)
  // Votes may arrive while a server's tables change, so that only the copy can be compared.
  const rehearsed = await rehearse(queries, config, TIMEOUT_MS, (copy, copyConfig) =>
    advance(copy, copyConfig, options)
  )
  const ran = await createMigrator(queries, config, options.folder).migrate(target(options))
  return { ran, compared: rehearsed?.compared }
}

/**
 * Adds a line to the log of the instance, unless only the sample data has accounts: then the first
 * start was interrupted. `compared`: polls whose result is proved to be the same.
 */
async function recordUpgrade(queries: Queries, compared: number | undefined) {
  if (!(await queries.fetchone("SELECT id FROM user WHERE email NOT LIKE '%@sample.invalid' LIMIT 1"))) return
  const sql = "INSERT INTO admin_log (act, detail) VALUES ('upgrade', ?)"
  await queries.execute(sql, [String(compared ?? '')])
}

/**
 * Runs the missing migrations; any number of processes may call it at once. Loads the sample data
 * into a new database if the configuration says so. A migration that changes a poll's result is
 * rolled back (SQLite) or fails on a copy first (MySQL). Returns the names of the migrations that
 * ran. Throws SchemaMismatch, LossyMigration.
 */
export async function migrate(
  db: Database,
  config: Config['database'],
  options: Options = {}
): Promise<string[]> {
  const work = async (queries: Queries) => {
    const { found, known } = await schemaVersions(queries, config, options)
    if (found > known) throw newerSchema(found, known)
    const migrator = createMigrator(queries, config, options.folder)
    const isUpgrade = found > 0 && found < known
    const { ran, compared } = isUpgrade
      ? await upgrade(queries, config, options)
      : { ran: found === 0 ? await migrator.migrate(target(options)) : [], compared: undefined }
    if (found === 0 && config.sampleData) await runSampleData(queries)
    const version = await migrator.getDatabaseVersion()
    const isFirst = await backfillOnce(queries, version)
    if (isFirst && found > 0 && version >= LOG_VERSION) await recordUpgrade(queries, compared)
    if (found === known && version >= RETENTION_VERSION) await eraseHistories(queries)
    return ran.map(({ version, name }) => `${version}.${name}`)
  }
  return db.withAdvisoryLock('vote:migrate', work, TIMEOUT_MS)
}

/** Returns the version of the newest schema that this program knows. */
export const newestSchema = (config: Config['database']) => createMigrator(null, config).getMaxVersion()

/** Checks the schema without changing it. Throws SchemaMismatch unless it is this program's. */
export async function checkSchema(db: Database, config: Config['database']) {
  const { found, known } = await schemaVersions(db, config)
  if (found > known) throw newerSchema(found, known)
  if (found < known)
    throw new SchemaMismatch(`The database has schema ${found}, ${known} is needed: run the command migrate.`)
}

const runSampleData = (queries: Queries) =>
  runScript(queries, readFileSync(join(sqlFolder, 'sample_data.sql'), 'utf8'))

/** Loads the sample data into a database without users. Returns whether it did. */
export async function seed(db: Database): Promise<boolean> {
  const work = async (queries: Queries) => {
    if (await queries.fetchone('SELECT id FROM user LIMIT 1')) return false
    await runSampleData(queries)
    await backfill(queries, 'unfilled')
    return true
  }
  return db.withAdvisoryLock('vote:migrate', work, TIMEOUT_MS)
}
