/** Revokes an invitation of a voter list, with or without its vote. */
import type { Transaction } from '../../db/database.ts'
import { NotFound, VoteStays } from '../../errors.ts'
import type { RevokedVote } from '../../values/audience.ts'
import { keyFor } from '../voting/ballot.ts'
import { readBallots } from '../voting/ballot-rows.ts'
import { INVITATION_COLUMNS, type InvitationRow } from '../voting/invitation-rows.ts'
import { remove } from '../voting/change.ts'
import { forgetSuggester } from '../voting/suggestion-rows.ts'
import { writeChanges } from '../voting/vote-table.ts'
import { invitationVoterKey } from '../voting/voter-key.ts'
import { recordPublicAct } from '../polls/history.ts'
import { removeContact } from './invitation-contacts.ts'
import { type LockedRow, requireOpen, UNCHANGED } from '../polls/locked-poll.ts'
import { setShown } from '../polls/shown.ts'

interface Revocation {
  question: number
  invitation: number
  vote: RevokedVote
}

/** Removes the vote of an invitation, if it has one, before COMMIT. Returns whether it has. */
async function removeVote(tx: Transaction, { kind }: LockedRow, { question_id, token_hash }: InvitationRow) {
  const voter = { question: question_id, voter: invitationVoterKey(token_hash, question_id) }
  const ballots = await readBallots(tx, [voter])
  const ballot = ballots.get(keyFor(voter))
  if (ballot) writeChanges(tx, [remove(voter, ballot, kind)])
  return ballot !== undefined
}

/**
 * Revokes an invitation of a poll whose row is locked. Throws NotFound, PollClosed,
 * AnonymousClosed, VoteStays.
 */
export async function revokeInvitation(
  tx: Transaction,
  poll: LockedRow,
  { question, invitation, vote }: Revocation
): Promise<typeof UNCHANGED | void> {
  const sql = `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE id = ? AND question_id = ?`
  const row = await tx.fetchone<InvitationRow>(sql, [invitation, question])
  if (!row) throw new NotFound()
  if (row.revoked && vote === 'keep') return UNCHANGED
  // A result that is closed stays: fewer invited may make a quorum.
  requireOpen(poll)
  // How the tally of an anonymous poll changes would tell the vote.
  if (vote === 'remove' && poll.privacy === 'anonymous') throw new VoteStays()
  // What waits for the organiser must not change the vote that stays. In an anonymous poll, whether
  // an accepted text then joins one ballot fewer would tell who had suggested it.
  if (poll.privacy !== 'anonymous') await forgetSuggester(tx, [invitationVoterKey(row.token_hash, question)])
  const isRemoved = vote === 'remove' && (await removeVote(tx, poll, row))
  if (row.revoked && !isRemoved) return UNCHANGED
  if (!row.revoked) {
    await tx.execute('UPDATE invitation SET revoked = 1 WHERE id = ?', [invitation])
    await removeContact(tx, invitation)
    await setShown(tx, question, 'invited = invited - 1')
  }
  await recordPublicAct(tx, question, poll, { act: isRemoved ? 'vote_removed' : 'invitation_revoked' })
}
