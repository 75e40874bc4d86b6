/** Copies of databases in files. */
import { rmSync } from 'node:fs'
import { backup, type DatabaseSync } from 'node:sqlite'
import { CommandError } from './command.ts'

/** SQLITE_IOERR_READ and SQLITE_IOERR_SHORT_READ. */
const READ_ERRORS: ReadonlySet<unknown> = new Set([266, 522])

/** Returns the error of a file that the system or its disk refuses. */
export const notWritten = (file: string, reason: string, cause: unknown) =>
  new CommandError(`✖ ${file} cannot be written: ${reason}`, { cause })

/** Returns the error of a file that `restore` does not take. */
export const notComplete = (file: string) => new CommandError(`✖ ${file} is not a complete backup`)

/** Throws CommandError if the database to be restored has tables and `overwrite` is not set. */
export function requireEmpty(tables: readonly string[], overwrite: boolean) {
  if (tables.length > 0 && !overwrite)
    throw new CommandError('✖ The database is not empty: --overwrite replaces everything in it')
}

/**
 * Copies an embedded database to a file. Throws CommandError if that cannot be written, and calls
 * it `name` there.
 */
export async function copyTo(source: DatabaseSync, file: string, name = file) {
  try {
    await backup(source, file)
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number }
    if (READ_ERRORS.has(errcode)) throw error
    throw notWritten(name, message, error)
  }
}

/** Removes a copy, and the journal that SQLite leaves beside one that failed. */
export function removeCopy(file: string) {
  for (const suffix of ['', '-journal']) rmSync(file + suffix, { force: true })
}
