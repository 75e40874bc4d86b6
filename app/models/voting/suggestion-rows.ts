/** The suggestions of a poll as rows. The question's row is locked where one is written. */
import type { Queries, Statement, Transaction } from '../../db/database.ts'
import { inParts } from '../../values/parts.ts'
import { MAX_WAITING } from '../../values/suggestions.ts'
import type { VoterOf } from './ballot.ts'

export interface SuggestionRow {
  id: number
  /** Null: not known any more, because the account is deleted or the anonymous poll closed. */
  voter: string | null
  choice_text: string
}

type State = 'waiting' | 'accepted' | 'refused'

/** Reads the suggestions that wait for the organiser, the oldest first. */
export const selectWaiting = (queries: Pick<Queries, 'select'>, question: number) =>
  queries.select<SuggestionRow>(
    "SELECT id, voter, choice_text FROM suggestion WHERE question_id = ? AND state = 'waiting' ORDER BY id",
    [question],
    MAX_WAITING
  )

/** Adds a suggestion. */
export async function insertSuggestion(
  tx: Transaction,
  { question, voter }: VoterOf,
  text: string,
  state: State
) {
  const sql = 'INSERT INTO suggestion (question_id, voter, choice_text, state) VALUES ?'
  await tx.execute(sql, [[[question, voter, text, state]]])
}

/** Sets what became of suggestions. */
export async function setState(tx: Transaction, rows: readonly SuggestionRow[], state: State) {
  if (rows.length === 0) return
  await tx.execute('UPDATE suggestion SET state = ? WHERE id IN (?)', [state, rows.map(({ id }) => id)])
}

/** Refuses all suggestions of a poll that wait. */
export async function refuseWaiting(tx: Transaction, question: number) {
  await tx.execute("UPDATE suggestion SET state = 'refused' WHERE question_id = ? AND state = 'waiting'", [
    question
  ])
}

/** Deletes the suggestions of a poll. */
export async function removeSuggestionsOf(tx: Transaction, question: number) {
  await tx.execute('DELETE FROM suggestion WHERE question_id = ?', [question])
}

/** Forgets who suggested the options of a poll. */
export async function forgetSuggesters(tx: Transaction, question: number) {
  await tx.execute('UPDATE suggestion SET voter = NULL WHERE question_id = ?', [question])
}

/** Returns the statement that makes the suggestions of a browser those of the account that adopts it. */
export const moveSuggestions = ({ question, voter }: VoterOf, account: string): Statement => [
  'UPDATE suggestion SET voter = ? WHERE question_id = ? AND voter = ?',
  [account, question, voter]
]

/** Keys in one statement. */
const KEYS_IN_STATEMENT = 500

/** Forgets what was suggested under these keys, in all polls. */
export async function forgetSuggester(tx: Transaction, keys: readonly string[]) {
  for (const part of inParts(keys, KEYS_IN_STATEMENT))
    await tx.execute('UPDATE suggestion SET voter = NULL WHERE voter IN (?)', [part])
}
