/** The command `seed`. */
import { migrate, seed } from '../db/migrations/migrate.ts'
import { type Command, withDatabase } from './command.ts'

export const seedCommand: Command = {
  summary: 'loads the sample polls into a database without users',
  run: config =>
    withDatabase(config.database, async db => {
      await migrate(db, { ...config.database, sampleData: false })
      const isLoaded = await seed(db)
      console.log(isLoaded ? 'the sample polls are loaded' : 'the database has users: nothing was loaded')
      return 0
    })
}
