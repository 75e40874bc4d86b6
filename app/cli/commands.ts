/** What the program does beside serving, each on a database of its own opening; answers the exit code. */
import type { Config } from '../config/load.ts'
import type { Database } from '../db/database.ts'
import { checkSchema, migrate, seed } from '../db/migrations/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { AccountDisabled, NotAnAccount, UserNotFound } from '../errors.ts'
import { createAdministration } from '../models/accounts/administration.ts'
import { audit } from '../models/polls/audit.ts'
import { createPasswords } from '../models/accounts/passwords.ts'
import { createResets } from '../models/accounts/resets.ts'
import { siteAddress } from '../plugins/links.ts'

type Work = (db: Database, config: Config, account: string) => Promise<number>

const commands: Record<string, Work> = {
  async migrate(db, config) {
    const ran = await migrate(db, config.database)
    console.log(ran.length > 0 ? `migrated: ${ran.join(', ')}` : 'the schema is up to date')
    return 0
  },

  async seed(db, config) {
    await migrate(db, { ...config.database, sampleData: false })
    console.log(
      (await seed(db)) ? 'the sample polls are loaded' : 'there are users already: nothing was loaded'
    )
    return 0
  },

  async audit(db) {
    const differences = await audit(db)
    for (const { question_id, what, counter, counted } of differences) {
      console.log(`question ${question_id}, ${what}: stored ${counter}, counted ${counted}`)
    }
    if (differences.length === 0) console.log('every counter equals its rows')
    return differences.length > 0 ? 1 : 0
  }
}

/** Those about one account, named by e-mail or phone. */
const accountCommands: Record<string, Work> = {
  async 'reset-password'(db, config, account) {
    const { id, name } = await createAdministration(db, config.accounts.homeRegion).locate(account)
    const { token, expires_time } = await createResets(db, createPasswords()).make(id)
    console.log(`${siteAddress(config.server)}/reset/${token}
sets a new password for ${name}, once, until ${expires_time} UTC. It is not shown again.`)
    return 0
  },

  async 'make-admin'(db, config, account) {
    const administration = createAdministration(db, config.accounts.homeRegion)
    const { id, name } = await administration.locate(account)
    await administration.makeAdmin(id)
    console.log(`${name} is an administrator`)
    return 0
  }
}

const refusals = [AccountDisabled, NotAnAccount, UserNotFound]

/** The command of this name with these arguments; undefined if there is none that takes so many. */
export function commandFor(name: string, args: readonly string[]) {
  const table = args.length === 0 ? commands : args.length === 1 ? accountCommands : {}
  const work = Object.hasOwn(table, name) ? table[name] : undefined
  return (
    work &&
    (async (config: Config): Promise<number> => {
      const db = openDatabase(config.database)
      try {
        if (table === accountCommands) await checkSchema(db, config.database)
        return await work(db, config, args[0] ?? '')
      } catch (error) {
        if (!refusals.some(kind => error instanceof kind)) throw error
        console.error(`✖ ${(error as Error).message}: ${args[0]}`)
        return 1
      } finally {
        await db.close()
      }
    })
  )
}
