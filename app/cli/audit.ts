/** The command `audit`. */
import type { Config } from '../config/load.ts'
import type { Database } from '../db/database.ts'
import { checkSchema } from '../db/migrations/migrate.ts'
import { audit } from '../models/polls/audit.ts'
import { type Command, CommandError, requireDatabase, withDatabase } from './command.ts'
import { createProgress } from './progress.ts'

/** Nothing is known of the counters: exit code 3, where a counter that differs is 1. */
class NotChecked extends CommandError {
  override readonly exitCode = 3
}

/**
 * Recounts every poll, with progress. Throws ConfigError if there is no database, NotChecked if
 * that is not possible.
 */
export async function recount(config: Config['database']) {
  requireDatabase(config)
  const progress = createProgress()
  const work = async (db: Database) => {
    await checkSchema(db, config)
    const total = await db.fetchone<{ polls: number }>('SELECT COUNT(*) AS polls FROM question')
    return audit(db, done => progress(() => `${done} of ${total?.polls} polls recounted`))
  }
  try {
    return await withDatabase(config, work)
  } catch (error) {
    const message = `✖ The counters could not be checked: ${(error as Error).message}`
    throw new NotChecked(message, { cause: error })
  }
}

export const auditCommand: Command = {
  summary:
    'recounts every poll and prints each counter that differs;\nexits with 1 if one does, with 3 if it could not be checked',
  async run({ database }) {
    const differences = await recount(database)
    for (const { question_id, what, counter, counted } of differences)
      console.log(`question ${question_id}, ${what}: stored ${counter}, counted ${counted}`)
    if (differences.length === 0) console.log('every counter equals its rows')
    return differences.length > 0 ? 1 : 0
  }
}
