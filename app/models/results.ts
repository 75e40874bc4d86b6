/** What a result says, and who may see it. */
import type { Question, QuestionRow, Viewer } from './questions.ts'

export type Results = typeof results

/**
 * Whether a viewer may see any number of this poll, the number of voters included. The only place that decides it:
 * page, JSON, stream and export all ask here.
 */
function seesResults(question: QuestionRow, viewer: Viewer, hasBallot: boolean): boolean {
  if (question.user_id === viewer.userId) return true
  switch (question.results) {
    case 'always':
      return true
    case 'after_vote':
      return hasBallot || !question.open
    case 'after_close':
      return !question.open
    case 'owner':
      return false
  }
}

/** The counted votes of a poll, ready to be shown: whole percents of the voters, which need not add up to 100. */
function tally({ choices, voters }: Question) {
  const shown = choices.filter(choice => !choice.delete_flag || choice.votes > 0)
  const most = Math.max(0, ...shown.map(choice => choice.votes))
  const rows = shown.map(({ id, choice_text, votes }) => ({
    id,
    choice_text,
    votes,
    percent: voters > 0 ? Math.round((100 * votes) / voters) : 0,
    leads: most > 0 && votes === most
  }))
  return { voters, rows, leaders: rows.filter(row => row.leads) }
}

/** How the rest of the program reaches them. */
export const results = { seesResults, tally }
