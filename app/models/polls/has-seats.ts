/** SQL: whether a poll takes a further voter. The rule of values/full.ts. */
import { MAX_OPTION_ROWS, MAX_OPTIONS } from '../../values/kinds.ts'

/**
 * How many options have seats, and whether a suggestion can become one. Of the options `c` of a
 * poll.
 */
const FREE = 'SUM(c.delete_flag = 0 AND (c.capacity IS NULL OR c.votes < c.capacity))'
const TAKES_OPTION = `SUM(c.delete_flag = 0) < ${MAX_OPTIONS} AND COUNT(*) < ${MAX_OPTION_ROWS}`
/** A further ballot finds enough options. */
const HAS_OPTIONS = `(SELECT (q.suggestions = 'review' AND ${TAKES_OPTION})
    OR q.min_choices <= (q.suggestions = 'on' AND ${TAKES_OPTION}) + ${FREE}
  FROM choice c WHERE c.question_id = q.id)`

/** The condition, about the poll `q`, that it takes a further voter. */
export const HAS_SEATS = `((q.max_ballots IS NULL OR q.voters < q.max_ballots) AND ${HAS_OPTIONS})`
