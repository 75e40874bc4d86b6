/** Voter lists: the invitations of polls that only holders of one may vote in. */
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database } from '../../db/database.ts'
import { CommitUnknown } from '../../db/errors.ts'
import type { RevokedVote } from '../../values/audience.ts'
import { hashOfSecret } from '../../values/secret.ts'
import type { Hold } from '../limits/counters.ts'
import { INVITATION_COLUMNS, type InvitationRow } from '../voting/invitation-rows.ts'
import { invitationVoterKey } from '../voting/voter-key.ts'
import { type Additions, InvitationBatch, type NewInvitation } from './invitation-batch.ts'
import type { InvitationContacts } from './invitation-contacts.ts'
import type { LockedPolls, Owner } from '../polls/locked-poll.ts'
import { revokeInvitation } from './revocation.ts'

/** An invitation as its holder presents it. */
export interface Invitation {
  id: number
  question: number
  name: string | null
  revoked: boolean
  /** The key of its vote, in polls that are not anonymous. */
  voter: string
}

const toInvitation = ({ id, question_id, name, revoked, token_hash }: InvitationRow): Invitation => ({
  id,
  question: question_id,
  name,
  revoked: revoked === 1,
  voter: invitationVoterKey(token_hash, question_id)
})

export class VoterLists {
  readonly #secrets: readonly [string, ...string[]]
  readonly #contacts: InvitationContacts
  readonly #polls: LockedPolls
  readonly #find: (hash: string) => Promise<InvitationRow | undefined>

  /**
   * The first of `secrets` makes tokens; former ones may have made those that a repeat asks for.
   */
  constructor(
    db: Database,
    secrets: readonly [string, ...string[]],
    contacts: InvitationContacts,
    polls: LockedPolls
  ) {
    this.#secrets = secrets
    this.#contacts = contacts
    this.#polls = polls
    this.#find = createBatchLoader(async (hashes: string[]) => {
      const sql = `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE token_hash IN (?)`
      const rows = await db.select<InvitationRow>(sql, [hashes])
      return new Map(rows.map(row => [row.token_hash, row]))
    })
  }

  /** Finds the invitation of a token; undefined if there is none. */
  async find(token: string): Promise<Invitation | undefined> {
    const row = await this.#find(hashOfSecret(token))
    return row && toInvitation(row)
  }

  /**
   * Adds an invitation for each of these people and returns them with their tokens, which are
   * stored as hashes; mail to those with an address waits in the outbox. A repeat with the same
   * nonce returns the same invitations, so that a form that is sent twice makes one list. `admit`
   * is called before invitations are stored that are no repeat, and may refuse them with an error;
   * what it holds is given back if they are not stored. Throws NotOwner, NoVoterList,
   * InvitationsMade, PollClosed, InvalidInput if the list is too long.
   */
  async create(
    question: number,
    owner: Owner,
    additions: Additions,
    admit?: () => Promise<Pick<Hold, 'giveBack'>>
  ): Promise<NewInvitation[]> {
    const batchOf = (secret: string) =>
      new InvitationBatch(question, additions, { secret, contacts: this.#contacts })
    const [secret, ...former] = this.#secrets
    const batch = batchOf(secret)
    const batches = [batch, ...former.map(batchOf)] // a repeat may come after a change of the secret
    const held: Array<Pick<Hold, 'giveBack'>> = []
    try {
      return await this.#polls.change(question, { owner }, async (tx, row) => {
        for (const one of batches) {
          const earlier = await one.findEarlier(tx, row)
          if (earlier.length > 0) return one.withTokens(earlier)
        }
        await batch.requireSpace(tx, row)
        if (admit) held.push(await admit()) // under the lock, so that a form that is sent twice at once counts once
        return batch.withTokens(await batch.insert(tx, row))
      })
    } catch (error) {
      // Otherwise they may be stored.
      if (!(error instanceof CommitUnknown)) await Promise.all(held.map(hold => hold.giveBack()))
      throw error
    }
  }

  /**
   * Revokes an invitation, and keeps its vote or removes it, in one transaction with a line of the
   * history. Revoking again changes nothing, but may remove a vote that was kept. Throws NotOwner,
   * NotFound, PollClosed, VoteStays.
   */
  async revoke(question: number, owner: Owner, id: number, vote: RevokedVote): Promise<void> {
    const revocation = { question, invitation: id, vote }
    await this.#polls.change(question, { owner }, (tx, poll) => revokeInvitation(tx, poll, revocation))
  }
}
