/** Picks the engine that the configuration names. */
import type { Config } from '../config.ts'
import type { Database, Observe } from './database.ts'
import { openMysql } from './mysql.ts'
import { openSqlite } from './sqlite.ts'

/** Opens the database; `onError` hears of trouble on connections that no statement waits for. */
export function openDatabase(
  config: Config['database'],
  observe?: Observe,
  onError?: (error: Error) => void
): Database {
  return config.engine === 'mysql' ? openMysql(config, observe, onError) : openSqlite(config.file, observe)
}
