/**
 * What every process repeats by a timer. Each deletion is a transaction that checks again, so that
 * it happens once.
 */
import type { FastifyInstance } from 'fastify'
import { Retention } from '../models/instance/retention.ts'
import type { ListMails } from '../models/mail/list-mails.ts'
import type { Removals } from '../models/polls/removal.ts'
import type { PollKeys } from '../models/voting/poll-keys.ts'
import { startTimer } from './timer.ts'

/**
 * How often the keys of anonymous polls are erased that have closed by their time, and what deleted
 * rows have left.
 */
const ERASE_INTERVAL_MS = 30_000
/** How often polls and rows are deleted that were kept for as long as they may be. */
const RETENTION_INTERVAL_MS = 600_000

interface Swept {
  removals: Removals
  pollKeys: PollKeys
  listMails: ListMails
  /** Is called with each poll that was deleted. */
  onEdit: (question: number) => void
}

/** Starts the sweeps; the first deletes what an ended process has left. */
export function startSweeps(app: FastifyInstance, { removals, pollKeys, listMails, onEdit }: Swept) {
  const warn = (message: string) => (err: unknown) => app.log.warn({ err }, message)
  startTimer(app, () => pollKeys.sweep(), ERASE_INTERVAL_MS)
  const onScrubFailure = warn('could not erase deleted rows from the log of the database; trying again')
  startTimer(app, () => app.db.scrub().catch(onScrubFailure), ERASE_INTERVAL_MS)
  const onFailure = warn('could not delete expired data; trying again')
  const retention = new Retention(app.db, removals, onEdit, onFailure)
  startTimer(app, () => retention.sweep(), RETENTION_INTERVAL_MS)
  const onForgetFailure = warn('could not delete e-mail addresses of a voter list; trying again')
  startTimer(app, () => listMails.forget().catch(onForgetFailure), RETENTION_INTERVAL_MS)
}
