/** The command `migrate`. */
import { grantTo } from '../db/migrations/grants.ts'
import { migrate } from '../db/migrations/migrate.ts'
import { type Command, withDatabase } from './command.ts'

export const migrateCommand: Command = {
  summary: 'brings the database to the schema of this version',
  run: ({ database: config }) =>
    withDatabase(config, async db => {
      const ran = await migrate(db, config)
      console.log(ran.length > 0 ? `migrated: ${ran.join(', ')}` : 'the schema is up to date')
      const account = config.engine === 'mysql' ? config.applicationUser : null
      if (account !== null && !(await grantTo(db, account)))
        console.warn(
          `${account} was granted nothing, because this user may not grant: the application could change its logs. See docs/upgrading.md.`
        )
      return 0
    })
}
