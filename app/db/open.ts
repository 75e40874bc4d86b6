/** Opens the database engine that the configuration names. */
import type { Config } from '../config/load.ts'
import type { Database } from './database.ts'
import { type Listeners, MysqlDatabase } from './mysql/database.ts'
import { SqliteDatabase } from './sqlite/database.ts'

/** Opens the database. The listeners get statements, and errors that no statement waits for. */
export function openDatabase(config: Config['database'], listeners: Listeners = {}): Database {
  return config.engine === 'mysql'
    ? new MysqlDatabase(config, listeners)
    : new SqliteDatabase(config.file, listeners.observe)
}
