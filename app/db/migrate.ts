/** Brings a database to the schema of this program, and loads the sample data. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Postgrator from 'postgrator'
import { root, type Config } from '../config.ts'
import type { Database, Queries } from './database.ts'

/** The database cannot be used by this version of the program; the message says what to do. */
export class SchemaMismatch extends Error {}

/** A change of a large table takes its time, and so does waiting for another process to make it. */
const patience = 600_000

/** Our SQL files end each statement with a semicolon at the end of a line. */
async function runScript(queries: Queries, script: string) {
  const statements = script.replace(/^\s*--.*$/gm, '').split(/;\s*$/m)
  for (const sql of statements) if (sql.trim()) await queries.execute(sql)
}

function createMigrator(queries: Queries, config: Config['database']) {
  const options = {
    execQuery: async (sql: string) => ({ rows: await queries.select<unknown>(sql) }),
    execSqlScript: (script: string) => runScript(queries, script)
  }
  const folder = config.engine === 'mysql' ? 'mysql' : 'sqlite'
  const migrationPattern = join(root, 'sql', folder, '*.sql')
  return config.engine === 'mysql'
    ? new Postgrator({ ...options, driver: 'mysql', database: config.database, migrationPattern })
    : new Postgrator({ ...options, driver: 'sqlite3', migrationPattern })
}

const newer = (found: number, known: number) =>
  new SchemaMismatch(
    `The database has schema ${found}, this program knows schemas up to ${known}. Run the newer program, or restore a backup.`
  )

/**
 * Runs the missing migrations; any number of processes may call it at once. A new database also gets the sample
 * data where the configuration says so. Returns the names of what ran. Throws SchemaMismatch.
 */
export async function migrate(db: Database, config: Config['database']): Promise<string[]> {
  const work = async (queries: Queries) => {
    const migrator = createMigrator(queries, config)
    const [found, known] = [await migrator.getDatabaseVersion(), await migrator.getMaxVersion()]
    if (found > known) throw newer(found, known)
    if (found === known) return []
    const ran = await migrator.migrate()
    if (found === 0 && config.sampleData) await runSampleData(queries)
    return ran.map(({ version, name }) => `${version}.${name}`)
  }
  return db.exclusive('vote:migrate', work, patience)
}

/** For a process that may not change the schema. Throws SchemaMismatch unless it fits this program. */
export async function checkSchema(db: Database, config: Config['database']) {
  const migrator = createMigrator(db, config)
  const [found, known] = [await migrator.getDatabaseVersion(), await migrator.getMaxVersion()]
  if (found > known) throw newer(found, known)
  if (found < known)
    throw new SchemaMismatch(`The database has schema ${found}, ${known} is needed: run the command migrate.`)
}

const runSampleData = (queries: Queries) =>
  runScript(queries, readFileSync(join(root, 'sql', 'sample_data.sql'), 'utf8'))

/** Loads the sample data into a database without users. Returns whether it did. */
export async function seed(db: Database): Promise<boolean> {
  const work = async (queries: Queries) => {
    if (await queries.fetchone('SELECT id FROM user LIMIT 1')) return false
    await runSampleData(queries)
    return true
  }
  return db.exclusive('vote:migrate', work, patience)
}
