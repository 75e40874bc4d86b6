/** The invitations of a poll, where a vote reads or a change of the poll changes them. */
import type { Queries, Statement, Transaction } from '../../db/database.ts'
import { inParts } from '../../values/parts.ts'
import type { Operation } from './operation.ts'
import { anonymousVoterKey, invitationVoterKey } from './voter-key.ts'

/** An invitation as the database has it. */
export interface InvitationRow {
  id: number
  question_id: number
  number: number
  token_hash: string
  name: string | null
  revoked: number
  voted: number
}

export const INVITATION_COLUMNS = 'id, question_id, number, token_hash, name, revoked, voted'

/**
 * Selects the revoked invitations among those of the operations; undefined if no operation has one.
 */
export function selectRevoked(operations: readonly Pick<Operation, 'invitation'>[]): Statement | undefined {
  const ids = operations.flatMap(({ invitation }) => invitation ?? [])
  return ids.length > 0 ? ['SELECT id FROM invitation WHERE id IN (?) AND revoked = 1', [ids]] : undefined
}

/** Rows that one statement names. */
const CHUNK_SIZE = 500

/**
 * Returns the ids of those among these invitations that have a vote. `pollKey`: that of an open
 * anonymous poll, otherwise null.
 */
export async function votersAmong(
  queries: Pick<Queries, 'select'>,
  question: number,
  invitations: ReadonlyArray<Pick<InvitationRow, 'id' | 'token_hash'>>,
  pollKey: string | null
): Promise<Set<number>> {
  if (invitations.length === 0) return new Set()
  const ids = new Map(
    invitations.map(({ id, token_hash }) => {
      const voter = invitationVoterKey(token_hash, question)
      return [pollKey === null ? voter : anonymousVoterKey(pollKey, voter), id]
    })
  )
  const sql = 'SELECT voter FROM vote WHERE question_id = ? AND slot = 0 AND voter IN (?)'
  const found = await queries.select<{ voter: string }>(sql, [question, [...ids.keys()]])
  return new Set(found.map(({ voter }) => ids.get(voter)!))
}

/** Deletes the invitations of a poll, with the names in them. The question's row must be locked. */
export async function removeInvitationsOf(tx: Transaction, question: number) {
  await tx.execute('DELETE FROM invitation_contact WHERE question_id = ?', [question])
  await tx.execute('DELETE FROM invitation WHERE question_id = ?', [question])
  await tx.execute('UPDATE question SET invited = 0 WHERE id = ?', [question])
}

/**
 * Notes which invitations of an anonymous poll were used, before its key is erased: afterwards
 * nothing tells. All in one statement after the other by ascending id, so that no order of votes is
 * written. The question's row must be locked.
 */
export async function markVoters(tx: Transaction, question: number, pollKey: string) {
  const invitations = await tx.select<Pick<InvitationRow, 'id' | 'token_hash'>>(
    'SELECT id, token_hash FROM invitation WHERE question_id = ? ORDER BY id',
    [question]
  )
  for (const part of inParts(invitations, CHUNK_SIZE)) {
    const voters = await votersAmong(tx, question, part, pollKey)
    const used = part.map(({ id }) => id).filter(id => voters.has(id))
    if (used.length > 0) await tx.execute('UPDATE invitation SET voted = 1 WHERE id IN (?)', [used])
  }
}
