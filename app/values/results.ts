/** Who sees the results of a poll, what an option needs to win, and what a result decides. */

/** Who sees the results: from all to the fewest. */
export const RESULT_AUDIENCES = ['always', 'after_vote', 'after_close', 'owner'] as const
export type ResultAudience = (typeof RESULT_AUDIENCES)[number]

/** Share of the ballots that an option needs to win: more than half, or two thirds. */
export const THRESHOLDS = ['half', 'two_thirds'] as const
export type Threshold = (typeof THRESHOLDS)[number]

/** What a result decides, in a poll with a quorum or a threshold. */
export const RULINGS = ['decided', 'no_quorum', 'tie', 'no_majority'] as const
export type Ruling = (typeof RULINGS)[number]
