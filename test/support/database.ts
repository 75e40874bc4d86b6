/** Opens a database for a test, without an application. */
import type { TestContext } from 'node:test'
import { checkConfig, type Config } from '../../app/config/load.ts'
import type { Database, Observe } from '../../app/db/database.ts'
import { openDatabase } from '../../app/db/open.ts'
import { atEnd } from './at-end.ts'
import type { Engine, Tree } from './engines.ts'

export type DatabaseConfig = Config['database']

const withSettings = (tree: Tree, more: object): DatabaseConfig =>
  checkConfig({ ...tree, database: { ...tree.database, ...more } }).database

/** Returns the configuration of a new, empty database. `more` overrides its settings. */
export const place = async (t: TestContext, engine: Engine, more: object = {}): Promise<DatabaseConfig> =>
  withSettings(await engine.config(t), more)

/** Opens the database. Closed when the test ends. */
export function connect(t: TestContext, config: DatabaseConfig, observe?: Observe): Database {
  const db = openDatabase(config, observe ? { observe } : {})
  atEnd(t, () => db.close())
  return db
}

/**
 * Opens a new database with the schema and the sample polls. `more` overrides settings of its
 * connections.
 */
export const open = async (t: TestContext, engine: Engine, more: object = {}): Promise<Database> =>
  connect(t, withSettings(await engine.filled(t), more))
