/**
 * Rows of question_manager: which guest's poll a manage link manages. Links are stored as hashes.
 */
import type { Queries, Transaction } from '../../db/database.ts'

/**
 * What a manage link is good for: the poll, and the hash of the link's token, which acts as its
 * owner.
 */
export interface Manager {
  question: number
  hash: string
}

/** Stores the manager of a new guest's poll. */
export async function addManager(tx: Transaction, { question, hash }: Manager): Promise<void> {
  await tx.execute('INSERT INTO question_manager (question_id, token_hash) VALUES (?, ?)', [question, hash])
}

/** Finds the managers with these hashes. */
export async function findManagers(queries: Queries, hashes: readonly string[]): Promise<Manager[]> {
  const sql =
    'SELECT question_id AS question, token_hash AS hash FROM question_manager WHERE token_hash IN (?)'
  return queries.select<Manager>(sql, [hashes])
}

/** Ends the manage link of a poll. Its row must be locked. */
export async function removeManager(tx: Transaction, question: number): Promise<void> {
  await tx.execute('DELETE FROM question_manager WHERE question_id = ?', [question])
}
