/**
 * The organiser's digest: at most one mail a day about new votes in the own polls, and polls that
 * closed.
 */
import type { Database, Queries, Transaction } from '../../db/database.ts'
import { addMs, DAY_MS } from '../../values/time.ts'
import { lockAccount } from '../accounts/lock.ts'
import { IS_ACTIVE } from '../accounts/user-row.ts'
import { attemptEach } from '../attempt-each.ts'
import { isOpen } from '../polls/question-row.ts'
import type { DigestLine, Mail, Prepared } from './mail.ts'
import { queueMail } from './outbox.ts'

const INTERVAL_MS = DAY_MS
/** Digests that one sweep makes. The next sweep takes the others. */
const MAX_DIGESTS = 20
/** Polls that a mail names. */
const MAX_LINES = 20

interface DigestPoll {
  id: number
  slug: string
  question_text: string
  voters: number
  open: number
}

/**
 * What each poll had at the last digest that was due, by its number: voters, and 1 while it was
 * open.
 */
export type ReportedPolls = Record<string, [voters: number, open: number]>

/** Decides what is new in the polls. Pure: the tests are a table. */
export function newsOf(
  polls: readonly DigestPoll[],
  reported: ReportedPolls
): Array<DigestPoll & { votes: number; closed: boolean }> {
  return polls
    .map(poll => {
      const [voters, open] = reported[poll.id] ?? [0, 1]
      return { ...poll, votes: Math.max(0, poll.voters - voters), closed: open === 1 && poll.open === 0 }
    })
    .filter(({ votes, closed }) => votes > 0 || closed)
}

const stateOf = (polls: readonly DigestPoll[]): ReportedPolls =>
  Object.fromEntries(polls.map(({ id, voters, open }) => [id, [voters, open]]))

export class Digests {
  readonly #db: Database
  readonly #onFailure: (error: unknown, digest: { user_id: number }) => void

  /**
   * `onFailure` is called with the error of a digest that could not be made; the next sweep tries
   * again.
   */
  constructor(db: Database, onFailure: (error: unknown, digest: { user_id: number }) => void) {
    this.#db = db
    this.#onFailure = onFailure
  }

  /** Tells whether the account gets digests. */
  async isOn(userId: number): Promise<boolean> {
    return (
      (await this.#db.fetchone('SELECT user_id FROM mail_digest WHERE user_id = ?', [userId])) !== undefined
    )
  }

  /**
   * Switches the digests of an account. The first one comes after a day, with what happened from
   * now on. `pageLocale` becomes the language of an account that has chosen none: no later request
   * tells it. Throws SignInRequired where they are switched on for an account that was deleted or
   * disabled.
   */
  set(userId: number, isOn: boolean, pageLocale: string | null = null): Promise<void> {
    return this.#db.transaction(async tx => {
      if (!isOn) return removeDigest(tx, userId)
      const { now } = await lockAccount(tx, userId)
      await tx.execute('UPDATE user SET locale = ? WHERE id = ? AND locale IS NULL', [pageLocale, userId])
      await removeDigest(tx, userId)
      const state = JSON.stringify(stateOf(await this.#pollsOf(tx, userId)))
      const next = addMs(now, INTERVAL_MS)
      await tx.execute('INSERT INTO mail_digest (user_id, told, next_time) VALUES (?, ?, ?)', [
        userId,
        state,
        next
      ])
    })
  }

  /**
   * Queues the digests that are due. Each is made by one process: the UPDATE names the time that it
   * read. Returns whether it stopped at its limit and has made some.
   */
  async sweep(linkOf: (slug: string) => string): Promise<boolean> {
    const { clock } = this.#db.dialect
    const due = await this.#db.select<{ user_id: number; next_time: string; now: string }>(
      `SELECT user_id, next_time, ${clock} AS now FROM mail_digest WHERE next_time <= ${clock} ORDER BY next_time`,
      [],
      MAX_DIGESTS
    )
    const made = await attemptEach(
      due,
      ({ user_id, next_time, now }) => this.#make(user_id, next_time, addMs(now, INTERVAL_MS), linkOf),
      this.#onFailure
    )
    return due.length === MAX_DIGESTS && made.includes(true)
  }

