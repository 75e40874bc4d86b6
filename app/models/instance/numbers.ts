/** The numbers of the administrators' home. */
import { keepFor } from '../../cache/keep-for.ts'
import type { Database } from '../../db/database.ts'
import type { AdminAct } from '../../values/admin-acts.ts'
import { DAY_MS, toDatabase } from '../../values/time.ts'
import { IS_REGISTERED } from '../accounts/user-row.ts'
import { type CastCounts, countCastsOfMany } from '../results/cast-times.ts'
import { idRanges } from '../polls/id-ranges.ts'

/** Days of the plot, today included. */
const DAYS = 30
/** The numbers are at most this old: they are read from every poll that was open in these days. */
const LIFETIME_MS = 60_000
/** Questions that one statement looks through. */
const QUESTIONS_IN_CHUNK = 20_000

export interface Overview {
  polls: number
  accounts: number
  /** Ballots that still count by the day of their cast (UTC), oldest first. */
  votes: Array<{ day: string; votes: number }>
}

/** The last migration, and the last backup by the command. Times are UTC. */
interface Maintenance {
  schema: number
  /** When the last migration ran, on the clock of the process that ran it. */
  upgraded: string | null
  /** Polls whose result was proved to be the same; null: they were not compared. */
  compared: number | null
  backup: string | null
}

/** Names the days of the plot, oldest first. */
const daysUntil = (now: number) =>
  Array.from({ length: DAYS }, (_, n) => toDatabase(now - (DAYS - 1 - n) * DAY_MS).slice(0, 10))

export class InstanceNumbers {
  readonly #db: Database
  readonly #overview: () => Promise<Overview>

  constructor(db: Database) {
    this.#db = db
    this.#overview = keepFor(LIFETIME_MS, () => this.#read(Date.now()))
  }

  /** Reads the numbers, which may be a minute old. */
  overview(): Promise<Overview> {
    return this.#overview()
  }

  /** Reads the newest migration and the newest lines of the log about the database. */
  async maintenance(): Promise<Maintenance> {
    const schema = 'SELECT version, run_at FROM schemaversion ORDER BY version DESC LIMIT 1'
    const lines = `SELECT act, create_time, detail FROM admin_log
      WHERE id IN (SELECT MAX(id) FROM admin_log WHERE act IN ('backup', 'upgrade') GROUP BY act)`
    const row = await this.#db.fetchone<{ version: number; run_at: string | null }>(schema)
    const found = await this.#db.select<{ act: AdminAct; create_time: string; detail: string }>(lines)
    const upgrade = found.find(({ act }) => act === 'upgrade')
    return {
      schema: row?.version ?? 0,
      upgraded: row?.run_at?.slice(0, 19).replace('T', ' ') ?? null,
      compared: upgrade?.detail ? Number(upgrade.detail) : null,
      backup: found.find(({ act }) => act === 'backup')?.create_time ?? null
    }
  }

  /** Returns the ids of the sample polls that are left. */
  async sampleIds(): Promise<number[]> {
    const sql = `SELECT q.id FROM question q JOIN user u ON u.id = q.user_id
      WHERE q.delete_flag = 0 AND u.password = '' AND u.email LIKE '%@sample.invalid'`
    return (await this.#db.select<{ id: number }>(sql)).map(({ id }) => id)
  }

  async #read(now: number): Promise<Overview> {
    const count = async (sql: string) =>
      (await this.#db.replica.fetchone<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`))!.n // one row
    const days = daysUntil(now)
    const counts = await this.#votesSince(days[0]!)
    return {
      polls: await count('question WHERE delete_flag = 0'),
      accounts: await count(`user WHERE ${IS_REGISTERED}`),
      votes: days.map(day => ({ day, votes: counts.get(day) ?? 0 }))
    }
  }

  /** Counts the ballots of all polls that were open on this day or later. */
  async #votesSince(day: string): Promise<CastCounts> {
    const counts: CastCounts = new Map()
    for await (const { after, upTo } of idRanges(this.#db.replica, QUESTIONS_IN_CHUNK)) {
      const questions = await this.#db.replica.select<{ id: number; voters: number }>(
        `SELECT id, voters FROM question WHERE id > ? AND id <= ? AND delete_flag = 0 AND voters > 0
           AND (closed_time IS NULL OR closed_time >= ?) AND (close_time IS NULL OR close_time >= ?)`,
        [after, upTo, day, day]
      )
      await countCastsOfMany(this.#db.replica, questions, day, counts)
    }
    return counts
  }
}
