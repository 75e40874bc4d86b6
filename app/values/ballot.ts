/** Ballots as answers tell them. */

/** Returns what is told where the voter has no vote. */
export const noBallot = (question: number): { question_id: number; choice: number[]; cast_time: null } => ({
  question_id: question,
  choice: [],
  cast_time: null
})

/** Returns what is told of a vote of which only is told that it counts. */
export const hiddenBallot = (question: number): { question_id: number; choice: null; cast_time: null } => ({
  question_id: question,
  choice: null,
  cast_time: null
})
