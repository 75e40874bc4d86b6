/** How long a poll is kept after it has closed. */
import { addMs, DAY_MS } from './time.ts'

/** The longest time that can be chosen, about ten years. */
export const MAX_RETENTION_DAYS = 3_650

/** What an instance sets: the time of new polls, and the longest one. Null: polls are kept. */
export interface RetentionRules {
  retention_days: number | null
  max_retention_days: number | null
}

/** Tells whether an instance allows these days; null: a poll that is kept. */
export const isAllowedRetention = (days: number | null, { max_retention_days: max }: RetentionRules) =>
  max === null || (days !== null && days <= max)

/** Returns these days, or the most that an instance allows. */
export const cappedRetention = (days: number | null, rules: RetentionRules) =>
  isAllowedRetention(days, rules) ? days : rules.max_retention_days

/** Returns the days of a poll whose organiser has chosen none; null: it is kept. */
export const defaultRetention = (rules: RetentionRules) => cappedRetention(rules.retention_days, rules)

interface Kept {
  retention_days: number | null
  closed_time: string | null
  close_time: string | null
}

/**
 * Returns when a poll is deleted, in the database's form; null: never, or it is not known when it
 * closes.
 */
export function deletionTime({ retention_days: days, closed_time, close_time }: Kept): string | null {
  const closes = closed_time ?? close_time
  return days === null || closes === null ? null : addMs(closes, days * DAY_MS)
}
