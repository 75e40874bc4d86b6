/** Picks the engine that the configuration names. */
import type { Config } from '../config/load.ts'
import type { Database } from './database.ts'
import { type Listeners, openMysql } from './mysql/database.ts'
import { openSqlite } from './sqlite.ts'

/** Opens the database; the listeners hear of statements and of trouble that no statement waits for. */
export function openDatabase(config: Config['database'], listeners: Listeners = {}): Database {
  return config.engine === 'mysql' ? openMysql(config, listeners) : openSqlite(config.file, listeners.observe)
}
