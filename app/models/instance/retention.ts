/** Deletes expired data: closed polls, links, mail that was not sent. */
import type { Database } from '../../db/database.ts'
import { thenPublish } from '../../db/then-publish.ts'
import { isClosedFor } from '../polls/closed-for.ts'
import { stillHolds } from '../polls/locked-poll.ts'
import { attemptEach } from '../attempt-each.ts'
import type { Removals } from '../polls/removal.ts'
import { REMOVED_BY_RETENTION } from '../polls/removed.ts'
import { recordAct } from './admin-log.ts'

/** Polls that one SELECT finds. */
const CHUNK_SIZE = 100

interface Expiring {
  table: string
  column: string
  days: number
  where?: string
}

/**
 * Tables, the column that starts the period of a row, and the days that the row is kept from then
 * on. Until it is deleted, its link answers that it has expired.
 */
const EXPIRING: Expiring[] = [
  { table: 'pending_account', column: 'expires_time', days: 0 },
  { table: 'email_change', column: 'expires_time', days: 0 },
  { table: 'password_reset', column: 'expires_time', days: 30 },
  {
    table: 'account_invitation',
    column: 'expires_time',
    days: 30,
    where: 'AND id NOT IN (SELECT invitation_id FROM mail WHERE invitation_id IS NOT NULL)'
  },
  // What the webhooks of a disabled account have not sent is sent if the account is enabled within
  // a day.
  {
    table: 'webhook_delivery',
    column: 'next_time',
    days: 1,
    where: `AND webhook_id IN
      (SELECT w.id FROM webhook w JOIN user u ON u.id = w.user_id WHERE u.disabled_time IS NOT NULL)`
  },
  // Mail to a voter list waits with its address. Other mail was given up, or waits for a mail
  // server that is not configured.
  { table: 'mail', column: 'create_time', days: 7, where: "AND (next_time IS NULL OR kind <> 'listed')" }
]

/** Runs in every process: a row lock and a check behind it let each poll be deleted once. */
export class Retention {
  readonly #db: Database
  readonly #removals: Pick<Removals, 'remove' | 'sweep'>
  readonly #onChange: (question: number) => void
  readonly #onFailure: (error: unknown) => void

  /**
   * `onChange` is called with each poll that was deleted, `onFailure` with an error; the next sweep
   * tries again.
   */
  constructor(
    db: Database,
    removals: Pick<Removals, 'remove' | 'sweep'>,
    onChange: (question: number) => void,
    onFailure: (error: unknown) => void
  ) {
    this.#db = db
    this.#removals = removals
    this.#onChange = onChange
    this.#onFailure = onFailure
  }

  /**
   * Deletes what is over. Votes of large polls, and votes that an ended process has left, are
   * deleted afterwards.
   */
  async sweep(): Promise<void> {
    const parts = [() => this.#deletePolls(), ...EXPIRING.map(rows => () => this.#deleteRows(rows))]
    await attemptEach(parts, part => part(), this.#onFailure).catch(this.#onFailure)
    void this.#removals.sweep()
  }

  async #deletePolls() {
    const sql = `SELECT q.id FROM question q WHERE ${this.#isOver()} AND q.id > ? ORDER BY q.id`
    for (let last = 0; ; ) {
      const over = await this.#db.select<{ id: number }>(sql, [last], CHUNK_SIZE)
      await attemptEach(over, ({ id }) => this.#deletePoll(id), this.#onFailure)
      if (over.length < CHUNK_SIZE) return
      last = over.at(-1)!.id
    }
  }

  async #deletePoll(question: number) {
    const deletion = this.#db.transaction(async tx => {
      if (!(await stillHolds(tx, question, this.#isOver()))) return false
      await this.#removals.remove(tx, question, REMOVED_BY_RETENTION)
      await recordAct(tx, { admin: null, act: 'expire', question })
      return true
    })
    await thenPublish(deletion, () => this.#onChange(question))
  }

  /**
   * SQL: the poll is closed, and the days for which it is kept have passed on the database's clock.
   */
  #isOver() {
    const isLate = isClosedFor(this.#db.dialect, 'q.retention_days')
    return `(q.delete_flag = 0 AND q.retention_days IS NOT NULL AND ${isLate})`
  }

  async #deleteRows({ table, column, days, where = '' }: Expiring) {
    const { clock, addDays } = this.#db.dialect
    await this.#db.execute(`DELETE FROM ${table} WHERE ${addDays(column, String(days))} < ${clock} ${where}`)
  }
}
