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
import { canonicalEmail } from '../values/email.ts'
import { CommandError, requireDatabase, withDatabase } from './command.ts'

interface Context {
  db: Database
  administration: Administration
  user: ListedAccount
}

const refusals = [AccountDisabled, InvalidAccount, UserNotFound]

/**
 * Finds the account of `id:17`, of a phone number or of an e-mail address. An earlier version may
 * have stored that in two spellings: throws CommandError where another account shows it too. Throws
 * InvalidAccount, UserNotFound.
 */
async function find(db: Database, administration: Administration, account: string): Promise<ListedAccount> {
  const [, id] = /^id:(\d+)$/.exec(account) ?? []
  if (id !== undefined) return administration.get(Number(id))
  const user = await administration.findByKey(account)
  if (!/[@\uff20]/.test(account)) return user
  const sql = "SELECT id, name, email FROM user WHERE email LIKE '%@%' AND id <> ? AND delete_flag = 0"
  const rows = await db.select<Pick<ListedAccount, 'id' | 'name' | 'email'>>(sql, [user.id])
  const canonical = canonicalEmail(user.email)
  const others = rows.filter(({ email }) => canonicalEmail(email) === canonical)
  if (others.length === 0) return user
  const named = [user, ...others].map(one => `id:${one.id} (${one.name})`)
  throw new CommandError(`✖ ${account} is the address of ${named.join(' and ')}: name one by its id`)
}

/**
 * Finds an account by e-mail address, phone number or id and calls `work` with it. Throws
 * CommandError if there is none.
 */
export function withAccount(config: Config, account: string, work: (context: Context) => Promise<void>) {
  requireDatabase(config.database)
  return withDatabase(config.database, async db => {
    await checkSchema(db, config.database)
    const current = await readSettings(db, sourceOf(config))
    const administration = new Administration(db, { current })
    try {
      await work({ db, administration, user: await find(db, administration, account) })
    } catch (error) {
      if (!refusals.some(kind => error instanceof kind)) throw error
      throw new CommandError(`✖ ${toMessage(error as AppError, en).message}: ${account}`)
    }
    return 0
  })
}
