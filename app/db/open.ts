/** Opens the database engine that the configuration names. */
import type { Config } from '../config/load.ts'
import type { Database } from './database.ts'
import { MysqlCluster } from './mysql/cluster.ts'
import { type Listeners, MysqlDatabase } from './mysql/database.ts'
import { SqliteDatabase } from './sqlite/database.ts'

/** Opens the database. The listeners get statements, and errors that no statement waits for. */
export function openDatabase(config: Config['database'], listeners: Listeners = {}): Database {
  if (config.engine === 'sqlite') return new SqliteDatabase(config.file, listeners.observe)
  return config.hosts.length > 0 ? new MysqlCluster(config, listeners) : new MysqlDatabase(config, listeners)
}
