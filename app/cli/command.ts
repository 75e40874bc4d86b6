/** The interface of a command, and the code that commands share. */
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

/**
 * The command cannot do its work. The message is written for the operator and is printed alone;
 * exit code 1.
 */
export class CommandError extends Error {}

/** Opens the configured database, runs `work` and closes the database. */
export async function withDatabase<T>(config: Config['database'], work: (db: Database) => Promise<T>) {
  const db = openDatabase(config)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
