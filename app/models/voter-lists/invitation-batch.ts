/** The invitations that one request adds to a voter list. */
import type { Transaction } from '../../db/database.ts'
import { InvalidInput, InvitationsMade, NoVoterList } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { MAX_INVITATIONS } from '../../values/audience.ts'
import type { Invitee } from '../../values/invitee.ts'
import { hashOfSecret, linkToken } from '../../values/secret.ts'
import { INVITATION_COLUMNS, type InvitationRow } from '../voting/invitation-rows.ts'
import type { InvitationContacts } from './invitation-contacts.ts'
import { type LockedRow, requireOpen } from '../polls/locked-poll.ts'
import { setShown } from '../polls/shown.ts'

/** A new invitation; its token is told this once. */
export interface NewInvitation {
  id: number
  number: number
  name: string | null
  email: string | null
  token: string
}

/** What a request adds to a list. */
export interface Additions {
  invitees: readonly Invitee[]
  nonce: string
  /** The field that an error about the length of the list is shown at. */
  field: string
  /** The language of the page on which they are made. */
  locale: string
}

/**
 * Returns the number of a poll's newest invitation; 0 if there is none. The question's row is
 * locked.
 */
async function lastNumber(tx: Transaction, question: number): Promise<number> {
  const sql = 'SELECT COALESCE(MAX(number), 0) AS last FROM invitation WHERE question_id = ?'
  const { last } = (await tx.fetchone<{ last: number }>(sql, [question]))! // an aggregate has one row
  return last
}

/** Returns the invitations with these hashes, in the order of the list. */
const selectMade = (tx: Transaction, hashes: readonly string[]) =>
  tx.select<InvitationRow>(
    `SELECT ${INVITATION_COLUMNS} FROM invitation WHERE token_hash IN (?) ORDER BY number`,
    [hashes]
  )

export class InvitationBatch {
  readonly #question: number
  readonly #additions: Additions
  readonly #contacts: InvitationContacts
  readonly #tokens: readonly string[]
  readonly #hashes: readonly string[]
  /** The hash of the token that a longer list with this nonce would have next. */
  readonly #hashAfter: string

  /** `secret` makes the tokens: a repeat with the same nonce has the same ones. */
  constructor(
    question: number,
    additions: Additions,
    { secret, contacts }: { secret: string; contacts: InvitationContacts }
  ) {
    const { invitees, nonce } = additions
    const tokenOf = (index: number) => linkToken(secret, `invitation ${question} ${nonce} ${index}`)
    this.#question = question
    this.#additions = additions
    this.#contacts = contacts
    this.#tokens = invitees.map((_, index) => tokenOf(index))
    this.#hashes = this.#tokens.map(hashOfSecret)
    this.#hashAfter = hashOfSecret(tokenOf(invitees.length))
  }

  /**
   * Returns what an earlier request has made with this secret; nothing if there was none. The
   * question's row is locked. Throws NoVoterList, InvitationsMade.
   */
  async findEarlier(tx: Transaction, row: LockedRow): Promise<InvitationRow[]> {
    if (row.audience !== 'list') throw new NoVoterList()
    const found = await selectMade(tx, this.#hashes)
    if (found.length > 0) await this.#requireSame(tx, found)
    return found
  }

  /**
   * Checks that these can be inserted. The question's row is locked. Throws PollClosed,
   * AnonymousClosed, InvalidInput if the list is too long.
   */
  async requireSpace(tx: Transaction, row: LockedRow): Promise<void> {
    // More invited may undo the quorum of a result that is closed.
    requireOpen(row)
    const left = MAX_INVITATIONS - (await lastNumber(tx, this.#question))
    const { invitees, field } = this.#additions
    if (invitees.length > left) throw new InvalidInput({ [field]: messageKey('listFull', left) })
  }

  /**
   * Stores the invitations, and the mails to those with an address. The question's row is locked.
   */
  async insert(tx: Transaction, { now }: LockedRow): Promise<InvitationRow[]> {
    const { invitees, locale } = this.#additions
    const question = this.#question
    const last = await lastNumber(tx, question)
    const rows = invitees.map(({ name }, n) => [question, last + 1 + n, this.#hashes[n]!, name])
    await tx.execute('INSERT INTO invitation (question_id, number, token_hash, name) VALUES ?', [rows])
    await setShown(tx, question, 'invited = invited + ?', [invitees.length])
    const made = await selectMade(tx, this.#hashes)
    const contacts = this.withTokens(made).flatMap(({ email, token }, n) =>
      email === null ? [] : [{ row: made[n]!, email, token, locale }]
    )
    await this.#contacts.add(tx, question, contacts, now)
    return made
  }

  /** Returns these invitations with their addresses and tokens. */
  withTokens(rows: readonly InvitationRow[]): NewInvitation[] {
    return rows.map(({ id, number, name }, n) => {
      const { email } = this.#additions.invitees[n]!
      return { id, number, name, email, token: this.#tokens[n]! }
    })
  }

  /**
   * Throws InvitationsMade unless these invitations are what an earlier request with the same nonce
   * has added.
   */
  async #requireSame(tx: Transaction, found: readonly InvitationRow[]) {
    const { invitees } = this.#additions
    const emails = await this.#contacts.emailsOf(tx, found) // without those that are forgotten meanwhile
    const areSame =
      found.length === invitees.length &&
      found.every(({ id, name }, n) => {
        const { name: wanted, email } = invitees[n]!
        return name === wanted && (emails.get(id) ?? email) === email
      })
    // The first token of a longer or shorter first request is the same.
    if (!areSame || (await selectMade(tx, [this.#hashAfter])).length > 0) throw new InvitationsMade()
  }
}
