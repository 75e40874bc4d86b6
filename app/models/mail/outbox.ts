/** The outbox of mail: what is to be sent, leased by one process, and how it ended. */
import { readNow } from '../../db/clock.ts'
import type { Database, Queries, Sql, Transaction } from '../../db/database.ts'
import { addMs, DAY_MS, fromDatabase } from '../../values/time.ts'
import { giveBack, leaseEach } from '../lease.ts'
import type { Mail, MailKind, NewMail, Payloads } from './mail.ts'

/** Seconds until the next attempt, after each failed one. After the last the mail is given up. */
const RETRY_DELAYS_SECONDS = [30, 120, 600, 1_800, 7_200, 21_600]

/** A lease ends after this time, also of a killed process. Longer than a mail takes. */
const LEASE_SECONDS = 90

/** A mail that was postponed is prepared again after this time. */
const POSTPONED_SECONDS = 1_800

/** A mail that was not sent for this long is given up: its link has expired. */
const MAX_AGE_DAYS = 1
/** Of these the link is valid for longer, or there is none. */
const MAX_AGES_DAYS: Partial<Record<MailKind, number>> = {
  listed: Infinity,
  invitation: 7,
  moved: 7,
  digest: 7
}

interface Row extends Omit<Mail, 'kind' | 'payload' | 'isOver'> {
  kind: MailKind
  payload: string
  now: string
}

/** Tells whether a mail has waited too long. */
const isOver = ({ kind, create_time, now }: Row) =>
  fromDatabase(now) - fromDatabase(create_time) > (MAX_AGES_DAYS[kind] ?? MAX_AGE_DAYS) * DAY_MS

/** Mail as administrators see it. */
interface MailState {
  waiting: number
  /** Given up in the last seven days. */
  failed: number
  /** Why the last attempt failed of the mail that has waited or failed last; null: none did. */
  failure: string | null
}

/** Stores a mail in the transaction of what causes it. */
export async function queueMail(tx: Transaction, mail: NewMail): Promise<void> {
  const { kind, payload, recipient, user = null, invitation = null, locale } = mail
  await tx.execute(
    `INSERT INTO mail (kind, user_id, invitation_id, recipient, locale, payload, next_time)
     VALUES (?, ?, ?, ?, ?, ?, ${tx.dialect.clock})`,
    [kind, user, invitation, recipient, locale, JSON.stringify(payload)]
  )
}

/** Writes a payload as it is looked up by. */
const listedPayload = ({ invitation, isReminder }: Payloads['listed']) =>
  JSON.stringify({ invitation, isReminder })

/** Stores mails to people on voter lists. `time`: now, on the database's clock. */
export async function queueListed(
  tx: Transaction,
  payloads: ReadonlyArray<Payloads['listed']>,
  time: string
): Promise<void> {
  if (payloads.length === 0) return
  const rows = payloads.map(payload => ['listed', '', listedPayload(payload), time])
  await tx.execute('INSERT INTO mail (kind, recipient, payload, next_time) VALUES ?', [rows])
}

/** What became of a mail that is not sent: it waits, or was given up. */
export type UnsentState = 'waiting' | 'failed'

/** SQL: the `UnsentState` of a row of the table `mail`. */
export const UNSENT_STATE = "CASE WHEN next_time IS NULL THEN 'failed' ELSE 'waiting' END"

/** Returns the state of the unsent mails with these invitations, by id; never of reminders. */
export async function unsentListed(
  queries: Pick<Queries, 'select'>,
  invitations: readonly number[]
): Promise<Map<number, UnsentState>> {
  if (invitations.length === 0) return new Map()
  const payloads = new Map(
    invitations.map(invitation => [listedPayload({ invitation, isReminder: false }), invitation])
  )
  const rows = await queries.select<{ payload: string; state: UnsentState }>(
    `SELECT payload, ${UNSENT_STATE} AS state
     FROM mail WHERE kind = 'listed' AND payload IN (?)`,
    [[...payloads.keys()]]
  )
  return new Map(rows.map(({ payload, state }) => [payloads.get(payload)!, state])) // it was selected by them
}

/**
 * Stores what a leased mail has become, in the transaction of what it brings: all attempts bring
 * the same. Its age counts from now, as that of its link does.
 */
