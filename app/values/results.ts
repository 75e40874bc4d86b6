/** Who sees the results of a poll, what an option needs to win, and what a result decides. */
import type { Privacy } from './privacy.ts'

/** Who sees the results: from all to the fewest. */
export const RESULT_AUDIENCES = ['always', 'after_vote', 'after_close', 'owner'] as const
export type ResultAudience = (typeof RESULT_AUDIENCES)[number]

/**
 * Lists who may see the results once there are votes: as many as voters were told or more, and with
 * names no others.
 */
export const widerAudiences = ({ results, privacy }: { results: ResultAudience; privacy: Privacy }) =>
  RESULT_AUDIENCES.filter(
    (one, place) => one === results || (privacy !== 'public' && place < RESULT_AUDIENCES.indexOf(results))
  )

/** Share of the ballots that an option needs to win: more than half, or two thirds. */
export const THRESHOLDS = ['half', 'two_thirds'] as const
export type Threshold = (typeof THRESHOLDS)[number]

/** What a result decides, in a poll with a quorum or a threshold. */
export const RULINGS = ['decided', 'no_quorum', 'tie', 'no_majority'] as const
export type Ruling = (typeof RULINGS)[number]
