/** A database of a test's own, without an application around it. */
import type { TestContext } from 'node:test'
import { checkConfig, type Config } from '../../app/config/load.ts'
import type { Database, Observe } from '../../app/db/database.ts'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../app/db/open.ts'
import type { Engine } from './engines.ts'

export type DatabaseConfig = Config['database']

/** The configuration of a new, empty database; `more` overrides its settings. */
export async function place(t: TestContext, engine: Engine, more: object = {}): Promise<DatabaseConfig> {
  const tree = await engine.config(t)
  return checkConfig({ ...tree, database: { ...tree.database, ...more } }).database
}

/** A connection, or a pool of them, that closes when the test ends. */
export function connect(t: TestContext, config: DatabaseConfig, observe?: Observe): Database {
  const db = openDatabase(config, observe ? { observe } : {})
  t.after(() => db.close())
  return db
}

/** A database with the schema and the sample polls in it. */
export async function open(t: TestContext, engine: Engine, more: object = {}): Promise<Database> {
  const config = await place(t, engine, more)
  const db = connect(t, config)
  await migrate(db, config)
  return db
}