export async function storePrepared(tx: Transaction, mail: Mail): Promise<void> {
  const { id, attempt, kind, payload, user_id, locale } = mail
  await tx.execute(
    `UPDATE mail SET kind = ?, payload = ?, user_id = ?, locale = ?, create_time = ${tx.dialect.clock} WHERE id = ? AND attempt = ?`,
    [kind, JSON.stringify(payload), user_id, locale, id, attempt]
  )
}

/** Deletes all mail of an account, or with an invitation, that is not sent yet. */
export async function removeMail(
  tx: Transaction,
  column: 'user_id' | 'invitation_id',
  id: number
): Promise<void> {
  await tx.execute(`DELETE FROM mail WHERE ${column} = ?`, [id])
}

/** Deletes mail of one kind of an account that is not sent yet. */
export async function removeMailOfKind(tx: Transaction, kind: MailKind, user: number): Promise<void> {
  await tx.execute('DELETE FROM mail WHERE user_id = ? AND kind = ?', [user, kind])
}

/**
 * Returns what is kept of a mail that is given up: which invitation to vote did not arrive. A
 * reminder would tell who has not voted.
 */
const leftOf = ({ kind, payload }: Mail) =>
  (kind === 'listed' || kind === 'ballot') && !payload.isReminder ? listedPayload(payload) : '{}'

export class MailOutbox {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Leases up to `max` mails that are due: the oldest first, those of long lists last. */
  async lease(max: number): Promise<Mail[]> {
    const { clock } = this.#db.dialect
    const rows = await this.#db.select<Row>(
      `SELECT id, kind, user_id, recipient, locale, payload, attempt, create_time, ${clock} AS now FROM mail
       WHERE next_time <= ${clock} ORDER BY kind = 'listed', next_time, id`,
      [],
      max
    )
    const leased = await leaseEach(this.#db, 'mail', rows, LEASE_SECONDS)
    return leased.map(found => {
      const { now: _now, ...mail } = found
      return { ...mail, payload: JSON.parse(mail.payload), isOver: isOver(found) } // what queueMail stored
    })
  }

  /** Removes a mail that was sent, or that need not be sent any more. */
  async remove({ id }: Pick<Mail, 'id'>): Promise<void> {
    await this.#db.execute('DELETE FROM mail WHERE id = ?', [id])
  }

  /** Plans a later attempt. This one does not count, and the mail counts as new. */
  async postpone({ id, attempt }: Pick<Mail, 'id' | 'attempt'>): Promise<void> {
    const now = await readNow(this.#db)
    const sql =
      'UPDATE mail SET next_time = ?, create_time = ?, attempt = attempt - 1 WHERE id = ? AND attempt = ?'
    await this.#db.execute(sql, [addMs(now, POSTPONED_SECONDS * 1000), now, id, attempt])
  }

  /** Gives a lease back: the mail is due now or after this time; the attempt does not count. */
  async release(mail: Pick<Mail, 'id' | 'attempt'>, delaySeconds = 0): Promise<void> {
    await giveBack(this.#db, 'mail', mail, addMs(await readNow(this.#db), delaySeconds * 1000))
  }

  /**
   * Plans the next attempt. After the last one, or of a mail that is over, gives the mail up and
   * returns true.
   */
  async fail(mail: Mail, reason: string): Promise<boolean> {
    const { id, attempt, isOver } = mail
    const now = await readNow(this.#db)
    const delay = isOver ? undefined : RETRY_DELAYS_SECONDS[attempt - 1]
    const next = delay === undefined ? null : addMs(now, delay * 1000)
    // A mail that is given up is kept for a week from now.
    const [erased, left]: Sql =
      next === null ? [", recipient = '', payload = ?, create_time = ?", [leftOf(mail), now]] : ['', []]
    const { affectedRows } = await this.#db.execute(
      `UPDATE mail SET next_time = ?, failure = ?${erased} WHERE id = ? AND attempt = ?`,
      [next, reason.slice(0, 200), ...left, id, attempt]
    )
    return affectedRows === 1 && next === null
  }

  /** Counts mail that waits and mail that was given up. */
  async state(): Promise<MailState> {
    const counted = await this.#db.fetchone<{ total: number; waiting: number }>(
      'SELECT COUNT(*) AS total, COUNT(next_time) AS waiting FROM mail'
    )
    const failed = await this.#db.fetchone<{ failure: string }>(
      'SELECT failure FROM mail WHERE failure IS NOT NULL ORDER BY id DESC LIMIT 1'
    )
    const { total, waiting } = counted! // an aggregate has one row
    return { waiting, failed: total - waiting, failure: failed?.failure ?? null }
  }
}
