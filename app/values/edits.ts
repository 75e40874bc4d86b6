/** What an edit of a poll with votes can do: the acts of its public history. */

export const EDIT_ACTS = [
  'question_text',
  'description',
  'choice_text',
  'choice_added',
  'choice_suggested',
  'choice_retired',
  'close_time',
  'results',
  'retention_days',
  'closed',
  'reopened',
  'invitation_revoked',
  'vote_removed'
] as const
export type EditAct = (typeof EDIT_ACTS)[number]

/** Who sees the results, from the fewest to all. After the first vote it can only become wider. */
export const RESULTS_BY_WIDTH = ['owner', 'after_close', 'after_vote', 'always'] as const
