/** Webhooks of accounts and polls: creating, listing, deleting and enabling them. */
import { randomBytes } from 'node:crypto'
import type { Database, Sql, Transaction } from '../../db/database.ts'
import { TooManyWebhooks, WebhookNotFound } from '../../errors.ts'
import type { EventType, Format } from '../../values/webhooks.ts'
import { lockAccount } from '../accounts/lock.ts'
import { lockFor } from '../polls/locked-poll.ts'
import { isOpen } from '../polls/question-row.ts'
import { repeatedSince } from '../repeat.ts'

/** Bounds what one change of a poll writes. */
const MAX_WEBHOOKS = 20

/** A webhook as its owner sees it; times are UTC. */
export interface Webhook {
  id: number
  /** Null: every poll of the account. */
  question_id: number | null
  url: string
  events: EventType[]
  format: Format
  /** When it was disabled, after the last attempt had failed. */
  disabled_time: string | null
  /** Why the last attempt failed; null after a success. */
  failure: string | null
  create_time: string
}

type Row = Omit<Webhook, 'events'> & { events: string }

/** What a webhook is about: an account, or one of its polls. */
export interface Subject {
  user: number
  question: number | null
}

const COLUMNS = 'id, question_id, url, events, format, disabled_time, failure, create_time'
const toWebhook = ({ events, ...row }: Row): Webhook => ({ ...row, events: events.split(' ') as EventType[] })
const condition = ({ user, question }: Subject): Sql =>
  question === null
    ? ['user_id = ? AND question_id IS NULL', [user]]
    : ['user_id = ? AND question_id = ?', [user, question]]

export class Webhooks {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Creates a webhook and returns it with its secret, this once; a repeat of the request returns
   * the same. Throws TooManyWebhooks, SignInRequired, and for a poll that was removed or claimed
   * meanwhile QuestionRemoved, NotOwner.
   */
  create(subject: Subject, { url, events, format }: Pick<Webhook, 'url' | 'events' | 'format'>) {
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const [isOf, args] = condition(subject)
    return this.#db.transaction(async tx => {
      await lockPolls(tx, subject)
      const { now } = await lockAccount(tx, subject.user)
      const same = `${isOf} AND url = ? AND events = ? AND format = ? AND create_time > ? AND disabled_time IS NULL`
      const made = await tx.fetchone<Row & { secret: string }>(
        `SELECT ${COLUMNS}, secret FROM webhook WHERE ${same}`,
        [...args, url, events.join(' '), format, repeatedSince(now)]
      )
      if (made) return { ...toWebhook(made), secret: made.secret }
      if ((await tx.select(`SELECT id FROM webhook WHERE ${isOf}`, args)).length >= MAX_WEBHOOKS)
        throw new TooManyWebhooks()
      const { insertId } = await tx.execute(
        'INSERT INTO webhook (user_id, question_id, url, events, format, secret) VALUES (?, ?, ?, ?, ?, ?)',
        [subject.user, subject.question, url, events.join(' '), format, secret]
      )
      await this.#startFromNow(tx, insertId, subject)
      const row = await tx.fetchone<Row>(`SELECT ${COLUMNS} FROM webhook WHERE id = ?`, [insertId])
      return { ...toWebhook(row!), secret }
    })
  }

  /** Lists the webhooks of an account or of a poll, the newest first. */
  async list(subject: Subject): Promise<Webhook[]> {
    const [isOf, args] = condition(subject)
    const rows = await this.#db.select<Row>(
      `SELECT ${COLUMNS} FROM webhook WHERE ${isOf} ORDER BY id DESC`,
      args
    )
    return rows.map(toWebhook)
  }

  /** Lists the webhooks of an account and of its polls, the newest first. */
  async listAll(user: number): Promise<Webhook[]> {
    const sql = `SELECT ${COLUMNS} FROM webhook WHERE user_id = ? ORDER BY id DESC`
    return (await this.#db.select<Row>(sql, [user])).map(toWebhook)
  }

  /** Reads a webhook. Throws WebhookNotFound. */
  async get(subject: Subject, id: number): Promise<Webhook> {
    const found = (await this.list(subject)).find(one => one.id === id)
    if (!found) throw new WebhookNotFound()
    return found
  }

  /** Deletes a webhook and what it has still to send. Throws WebhookNotFound. */
  async remove(subject: Subject, id: number): Promise<void> {
    await this.get(subject, id)
    await this.#db.transaction(tx => removeWebhook(tx, id))
  }

  /**
   * Enables a disabled webhook; what happened meanwhile is not sent. One that is enabled keeps what
   * it has to send. Throws WebhookNotFound, QuestionRemoved, NotOwner.
   */
  async enable(subject: Subject, id: number): Promise<void> {
    await this.get(subject, id)
    await this.#db.transaction(async tx => {
      await lockPolls(tx, subject)
      const sql =
        'UPDATE webhook SET disabled_time = NULL, failure = NULL WHERE id = ? AND disabled_time IS NOT NULL'
      if ((await tx.execute(sql, [id])).affectedRows === 0) return
      await tx.execute('DELETE FROM webhook_delivery WHERE webhook_id = ?', [id])
      await tx.execute('DELETE FROM webhook_state WHERE webhook_id = ?', [id])
      await this.#startFromNow(tx, id, subject)
    })
  }

  /** Lets a webhook begin with the present state of its polls. */
  #startFromNow(tx: Transaction, id: number, { question }: Subject) {
    const isOf = question === null ? 'q.user_id = w.user_id' : 'q.id = w.question_id'
    return storeState(tx, [`w.id = ? AND ${isOf}`, [id]])
  }
}

