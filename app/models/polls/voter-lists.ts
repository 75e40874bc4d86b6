/** Voter lists: the invitations of polls that only holders of one may vote in. */
import { createHmac } from 'node:crypto'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { InvalidInput, InvitationsMade, NotFound, NoVoterList, VoteStays } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { MAX_INVITATIONS, type RevokedVote } from '../../values/audience.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { keyFor } from '../voting/ballot.ts'
import { remove } from '../voting/rules.ts'
import { INVITATION_COLUMNS, type InvitationRow } from '../voting/invitation-rows.ts'
import { invitationVoterKey } from '../voting/voter-key.ts'
import { VoteTable } from '../voting/vote-table.ts'
import { recordIfVoted } from './history.ts'
import { changeLocked, type LockedRow, type Owner } from './locked-poll.ts'

/** 128 bits as hexadecimal digits: chats drop other characters at the end of a link. */
const TOKEN_LENGTH = 32

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
  token: string
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
  readonly #onChange: (question: number) => void
  readonly #find: (hash: string) => Promise<InvitationRow | undefined>

  /** `secret` makes tokens. `onChange` is called with each question whose list or tally may have changed. */
  constructor(db: Database, secret: string, onChange: (question: number) => void) {
    this.#db = db
    this.#table = new VoteTable(db)
    this.#secret = secret
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
   * Adds an invitation for each of these names, null for one without a name, and returns them with their tokens, which
   * are stored as hashes. A repeat with the same nonce returns the same invitations, so that a form that is sent twice
   * makes one list. Throws NotOwner, NoVoterList, InvitationsMade, InvalidInput about `field` if the list is too long.
   */
  async create(
    question: number,
    owner: Owner,
    { names, nonce, field }: { names: ReadonlyArray<string | null>; nonce: string; field: string }
  ): Promise<NewInvitation[]> {
    const tokens = names.map((_, index) => this.#tokenOf(question, nonce, index))
    const hashes = tokens.map(hashOfSecret)
    const rows = await changeLocked(this.#db, question, { owner }, async (tx, { audience }) => {
      if (audience !== 'list') throw new NoVoterList()
      const found = await this.#made(tx, hashes)
      if (found.length === 0) return this.#insert(tx, question, { names, hashes, field })
      const areSame = found.length === names.length && found.every(({ name }, n) => name === names[n])
      // The first token of a longer or shorter first request is the same.
      if (!areSame || (await this.#made(tx, [this.#hashAfter(question, nonce, names)])).length > 0)
        throw new InvitationsMade()
      return found
    })
    this.#onChange(question)
    return rows.map(({ id, number, name }, n) => ({ id, number, name, token: tokens[n]! }))
  }

  /**
   * Revokes an invitation, and keeps its vote or removes it, in one transaction with a line of the history. Revoking
   * again changes nothing, but may remove a vote that was kept. Throws NotOwner, NotFound, VoteStays.
   */
  async revoke(question: number, owner: Owner, id: number, vote: RevokedVote): Promise<void> {
    await changeLocked(this.#db, question, { owner }, async (tx, poll) => {
      const sql = `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE id = ? AND question_id = ?`
      const row = await tx.fetchone<InvitationRow>(sql, [id, question])
      if (!row) throw new NotFound()
      // A result that is closed stays, and how the tally of an anonymous poll changes would tell the vote.
      if (vote === 'remove' && (!poll.open || poll.privacy === 'anonymous')) throw new VoteStays()
      const isRemoved = vote === 'remove' && (await this.#removeVote(tx, poll, row))
      if (row.revoked && !isRemoved) return
      if (!row.revoked) {
        await tx.execute('UPDATE invitation SET revoked = 1 WHERE id = ?', [id])
        const counted = 'UPDATE question SET invited = invited - 1, tally_version = tally_version + 1'
        await tx.execute(`${counted} WHERE id = ?`, [question])
      }
      await recordIfVoted(tx, question, poll, { act: isRemoved ? 'vote_removed' : 'invitation_revoked' })
    })
    this.#onChange(question)
  }

  #tokenOf(question: number, nonce: string, index: number) {
    const text = `invitation ${question} ${nonce} ${index}`
    return createHmac('sha256', this.#secret).update(text).digest('hex').slice(0, TOKEN_LENGTH)
  }

  /** The hash of the token that a longer list with this nonce would have next. */
  #hashAfter(question: number, nonce: string, { length }: { length: number }) {
    return hashOfSecret(this.#tokenOf(question, nonce, length))
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
    { names, hashes, field }: { names: ReadonlyArray<string | null>; hashes: string[]; field: string }
  ): Promise<InvitationRow[]> {
    const sql = 'SELECT COALESCE(MAX(number), 0) AS last FROM invitation WHERE question_id = ?'
    const { last } = (await tx.fetchone<{ last: number }>(sql, [question]))!
    const left = MAX_INVITATIONS - last
    if (names.length > left) throw new InvalidInput({ [field]: messageKey('listFull', left) })
    const rows = names.map((name, index) => [question, last + 1 + index, hashes[index]!, name])
    await tx.execute('INSERT INTO invitation (question_id, number, token_hash, name) VALUES ?', [rows])
    const counted =
      'UPDATE question SET invited = invited + ?, tally_version = tally_version + 1 WHERE id = ?'
    await tx.execute(counted, [names.length, question])
    return this.#made(tx, hashes)
  }

  /** Removes the vote of an invitation, if it has one, before COMMIT. Returns whether it has. */
  async #removeVote(tx: Transaction, { kind }: LockedRow, { question_id, token_hash }: InvitationRow) {
    const voter = { question: question_id, voter: invitationVoterKey(token_hash, question_id) }
    const ballots = await this.#table.ballotsOf([voter], tx)
    const ballot = ballots.get(keyFor(voter))
    if (ballot) this.#table.write(tx, [remove(voter, ballot, kind)])
    return ballot !== undefined
  }
}
