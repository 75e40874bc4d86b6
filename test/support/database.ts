/** Opens a database for a test, without an application. */
import type { TestContext } from 'node:test'
import { checkConfig, type Config } from '../../app/config/load.ts'
import type { Database, Observe } from '../../app/db/database.ts'
import { migrate } from '../../app/db/migrations/migrate.ts'
import { openDatabase } from '../../app/db/open.ts'
import { atEnd } from './at-end.ts'
import type { Engine } from './engines.ts'

export type DatabaseConfig = Config['database']

/** Returns the configuration of a new, empty database. `more` overrides its settings. */
export async function place(t: TestContext, engine: Engine, more: object = {}): Promise<DatabaseConfig> {
  const tree = await engine.config(t)
  return checkConfig({ ...tree, database: { ...tree.database, ...more } }).database
}

/** Opens the database. Closed when the test ends. */
export function connect(t: TestContext, config: DatabaseConfig, observe?: Observe): Database {
  const db = openDatabase(config, observe ? { observe } : {})
  atEnd(t, () => db.close())
  return db
}

/** Creates a database with the schema and the sample polls. */
export async function open(t: TestContext, engine: Engine, more: object = {}): Promise<Database> {
  const config = await place(t, engine, more)
  const db = connect(t, config)
  await migrate(db, config)
  return db
}