/**
 * Locks the polls that a webhook tells of, by ascending id, before the account and the webhook: the
 * states that are stored then refer to them.
 */
async function lockPolls(tx: Transaction, { user, question }: Subject): Promise<void> {
  if (question !== null) {
    await lockFor(tx, question, { owner: user })
    return
  }
  const sql = `SELECT id FROM question WHERE user_id = ? AND delete_flag = 0 ORDER BY id ${tx.dialect.forUpdate}`
  await tx.select(sql, [user])
}

/** Lets the webhooks of an account begin with the present state of a poll that it gets. */
export async function startPollFromNow(
  tx: Transaction,
  { user, question }: { user: number; question: number }
): Promise<void> {
  await storeState(tx, ['q.id = ? AND w.user_id = ? AND w.question_id IS NULL', [question, user]])
}

/** Stores the state of polls `q` for webhooks `w`: only changes from now on are events. */
async function storeState(tx: Transaction, [condition, args]: Sql): Promise<void> {
  const { clock } = tx.dialect
  await tx.execute(
    `INSERT INTO webhook_state (webhook_id, question_id, revision, tally_version, open, reopened_time, told_time)
     SELECT w.id, q.id, q.revision, q.tally_version, ${isOpen(clock)}, q.reopened_time, ${clock}
     FROM webhook w JOIN question q ON ${condition} WHERE q.delete_flag = 0`,
    args
  )
}

/**
 * Counts a new tally version of a poll as reported as far as the one before: an act that changes no
 * result raised it, because pages change with it. The poll's row is locked.
 */
export async function countAsReported(tx: Transaction, question: number): Promise<void> {
  await tx.execute('UPDATE webhook_state SET tally_version = tally_version + 1 WHERE question_id = ?', [
    question
  ])
}

/**
 * Locks a webhook until the transaction ends. Returns whether there is such a webhook and it is
 * enabled. It is locked before what belongs to it, by all who write that: two transactions in
 * different orders would wait for each other.
 */
export async function lockWebhook(tx: Transaction, id: number): Promise<boolean> {
  const sql = `SELECT disabled_time FROM webhook WHERE id = ? ${tx.dialect.forUpdate}`
  const row = await tx.fetchone<{ disabled_time: string | null }>(sql, [id])
  return row?.disabled_time === null
}

/** Deletes a webhook with all that belongs to it. */
async function removeWebhook(tx: Transaction, id: number): Promise<void> {
  await lockWebhook(tx, id)
  await tx.execute('DELETE FROM webhook_delivery WHERE webhook_id = ?', [id])
  await tx.execute('DELETE FROM webhook_state WHERE webhook_id = ?', [id])
  await tx.execute('DELETE FROM webhook WHERE id = ?', [id])
}

/** Deletes all webhooks of an account, or of a poll. */
export async function removeWebhooksOf(tx: Transaction, column: 'user_id' | 'question_id', owner: number) {
  for (const { id } of await tx.select<{ id: number }>(`SELECT id FROM webhook WHERE ${column} = ?`, [owner]))
    await removeWebhook(tx, id)
}
