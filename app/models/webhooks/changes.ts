/**
 * Finds what changed in polls since a webhook was told, and stores it as deliveries, in one
 * transaction.
 */
import { readNow } from '../../db/clock.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { Deadlock, DuplicateKey } from '../../db/errors.ts'
import { addMs, toIso } from '../../values/time.ts'
import { ballotForm } from '../../values/kinds.ts'
import type { EventType } from '../../values/webhooks.ts'
import { attemptEach } from '../attempt-each.ts'
import { stillHolds } from '../polls/locked-poll.ts'
import { isOpen, type Question } from '../polls/question-row.ts'
import { isFull } from './deliveries.ts'
import { readNumbers } from './numbers.ts'
import { eventsOf, type PollNews, type Reported, TALLY_INTERVAL_MS } from './poll-news.ts'
import { lockWebhook } from './webhooks.ts'

/** Changes that one sweep stores. The next sweep takes the others. */
const MAX_CHANGES = 200

const COLUMNS = `w.id AS webhook_id, w.events, q.id, q.slug, q.question_text, q.kind, q.results, q.revision,
  q.tally_version, q.voters, q.reopened_time, s.revision AS reported_revision, s.tally_version AS reported_tally_version,
  s.open AS reported_open, s.reopened_time AS reported_reopened_time, s.tally_time`

/**
 * Polls of one poll's webhooks, and of an account's; two statements, because each uses another
 * index.
 */
const SUBJECTS = ['w.question_id = q.id', 'w.question_id IS NULL AND w.user_id = q.user_id']

export class Changes {
  readonly #db: Database
  readonly #linkOf: (slug: string) => string
  readonly #readPoll: (slug: string) => Promise<Question | undefined>
  readonly #onFailure: (error: unknown, change: PollNews) => void

  /**
   * `linkOf` makes the absolute address of a poll. `readPoll` reads it as it is now, with its
   * outcome. `onFailure` is called with the error of a change that cannot be stored; the next sweep
   * tries it again.
   */
  constructor(
    db: Database,
    linkOf: (slug: string) => string,
    readPoll: (slug: string) => Promise<Question | undefined>,
    onFailure: (error: unknown, change: PollNews) => void
  ) {
    this.#db = db
    this.#linkOf = linkOf
    this.#readPoll = readPoll
    this.#onFailure = onFailure
  }

  /**
   * Stores the deliveries of all changes. Returns whether it stopped at its limit and has stored
   * some changes. Throws if the database is unavailable: the other changes would fail, too.
   */
  async sweep(): Promise<boolean> {
    const reportedBefore = addMs(await readNow(this.#db), -TALLY_INTERVAL_MS)
    let hasMore = false
    for (const subject of SUBJECTS) {
      const found = await this.#find(subject, reportedBefore)
      const stored = await attemptEach(found, change => this.#store(change), this.#onFailure)
      hasMore ||= found.length === MAX_CHANGES && stored.includes(true)
    }
    return hasMore
  }

  /**
   * Finds polls that differ from what was told, first those that were told nothing for the longest
   * time, or since they were made: else 200 busy polls would keep all others waiting. A new result
   * alone is found when the last one was told before `reportedBefore`.
   */
  #find(subject: string, reportedBefore: string): Promise<PollNews[]> {
    const { clock } = this.#db.dialect
    return this.#db.select<PollNews>(
      `SELECT ${COLUMNS}, ${isOpen(clock)} AS open, ${clock} AS now
       FROM webhook w JOIN user u ON u.id = w.user_id AND u.disabled_time IS NULL
       JOIN question q ON ${subject}
       LEFT JOIN webhook_state s ON s.webhook_id = w.id AND s.question_id = q.id
       WHERE w.disabled_time IS NULL AND q.delete_flag = 0 AND (s.webhook_id IS NULL OR s.revision <> q.revision
         OR s.open <> ${isOpen(clock)} OR COALESCE(s.reopened_time, '') <> COALESCE(q.reopened_time, '')
         OR (s.tally_version <> q.tally_version AND (s.tally_time IS NULL OR s.tally_time <= ?)))
       ORDER BY COALESCE(s.told_time, s.tally_time, q.create_time), w.id, q.id`,
      [reportedBefore],
      MAX_CHANGES
    )
  }

  /**
   * Stores a change. Returns whether it did: another process may store the same change, and the
   * state tells who was first.
   */
  async #store(change: PollNews): Promise<boolean> {
    const { types, tally } = eventsOf(change)
    const wanted = types.filter(type => change.events.split(' ').includes(type))
    if (types.length === 0 && tally !== 'reported') return false
    const result = wanted.length > 0 ? await this.#readResult(change) : undefined
    // The last votes are counted soon: the next sweep tells them.
    if (result?.isOutdated && !change.open && wanted.includes('poll.closed')) return false
    try {
      return await this.#db.transaction(async tx => {
        // A first state refers to the poll, whose lock comes before that of the webhook.
        if (change.reported_revision === null && !(await stillHolds(tx, change.id, 'q.delete_flag = 0')))
          return false
        if (!(await lockWebhook(tx, change.webhook_id))) return false
        // Of a result whose newest votes are not counted yet, the older numbers are told.
        const counted = result?.tally_version ?? change.tally_version
        const isTold = counted <= (change.reported_tally_version ?? -1)
        const waits = wanted.includes('tally.changed') && (isTold || (await isFull(tx, change.webhook_id)))
        const told = { ...change, tally_version: counted }
        if (!(await this.#storeState(tx, told, waits ? 'waits' : tally))) return false
        const types = wanted.filter(type => !waits || type !== 'tally.changed')
        for (const type of types) await this.#deliver(tx, change, type, result)
        return true
      })
    } catch (error) {
      // Another process stores it, or after a deadlock the next sweep.
      if (error instanceof DuplicateKey || error instanceof Deadlock) return false
      throw error
    }
  }

