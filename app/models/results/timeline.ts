/** Ballots of a poll over time, in steps that are coarse enough to be a plot. */
import { createLRU } from 'lru.min'
import { keepFor } from '../../cache/keep-for.ts'
import type { Database } from '../../db/database.ts'
import { DAY_MS, fromDatabase, toDatabase } from '../../values/time.ts'
import type { Question } from '../polls/question-row.ts'
import { type CastCounts, countCasts } from './cast-times.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** The first step with which the plot has at most MAX_POINTS is used. */
const STEPS_MS = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, 7 * DAY_MS, 28 * DAY_MS]
const MAX_POINTS = 60

/** Counting reads every ballot of a poll, so a plot is used for so long. */
const LIFETIME_MS = 30_000
const MAX_TIMELINES = 500

/** The ballots that still count, by the time of their last change. */
export interface Timeline {
  /** Seconds that a point stands for. */
  step: number
  /** Successive steps from the first ballot to the last; `time` is where a step begins, UTC. */
  points: Array<{ time: string; votes: number }>
}

/** Makes a timeline of counts by ten minutes. */
export function timelineOf(counts: CastCounts): Timeline {
  const tens = [...counts].map(([key, votes]) => ({ at: fromDatabase(`${key}0:00`), votes }))
  const first = Math.min(...tens.map(({ at }) => at))
  const last = Math.max(...tens.map(({ at }) => at))
  const lengthOf = (stepMs: number) => Math.floor(last / stepMs) - Math.floor(first / stepMs) + 1
  const stepMs = STEPS_MS.find(one => lengthOf(one) <= MAX_POINTS) ?? STEPS_MS.at(-1)!
  if (tens.length === 0) return { step: STEPS_MS[0]! / 1000, points: [] }
  const begin = Math.floor(first / stepMs)
  const points = Array.from({ length: lengthOf(stepMs) }, (_, n) => ({
    time: toDatabase((begin + n) * stepMs),
    votes: 0
  }))
  for (const { at, votes } of tens) points[Math.floor(at / stepMs) - begin]!.votes += votes // within its range
  return { step: stepMs / 1000, points }
}

export class Timelines {
  readonly #db: Database
  readonly #made = createLRU<number, () => Promise<Timeline>>({ max: MAX_TIMELINES })

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Gets the timeline of a question, at most 30 seconds old. That of an anonymous poll has no
   * points.
   */
  async get({ id: question, privacy }: Pick<Question, 'id' | 'privacy'>): Promise<Timeline> {
    // The day of a vote could be the day on which its voter was seen to vote.
    if (privacy === 'anonymous') return timelineOf(new Map())
    const known = this.#made.get(question)
    if (known) return known()
    const count = () => countCasts(this.#db.replica, question, 'tenMinutes').then(timelineOf)
    const load = keepFor(LIFETIME_MS, count)
    this.#made.set(question, load)
    return load()
  }
}
