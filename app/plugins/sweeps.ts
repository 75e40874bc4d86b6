/** What every process repeats by a timer. Each deletion is a transaction that checks again, so that it happens once. */
import type { FastifyInstance } from 'fastify'
import { Retention } from '../models/instance/retention.ts'
import type { ListMails } from '../models/mail/list-mails.ts'
import { Removals } from '../models/polls/removal.ts'
import { PollKeys } from '../models/voting/poll-keys.ts'

/** How often the keys of anonymous polls are erased that have closed by their time, and what deleted rows have left. */
const ERASE_INTERVAL_MS = 30_000
/** How often polls and rows are deleted that were kept for as long as they may be. */
const RETENTION_INTERVAL_MS = 600_000

/** Does work now and then by a timer, one run at a time, until the application closes, which waits for it. */
export function repeat(app: FastifyInstance, work: () => Promise<void>, intervalMs: number) {
  let running: Promise<void> | undefined
  const run = () => {
    running ??= work().finally(() => {
      running = undefined
    })
  }
  run()
  const timer = setInterval(run, intervalMs).unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await running
  })
}

/** Starts the sweeps; the first deletes what an ended process has left. `onChange` is called with each poll that was deleted. */
export function startSweeps(app: FastifyInstance, onChange: (question: number) => void) {
  const warn = (message: string) => (err: unknown) => app.log.warn({ err }, message)
  const removals = new Removals(app.db, warn('contents of a removed poll are left'))
  app.addHook('onClose', () => removals.close())
  const pollKeys = new PollKeys(app.db, warn('the key of an anonymous poll is left'))
  repeat(app, () => pollKeys.sweep(), ERASE_INTERVAL_MS)
  const scrub = () => app.db.scrub().catch(warn('deleted rows are left in the log of the database'))
  repeat(app, scrub, ERASE_INTERVAL_MS)
  const retention = new Retention(app.db, removals, onChange, warn('data whose time is over is left'))
  repeat(app, () => retention.sweep(), RETENTION_INTERVAL_MS)
  return { removals, pollKeys }
}

/** Starts to forget the e-mail addresses of voter lists. */
export function startForgetting(app: FastifyInstance, listMails: ListMails) {
  const onError = (err: unknown) => app.log.warn({ err }, 'e-mail addresses of a voter list are left')
  const forget = () => listMails.forget().catch(onError)
  repeat(app, forget, RETENTION_INTERVAL_MS)
}
