/** The command `migrate`. */
import { migrate } from '../db/migrations/migrate.ts'
import { type Command, withDatabase } from './command.ts'

export const migrateCommand: Command = {
  summary: 'brings the database to the schema of this version',
  run: config =>
    withDatabase(config.database, async db => {
      const ran = await migrate(db, config.database)
      console.log(ran.length > 0 ? `migrated: ${ran.join(', ')}` : 'the schema is up to date')
      return 0
    })
}
