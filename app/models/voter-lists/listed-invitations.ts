/** The voter list of a poll as its organiser sees it: who has voted, never what or when. */
import type { Database } from '../../db/database.ts'
import { NotFound } from '../../errors.ts'
import type { InvitationState } from '../../values/audience.ts'
import { VOTERS_ON_PAGE } from '../../values/page-size.ts'
import { INVITATION_COLUMNS, type InvitationRow, votersAmong } from '../voting/invitation-rows.ts'
import { unsentListed, type UnsentState } from '../mail/outbox.ts'
import type { InvitationContacts } from './invitation-contacts.ts'
import type { Question } from '../polls/question-row.ts'

interface ListedInvitation {
  id: number
  /** Its place in the list, from 1. */
  number: number
  name: string | null
  /** Where mail about it is sent; null: nowhere, or the address is no longer stored. */
  email: string | null
  state: InvitationState
  /**
   * The mail that brings it waits or was given up; null: there is none, it was sent, or the address
   * is no longer stored.
   */
  mail: UnsentState | null
}

type Poll = Pick<Question, 'id' | 'privacy' | 'open'>

export class ListedInvitations {
  readonly #db: Database
  readonly #contacts: InvitationContacts

  constructor(db: Database, contacts: InvitationContacts) {
    this.#db = db
    this.#contacts = contacts
  }

  /**
   * Lists the invitations of a poll behind the number `after`. `next`: the number to go on behind;
   * null at the end.
   */
  async page(
    poll: Poll,
    after = 0,
    size = VOTERS_ON_PAGE
  ): Promise<{ invitations: ListedInvitation[]; next: number | null }> {
    const sql = `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE question_id = ? AND number > ? ORDER BY number`
    const rows = await this.#db.select<InvitationRow>(sql, [poll.id, after], size + 1)
    const invitations = await this.#listed(poll, rows.slice(0, size))
    return { invitations, next: rows.length > size ? invitations.at(-1)!.number : null }
  }

  /** Reads an invitation of a poll. Throws NotFound. */
  async get(poll: Poll, id: number): Promise<ListedInvitation> {
    const sql = `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE question_id = ? AND id = ?`
    const [found] = await this.#listed(poll, await this.#db.select<InvitationRow>(sql, [poll.id, id]))
    if (!found) throw new NotFound()
    return found
  }

  async #listed({ id, privacy, open }: Poll, rows: readonly InvitationRow[]): Promise<ListedInvitation[]> {
    const isAnonymous = privacy === 'anonymous'
    const voters = isAnonymous ? new Set<number>() : await votersAmong(this.#db, id, rows, null)
    const emails = await this.#contacts.emailsOf(this.#db, rows)
    const unsent = await unsentListed(this.#db, [...emails.keys()])
    const stateOf = ({ id: invitation, revoked, voted }: InvitationRow) => {
      if (revoked) return 'revoked'
      if (isAnonymous && open) return 'hidden'
      const hasVoted = isAnonymous ? voted === 1 : voters.has(invitation)
      return hasVoted ? 'voted' : 'unused'
    }
    return rows.map(row => ({
      id: row.id,
      number: row.number,
      name: row.name,
      email: emails.get(row.id) ?? null,
      state: stateOf(row),
      mail: row.revoked ? null : (unsent.get(row.id) ?? null)
    }))
  }
}
