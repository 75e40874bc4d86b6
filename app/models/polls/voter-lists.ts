/** Voter lists: the invitations of polls that only holders of one may vote in. */
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { InvalidInput, InvitationsMade, NoVoterList, PollClosed } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { MAX_INVITATIONS, type RevokedVote } from '../../values/audience.ts'
import type { Invitee } from '../../values/invitee.ts'
import { hashOfSecret, linkToken } from '../../values/secret.ts'
import { INVITATION_COLUMNS, type InvitationRow } from '../voting/invitation-rows.ts'
import { invitationVoterKey } from '../voting/voter-key.ts'
import { VoteTable } from '../voting/vote-table.ts'
import type { InvitationContacts } from './invitation-contacts.ts'
import { changeLocked, type Owner } from './locked-poll.ts'
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

/** A new invitation; its token is told this once. */
export interface NewInvitation {
  id: number
  number: number
  name: string | null
  email: string | null
  token: string
}

/** What a request adds to a list. */
interface Additions {
  invitees: readonly Invitee[]
  nonce: string
  /** The field that an error about the length of the list is shown at. */
  field: string
}

const toInvitation = ({ id, question_id, name, revoked, token_hash }: InvitationRow): Invitation => ({
  id,
  question: question_id,
  name,
  revoked: revoked === 1,
  voter: invitationVoterKey(token_hash, question_id)
})

export class VoterLists {
  readonly #db: Database
  readonly #table: VoteTable
  readonly #secret: string
  readonly #contacts: InvitationContacts
  readonly #onChange: (question: number) => void
  readonly #find: (hash: string) => Promise<InvitationRow | undefined>

  /** `secret` makes tokens. `onChange` is called with each question whose list or tally may have changed. */
  constructor(
    db: Database,
    secret: string,
    contacts: InvitationContacts,
    onChange: (question: number) => void
  ) {
    this.#db = db
    this.#table = new VoteTable(db)
    this.#secret = secret
    this.#contacts = contacts
    this.#onChange = onChange
    this.#find = createBatchLoader(
      hash => hash,
      async (hashes: string[]) => {
        const sql = `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE token_hash IN (?)`
        const rows = await db.select<InvitationRow>(sql, [[...new Set(hashes)]])
        return new Map(rows.map(row => [row.token_hash, row]))
      }
    )
  }

  /** Finds the invitation of a token; null if there is none. */
  async find(token: string): Promise<Invitation | null> {
    const row = await this.#find(hashOfSecret(token))
    return row ? toInvitation(row) : null
  }

  /**
   * Adds an invitation for each of these people and returns them with their tokens, which are stored as hashes; mail to
   * those with an address waits in the outbox. A repeat with the same nonce returns the same invitations, so that a form that is sent twice
   * makes one list. Throws NotOwner, NoVoterList, InvitationsMade, PollClosed, InvalidInput if the list is too long.
   */
  async create(question: number, owner: Owner, additions: Additions): Promise<NewInvitation[]> {
    const { invitees, nonce } = additions
    const tokens = invitees.map((_, index) => this.#tokenOf(question, nonce, index))
    const hashes = tokens.map(hashOfSecret)
    const rows = await changeLocked(this.#db, question, { owner }, async (tx, { audience, open, now }) => {
      if (audience !== 'list') throw new NoVoterList()
      const found = await this.#made(tx, hashes)
      if (found.length > 0) {
        await this.#requireSame(tx, question, found, additions)
        return found
      }
      // More invited may undo the quorum of a result that is closed.
      if (!open) throw new PollClosed()
      const made = await this.#insert(tx, question, hashes, additions)
      const contacts = made.flatMap((row, n) => {
        const { email } = invitees[n]!
        return email === null ? [] : [{ row, email, token: tokens[n]! }]
      })
      await this.#contacts.add(tx, question, contacts, now)
      return made
    })
    this.#onChange(question)
    return rows.map(({ id, number, name }, n) => ({
      id,
      number,
      name,
      email: invitees[n]!.email,
      token: tokens[n]!
    }))
  }

  /**
   * Revokes an invitation, and keeps its vote or removes it, in one transaction with a line of the history. Revoking
   * again changes nothing, but may remove a vote that was kept. Throws NotOwner, NotFound, PollClosed, VoteStays.
   */
  async revoke(question: number, owner: Owner, id: number, vote: RevokedVote): Promise<void> {
    const revocation = { question, invitation: id, vote }
    await changeLocked(this.#db, question, { owner }, (tx, poll) =>
      revokeInvitation(tx, this.#table, poll, revocation)
    )
    this.#onChange(question)
  }

  #tokenOf(question: number, nonce: string, index: number) {
    return linkToken(this.#secret, `invitation ${question} ${nonce} ${index}`)
  }

  /** The hash of the token that a longer list with this nonce would have next. */
  #hashAfter(question: number, nonce: string, { length }: { length: number }) {
    return hashOfSecret(this.#tokenOf(question, nonce, length))
  }

  /** Throws InvitationsMade unless these invitations are what an earlier request with the same nonce has added. */
  async #requireSame(
    tx: Transaction,
    question: number,
    found: readonly InvitationRow[],
    { invitees, nonce }: Additions
  ) {
    const emails = await this.#contacts.emailsOf(tx, found) // without those that are forgotten meanwhile
    const areSame =
      found.length === invitees.length &&
      found.every(({ id, name }, n) => {
        const { name: wanted, email } = invitees[n]!
        return name === wanted && (emails.get(id) ?? email) === email
      })
    // The first token of a longer or shorter first request is the same.
    if (!areSame || (await this.#made(tx, [this.#hashAfter(question, nonce, invitees)])).length > 0)
      throw new InvitationsMade()
  }

  /** Returns the invitations with these hashes, in the order of the list. */
  #made(tx: Transaction, hashes: readonly string[]): Promise<InvitationRow[]> {
    return tx.select<InvitationRow>(
      `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE token_hash IN (?) ORDER BY number`,
      [hashes]
    )
  }

  async #insert(
    tx: Transaction,
    question: number,
    hashes: string[],
    { invitees, field }: Additions
  ): Promise<InvitationRow[]> {
    const sql = 'SELECT COALESCE(MAX(number), 0) AS last FROM invitation WHERE question_id = ?'
    const { last } = (await tx.fetchone<{ last: number }>(sql, [question]))!
    const left = MAX_INVITATIONS - last
    if (invitees.length > left) throw new InvalidInput({ [field]: messageKey('listFull', left) })
    const rows = invitees.map(({ name }, index) => [question, last + 1 + index, hashes[index]!, name])
    await tx.execute('INSERT INTO invitation (question_id, number, token_hash, name) VALUES ?', [rows])
    const counted =
      'UPDATE question SET invited = invited + ?, tally_version = tally_version + 1 WHERE id = ?'
    await tx.execute(counted, [invitees.length, question])
    return this.#made(tx, hashes)
  }
}