  /** Returns whether this process has made the digest, or found no news for it. */
  #make(userId: number, time: string, next: string, linkOf: (slug: string) => string): Promise<boolean> {
    return this.#db.transaction(async tx => {
      // Before the digest, as in `set` and `startDigestFromNow`: the mail refers to it.
      await tx.select(`SELECT id FROM user WHERE id = ? ${tx.dialect.forUpdate}`, [userId])
      const sql = 'UPDATE mail_digest SET next_time = ? WHERE user_id = ? AND next_time = ?'
      if ((await tx.execute(sql, [next, userId, time])).affectedRows === 0) return false
      const user = await tx.fetchone<{ email: string; locale: string | null; told: string }>(
        `SELECT u.email, u.locale, d.told FROM user u JOIN mail_digest d ON d.user_id = u.id
         WHERE u.id = ? AND u.disabled_time IS NULL`,
        [userId]
      )
      if (!user) return true
      const polls = await this.#pollsOf(tx, userId)
      const news = newsOf(polls, JSON.parse(user.told) as ReportedPolls) // what `set` stored
      // Also without news: a withdrawn vote or a reopened poll is no news, but changes what the
      // next votes are compared with.
      await tx.execute('UPDATE mail_digest SET told = ? WHERE user_id = ?', [
        JSON.stringify(stateOf(polls)),
        userId
      ])
      if (news.length === 0) return true
      const lines: DigestLine[] = news
        .slice(0, MAX_LINES)
        .map(({ id, question_text, slug, votes, closed }) => ({
          question: id,
          poll: question_text,
          link: linkOf(slug),
          votes,
          closed
        }))
      const payload = { lines, more: news.length - lines.length }
      const { email: recipient, locale } = user // replicas of an earlier version send it as it is stored
      const mail = { kind: 'digest', payload, recipient, user: userId, locale } as const
      await queueMail(tx, mail)
      return true
    })
  }

  /**
   * Addresses a digest at each attempt, because addresses change, and leaves out polls that were
   * deleted since it was made. Drops it if its account gets none any more, or no poll is left.
   */
  async prepare(mail: Mail & { kind: 'digest' }): Promise<Prepared> {
    const user = await this.#db.fetchone<{ recipient: string; locale: string | null }>(
      `SELECT email AS recipient, locale FROM user
       WHERE id = ? AND ${IS_ACTIVE} AND id IN (SELECT user_id FROM mail_digest)`,
      [mail.user_id]
    )
    if (!user) return 'drop'
    const { lines, more } = mail.payload
    const named = lines.flatMap(({ question }) => question ?? [])
    const sql = 'SELECT id FROM question WHERE delete_flag = 0 AND id IN (?)'
    const left = named.length === 0 ? [] : await this.#db.select<{ id: number }>(sql, [named])
    const shown = lines.filter(
      ({ question }) => question === undefined || left.some(({ id }) => id === question)
    )
    return shown.length > 0 ? { ...mail, ...user, payload: { lines: shown, more } } : 'drop'
  }

  #pollsOf(queries: Pick<Queries, 'select'>, userId: number): Promise<DigestPoll[]> {
    const sql = `${selectPolls(this.#db.dialect.clock)} WHERE q.user_id = ? AND q.delete_flag = 0 ORDER BY q.id DESC`
    return queries.select<DigestPoll>(sql, [userId])
  }
}

const selectPolls = (clock: string) =>
  `SELECT q.id, q.slug, q.question_text, q.voters, ${isOpen(clock)} AS open FROM question q`

/**
 * Lets the digest of an account begin with the present state of a poll that it gets. Poll and
 * account are locked.
 */
export async function startDigestFromNow(
  tx: Transaction,
  { user, question }: { user: number; question: number }
): Promise<void> {
  const digest = await tx.fetchone<{ told: string }>('SELECT told FROM mail_digest WHERE user_id = ?', [user])
  if (!digest) return
  const poll = await tx.select<DigestPoll>(`${selectPolls(tx.dialect.clock)} WHERE q.id = ?`, [question])
  const told = { ...(JSON.parse(digest.told) as ReportedPolls), ...stateOf(poll) } // what `set` stored
  await tx.execute('UPDATE mail_digest SET told = ? WHERE user_id = ?', [JSON.stringify(told), user])
}

/** Ends the digests of an account. */
export async function removeDigest(tx: Transaction, userId: number): Promise<void> {
  await tx.execute('DELETE FROM mail_digest WHERE user_id = ?', [userId])
}
