/** The command `move`: takes a poll server to another database, embedded or MySQL. */
import { existsSync } from 'node:fs'
import { readText, withoutLineBreak } from '../config/files.ts'
import { type Config, loadForMove } from '../config/load.ts'
import { createSecret, hasSecret, secretFile } from '../config/session-secret.ts'
import type { Database } from '../db/database.ts'
import { DatabaseError } from '../db/errors.ts'
import { isFilled } from '../db/migrations/backfill.ts'
import { checkSchema, migrate, newestSchema } from '../db/migrations/migrate.ts'
import { describeTables } from '../db/transfer/tables.ts'
import { assertEmpty, type Side, transfer, TransferRefused } from '../db/transfer/transfer.ts'
import { audit } from '../models/polls/audit.ts'
import { CommandError, requireDatabase, withDatabase } from './command.ts'
import { createProgress } from './progress.ts'

/**
 * Throws CommandError if another secret lies beside the embedded target: what is signed with it
 * would be lost.
 */
function checkTargetSecret({ database }: Config, secret: string) {
  if (database.engine !== 'sqlite') return
  const path = secretFile(database.file)
  if (hasSecret(path) && withoutLineBreak(readText(path, 'session.secret')) !== secret)
    throw new CommandError(
      `✖ ${path} is the secret of another database: choose another folder for the target, or move that file away`
    )
}

/**
 * Throws CommandError unless the target can verify what the source has signed: votes by link hang
 * on it.
 */
function checkSecret({ database, session: from }: Config, { session: to }: Config) {
  if (database.engine !== 'sqlite' || [to.secret, to.previousSecret].includes(from.secret)) return
  throw new CommandError(
    `✖ VOTE_SESSION_SECRET is not the secret in ${secretFile(database.file)}: with the other one browsers would count again in polls by link. If the server of the source ran with the variable, move the file away. If it ran with the file, leave the variable out, or set the secret of the file as VOTE_SESSION_PREVIOUS_SECRET.`
  )
}

/**
 * Throws CommandError if an upgrade of the source has not ended, or if its counters differ already:
 * the copy could not be told from a faulty one.
 */
async function checkSource(db: Database, config: Config['database']) {
  await checkSchema(db, config)
  if (!(await isFilled(db, await newestSchema(config))))
    throw new CommandError('✖ An upgrade of the source was interrupted: run the command migrate on it')
  const differences = await audit(db)
  if (differences.length > 0)
    throw new CommandError(
      `✖ ${differences.length} counters of the source differ: the command audit lists them`
    )
}

async function copy(from: Config, to: Config, source: Database, target: Database) {
  const sourceSide: Side = { db: source, engine: from.database.engine }
  const targetSide: Side = { db: target, engine: to.database.engine }
  await checkSource(source, from.database)
  await assertEmpty(target, await describeTables(target, targetSide.engine))
  await migrate(target, { ...to.database, sampleData: false })
  console.error('the source is sound and the target empty')
  const progress = createProgress()
  let shown = ''
  return transfer(sourceSide, targetSide, {
    onProgress(step, table, rows) {
      const line = `${table}: ${rows} rows ${step}`
      if (shown === table + step) progress(() => line)
      else console.error(line)
      shown = table + step
    },
    async beforeCommit(tx) {
      console.error('everything is copied and every result is the same')
      const differences = await audit(tx)
      if (differences.length > 0)
        throw new TransferRefused(`${differences.length} counters differ in the copy.`)
      if (to.database.engine === 'sqlite') createSecret(secretFile(to.database.file), from.session.secret)
      console.error('every counter equals its rows; committing')
    }
  })
}

const nextStep = (from: Config, to: Config) => {
  if (to.database.engine === 'sqlite') return 'The session secret is beside the database file.'
  const secret =
    from.database.engine === 'sqlite' &&
    from.session.secret === to.session.secret &&
    existsSync(secretFile(from.database.file))
      ? `VOTE_SESSION_SECRET_FILE=${secretFile(from.database.file)}, or a copy of that file`
      : 'the same VOTE_SESSION_SECRET'
  return `Start the target with ${secret}.`
}

/**
 * Moves the database that one configuration file names to the empty one that another names. Returns
 * the exit code.
 */
export async function move(fromFile: string, toFile: string): Promise<number> {
  const from = loadForMove(fromFile)
  if (from.session.secret === '')
    throw new CommandError('✖ The source has no session secret: set VOTE_SESSION_SECRET as its server has it')
  const to = loadForMove(toFile, from.session.secret)
  if (JSON.stringify(from.database) === JSON.stringify(to.database))
    throw new CommandError('✖ The source and the target are the same database')
  checkSecret(from, to)
  checkTargetSecret(to, from.session.secret)
  requireDatabase(from.database)
  try {
    const counts = await withDatabase(from.database, source =>
      withDatabase(to.database, target => copy(from, to, source, target))
    )
    const listed = [...counts].map(([table, rows]) => `${table} ${rows}`)
    console.log(`moved: ${listed.join(', ')}\n${nextStep(from, to)}
Accounts sign in again. The source is as it was: remove it when the target runs.`)
    return 0
  } catch (error) {
    if (error instanceof TransferRefused)
      throw new CommandError(`✖ Nothing was moved. ${error.message}`, { cause: error })
    if (error instanceof DatabaseError)
      throw new CommandError(`✖ Nothing was moved. A database refused: ${error.message}`, { cause: error })
    throw error
  }
}
