/** The suggestions of a poll as rows. The question's row is locked where one is written. */
import type { Queries, Statement, Transaction } from '../../db/database.ts'
import { inParts } from '../../values/parts.ts'
import type { VoterOf } from './ballot.ts'

export interface SuggestionRow {
  id: number
  /** Null: not known any more, because the account is deleted or the anonymous poll closed. */
  voter: string | null
  choice_text: string
}

/** What became of a suggestion. */
export type State = 'waiting' | 'accepted' | 'refused'

const IS_WAITING = "question_id = ? AND state = 'waiting'"

/** Reads the suggestions that wait for the organiser, the oldest first. */
export const selectWaiting = (queries: Pick<Queries, 'select'>, question: number) =>
  queries.select<SuggestionRow>(
    `SELECT id, voter, choice_text FROM suggestion WHERE ${IS_WAITING} ORDER BY id`,
    [question]
  )

/**
 * Reads the texts that wait for the organiser, each spelling once, with the id of its first
 * suggestion; the oldest first.
 */
export const selectWaitingTexts = (queries: Pick<Queries, 'select'>, question: number) =>
  queries.select<Pick<SuggestionRow, 'id' | 'choice_text'>>(
    // By its bytes: collations take different spellings for one.
    `SELECT MIN(id) AS id, MIN(choice_text) AS choice_text FROM suggestion WHERE ${IS_WAITING}
     GROUP BY HEX(choice_text) ORDER BY MIN(id)`,
    [question]
  )

/** Reads what these voters have suggested and waits for the organiser, the oldest first. */
export const selectWaitingOf = (
  queries: Pick<Queries, 'select'>,
  question: number,
  voters: readonly string[]
) =>
  queries.select<Pick<SuggestionRow, 'id' | 'choice_text'>>(
    `SELECT id, choice_text FROM suggestion WHERE ${IS_WAITING} AND voter IN (?) ORDER BY id`,
    [question, voters]
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

/** SQLite accepts 32,766 arguments. */
const ROWS_IN_STATEMENT = 10_000

/** Sets what became of suggestions. */
export async function setState(tx: Transaction, rows: readonly SuggestionRow[], state: State) {
  for (const part of inParts(rows, ROWS_IN_STATEMENT))
    await tx.execute('UPDATE suggestion SET state = ? WHERE id IN (?)', [state, part.map(({ id }) => id)])
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

/**
 * Returns the statement that makes the suggestions of a browser those of the account that adopts
 * it.
 */
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
