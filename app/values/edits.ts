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