  /**
   * Reads a poll whose ballots have values or ranks. Before the transaction: to count rankings
   * takes long.
   */
  #readResult({ kind, slug }: PollNews): Promise<Question | undefined> | undefined {
    return ballotForm(kind) === 'choose' ? undefined : this.#readPoll(slug)
  }

  /**
   * `waits`: the tally is told later, because too much waits for the receiver or no newer votes are
   * counted yet. It is found again after the interval.
   */
  async #storeState(tx: Transaction, change: PollNews, tally: Reported['tally'] | 'waits'): Promise<boolean> {
    const { webhook_id, id, revision, open, reopened_time, now } = change
    const version = tally === 'reported' ? change.tally_version : (change.reported_tally_version ?? 0)
    // Also of numbers that are told to no webhook: a sweep then finds such a poll once in the
    // interval. The first vote of a new poll is told at once.
    const hasTold = change.reported_revision !== null || change.voters > 0
    const tallyTime = tally === 'waits' || (tally === 'reported' && hasTold) ? now : change.tally_time
    const state = [revision, version, open, reopened_time, tallyTime, now]
    if (change.reported_revision === null) {
      const sql = `INSERT INTO webhook_state (revision, tally_version, open, reopened_time, tally_time, told_time,
        webhook_id, question_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
      await tx.execute(sql, [...state, webhook_id, id])
      return true
    }
    const { affectedRows } = await tx.execute(
      `UPDATE webhook_state SET revision = ?, tally_version = ?, open = ?, reopened_time = ?, tally_time = ?,
         told_time = ?
       WHERE webhook_id = ? AND question_id = ? AND revision = ? AND tally_version = ? AND open = ?
         AND COALESCE(reopened_time, '') = ?`,
      [
        ...state,
        webhook_id,
        id,
        change.reported_revision,
        change.reported_tally_version,
        change.reported_open,
        change.reported_reopened_time ?? ''
      ]
    )
    return affectedRows === 1
  }

  async #deliver(tx: Transaction, change: PollNews, type: EventType, result: Question | undefined) {
    const { id, slug, question_text, open, now } = change
    const poll = { question_id: id, slug, question_text, open: open === 1, link: this.#linkOf(slug) }
    const data = { ...poll, ...(await readNumbers(tx, id, result)) }
    const payload = JSON.stringify({ type, timestamp: toIso(now), data })
    const sql =
      'INSERT INTO webhook_delivery (webhook_id, question_id, type, payload, next_time) VALUES (?, ?, ?, ?, ?)'
    await tx.execute(sql, [change.webhook_id, id, type, payload, now])
  }
}
