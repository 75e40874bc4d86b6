/** The command `audit`. */
import { audit } from '../models/polls/audit.ts'
import { type Command, withDatabase } from './command.ts'

export const auditCommand: Command = {
  summary: 'recounts every poll and prints each counter that differs;\nexits with 1 if one does',
  run: config =>
    withDatabase(config.database, async db => {
      const differences = await audit(db)
      for (const { question_id, what, counter, counted } of differences) {
        console.log(`question ${question_id}, ${what}: stored ${counter}, counted ${counted}`)
      }
      if (differences.length === 0) console.log('every counter equals its rows')
      return differences.length > 0 ? 1 : 0
    })
}
