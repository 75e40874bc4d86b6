/** The interface of a command, and the code that commands share. */
import { accessSync } from 'node:fs'
import { ConfigError } from '../config/errors.ts'
import type { Config } from '../config/load.ts'
import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open.ts'

export interface Flags {
  overwrite: boolean
}

export interface Command {
  /** What it does, for the usage text; each line of it at most 70 characters. */
  readonly summary: string
  /** The name of its argument in the usage text, if it takes one. */
  readonly argument?: string
  /** The flags that it accepts. */
  readonly flags?: readonly (keyof Flags)[]
  /**
   * Runs the command and returns the exit code. Throws CommandError, DatabaseError or
   * SchemaMismatch.
   */
  run(config: Config, argument: string, flags: Flags): Promise<number>
}

/** The command cannot do its work. The message is written for the operator and is printed alone. */
export class CommandError extends Error {
  readonly exitCode: number = 1
}

/** A statement of a command may count a large table; a request is answered within two seconds. */
const STATEMENT_TIMEOUT_MS = 3_600_000
const CONNECT_TIMEOUT_MS = 10_000

const withLimits = (config: Config['database']): Config['database'] =>
  config.engine === 'mysql'
    ? { ...config, queryTimeout: STATEMENT_TIMEOUT_MS, connectTimeout: CONNECT_TIMEOUT_MS }
    : config

/** Throws ConfigError if the embedded database is missing: to open it would create an empty one. */
export function requireDatabase(config: Config['database']) {
  if (config.engine !== 'sqlite') return
  try {
    accessSync(config.file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return // SQLite says why it cannot open the file
    throw new ConfigError(
      `✖ There is no database at ${config.file}: set VOTE_DATABASE_FILE as for the server`
    )
  }
}

/** Opens the configured database with the time limits of commands, runs `work` and closes it. */
export async function withDatabase<T>(config: Config['database'], work: (db: Database) => Promise<T>) {
  const db = openDatabase(withLimits(config))
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
