/** Finds the account that a command names. */
import type { Config } from '../config/load.ts'
import type { Database } from '../db/database.ts'
import { checkSchema } from '../db/migrations/migrate.ts'
import type { AppError } from '../app-error.ts'
import { AccountDisabled, InvalidAccount, UserNotFound } from '../errors.ts'
import en from '../i18n/locales/en.ts'
import { toMessage } from '../i18n/messages.ts'
import { Administration } from '../models/accounts/administration.ts'
import { readSettings, sourceOf } from '../models/instance/settings.ts'
import type { ListedAccount } from '../models/accounts/user-row.ts'
import { CommandError, requireDatabase, withDatabase } from './command.ts'

interface Context {
  db: Database
  administration: Administration
  user: ListedAccount
}

const refusals = [AccountDisabled, InvalidAccount, UserNotFound]

/**
 * Finds an account by e-mail address or phone number and calls `work` with it. Throws CommandError
 * if there is none.
 */
export function withAccount(config: Config, account: string, work: (context: Context) => Promise<void>) {
  requireDatabase(config.database)
  return withDatabase(config.database, async db => {
    await checkSchema(db, config.database)
    const current = await readSettings(db, sourceOf(config))
    const administration = new Administration(db, { current })
    try {
      await work({ db, administration, user: await administration.findByKey(account) })
    } catch (error) {
      if (!refusals.some(kind => error instanceof kind)) throw error
      throw new CommandError(`✖ ${toMessage(error as AppError, en).message}: ${account}`)
    }
    return 0
  })
}
