/** Mail to the people of a voter list: the invitation, and a reminder the day before closing. */
import type { Database, Transaction } from '../../db/database.ts'
import type { Audience } from '../../values/audience.ts'
import { addMs, DAY_MS } from '../../values/time.ts'
import { attemptEach } from '../attempt-each.ts'
import { type InvitationContacts, removeContact } from '../voter-lists/invitation-contacts.ts'
import { isClosedFor } from '../polls/closed-for.ts'
import { HAS_SEATS } from '../polls/has-seats.ts'
import { stillHolds } from '../polls/locked-poll.ts'
import { isOpen } from '../polls/question-row.ts'
import { isTimed } from '../../values/timer.ts'
import { type InvitationRow, votersAmong } from '../voting/invitation-rows.ts'
import { secretOf } from '../voting/poll-keys.ts'
import type { Mail, Prepared } from './mail.ts'
import { queueListed } from './outbox.ts'

/** Invitations that one transaction reminds: about 10 ms, in which voters of the poll may wait. */
const CHUNK_SIZE = 200

interface Poll {
  id: number
  close_time: string | null
  timer_end: string | null
  open: number
  has_seats: number
  now: string
}

interface PreparedRow extends Pick<InvitationRow, 'id' | 'question_id' | 'token_hash'>, Omit<Poll, 'id'> {
  slug: string
  question_text: string
  audience: Audience
  disabled_time: string | null
  time_zone: string | null
  secret: string | null
  sealed: string
  locale: string | null
}

/** From the reminder to closing, and from then to the end of the addresses: it may be reopened. */
const before = (time: string) => addMs(time, -DAY_MS)

/**
 * Returns the time of the reminder of a poll where it has come; otherwise null, also while the poll
 * is full. A timer is no closing time: who is in the hall sees it run. Pure.
 */
export function reminderTime(poll: Omit<Poll, 'id'>): string | null {
  const { open, has_seats, close_time, now } = poll
  if (!open || !has_seats || close_time === null || isTimed(poll)) return null
  const time = before(close_time)
  return time <= now ? time : null
}

/** Tells whether a mail waits: each of these reasons can be undone. */
const mustWait = (row: PreparedRow, isReminder: boolean) =>
  row.open === 0 ||
  row.has_seats === 0 ||
  row.audience !== 'list' ||
  row.disabled_time !== null ||
  (isReminder && reminderTime(row) === null)

export class ListMails {
  readonly #db: Database
  readonly #contacts: InvitationContacts
  readonly #onSealed: (question: number) => void
  readonly #onFailure: (error: unknown, poll: { id: number }) => void
  #hasWarned = false

  /**
   * `onSealed` is called once, with the first poll whose addresses the session secret does not
   * open; `onFailure` with the error of a poll whose list was not reminded or forgotten. The next
   * sweep tries again.
   */
  constructor(
    db: Database,
    contacts: InvitationContacts,
    onSealed: (question: number) => void,
    onFailure: (error: unknown, poll: { id: number }) => void
  ) {
    this.#db = db
    this.#contacts = contacts
    this.#onSealed = onSealed
    this.#onFailure = onFailure
  }

  /** Queues reminders that are due, one for each invitation: the poll's row is locked. */
  async sweep(): Promise<void> {
    const polls = await this.#db.select<Poll & { first: string }>(
      `SELECT ${this.#columns}, c.first FROM question q JOIN
         (SELECT question_id, MIN(create_time) AS first FROM invitation_contact WHERE reminded = 0
          GROUP BY question_id) c ON c.question_id = q.id
       WHERE q.delete_flag = 0 AND q.audience = 'list'`
    )
    const due = polls.filter(poll => poll.first <= (reminderTime(poll) ?? ''))
    const remindAll = async ({ id }: Poll) => {
      let isDone = false
      while (!isDone) isDone = await this.#remind(id)
    }
    await attemptEach(due, remindAll, this.#onFailure)
  }

