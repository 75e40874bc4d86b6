/** Finds the changes of polls for webhooks. */
import assert from 'node:assert/strict'
import type { Database } from '../../app/db/database.ts'
import { Questions } from '../../app/models/polls/questions.ts'
import { PollKeys } from '../../app/models/voting/poll-keys.ts'
import { Changes } from '../../app/models/webhooks/changes.ts'
import type { PollNews } from '../../app/models/webhooks/poll-news.ts'

/** The questions of a database without ballots of anonymous polls. */
export const questionsOf = (db: Database) =>
  new Questions(db, new PollKeys(db, error => assert.ifError(error)), async () => null)

/** Makes the changes of a database; `onFailure` fails the test by default. */
export function changesIn(
  db: Database,
  linkOf: (slug: string) => string = slug => slug,
  onFailure: (error: unknown, change: PollNews) => void = error => assert.ifError(error)
): Changes {
  const questions = questionsOf(db)
  return new Changes(db, linkOf, slug => questions.read(slug), onFailure)
}