  /** Ends the mail to an invitation, and forgets its address. */
  async unsubscribe(invitation: number): Promise<void> {
    await removeContact(this.#db, invitation)
  }

  /** Forgets the addresses of polls that have been closed for a day. */
  async forget(): Promise<void> {
    const over = await this.#db.select<{ id: number }>(
      `SELECT q.id FROM question q
       WHERE ${this.#isForgotten} AND q.id IN (SELECT question_id FROM invitation_contact)`
    )
    await attemptEach(over, ({ id }) => this.#forget(id), this.#onFailure)
  }

  /** Adds address and link at each attempt: the outbox has neither. `forget` ends its wait. */
  async prepare(mail: Mail & { kind: 'listed' }, linkOf: (slug: string) => string): Promise<Prepared> {
    const { invitation, isReminder } = mail.payload
    const { clock } = this.#db.dialect
    const row = await this.#db.fetchone<PreparedRow>(
      `SELECT i.id, i.question_id, i.token_hash, q.slug, q.question_text, q.audience, q.close_time, q.timer_end,
         ${isOpen(clock)} AS open, ${HAS_SEATS} AS has_seats, ${clock} AS now, q.time_zone, k.secret, c.sealed, u.locale, u.disabled_time
       FROM invitation_contact c JOIN invitation i ON i.id = c.invitation_id JOIN question q ON q.id = i.question_id
         JOIN user u ON u.id = q.user_id LEFT JOIN question_key k ON k.question_id = q.id AND q.privacy = 'anonymous'
       WHERE c.invitation_id = ? AND i.revoked = 0 AND q.delete_flag = 0`,
      [invitation]
    )
    if (!row || (isReminder && (await this.#hasVoted(row)))) return 'drop'
    const contact = this.#contacts.open(row.sealed, row)
    if (!contact) this.#warn(row.question_id)
    if (!contact || mustWait(row, isReminder)) return 'postpone' // the right secret may come back
    const link = `${linkOf(row.slug)}?t=${contact.token}`
    const { question_text: poll, close_time: closes, time_zone: timeZone } = row
    const payload = { invitation, isReminder, poll, link, closes, timeZone }
    return {
      ...mail,
      kind: 'ballot',
      payload,
      recipient: contact.email,
      locale: row.locale ?? contact.locale
    }
  }

  /** SQL: the addresses of the poll are to be forgotten. */
  get #isForgotten() {
    return isClosedFor(this.#db.dialect, '1')
  }

  #forget(question: number) {
    return this.#db.transaction(async tx => {
      if (await stillHolds(tx, question, this.#isForgotten))
        await tx.execute('DELETE FROM invitation_contact WHERE question_id = ?', [question])
    })
  }

  #warn(question: number) {
    if (!this.#hasWarned) this.#onSealed(question)
    this.#hasWarned = true
  }

  async #hasVoted(row: PreparedRow) {
    return (await votersAmong(this.#db, row.question_id, [row], row.secret)).size > 0
  }

  get #columns() {
    const { clock } = this.#db.dialect
    return `q.id, q.close_time, q.timer_end, ${isOpen(clock)} AS open, ${HAS_SEATS} AS has_seats, ${clock} AS now`
  }

  /** Reminds a chunk of a poll's invitations, if it is still time. Returns whether none is left. */
  #remind(question: number): Promise<boolean> {
    return this.#db.transaction(async tx => {
      const sql = `SELECT ${this.#columns} FROM question q WHERE q.id = ? AND q.delete_flag = 0 AND q.audience = 'list'`
      const poll = await tx.fetchone<Poll>(`${sql} ${tx.dialect.forUpdate}`, [question])
      const time = poll ? reminderTime(poll) : null
      if (!poll || time === null) return true
      const rows = await this.#unreminded(tx, question, time)
      if (rows.length === 0) return true
      const voters = await votersAmong(tx, question, rows, await secretOf(tx, question))
      const mails = rows
        .filter(({ id }) => !voters.has(id))
        .map(({ id }) => ({ invitation: id, isReminder: true }))
      await queueListed(tx, mails, poll.now)
      const reminded = 'UPDATE invitation_contact SET reminded = 1 WHERE invitation_id IN (?)'
      await tx.execute(reminded, [rows.map(({ id }) => id)])
      return rows.length < CHUNK_SIZE
    })
  }

  /** Selects the invitations to remind: those that were made before `time`. */
  #unreminded(tx: Transaction, question: number, time: string) {
    return tx.select<Pick<InvitationRow, 'id' | 'token_hash'>>(
      `SELECT i.id, i.token_hash FROM invitation_contact c JOIN invitation i ON i.id = c.invitation_id
       WHERE c.question_id = ? AND c.reminded = 0 AND c.create_time <= ? AND i.revoked = 0 ORDER BY i.id`,
      [question, time],
      CHUNK_SIZE
    )
  }
}
