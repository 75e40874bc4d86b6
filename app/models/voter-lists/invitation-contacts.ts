/**
 * The e-mail addresses of a voter list. Address and token are encrypted: the database alone tells
 * neither.
 */
import type { Queries, Transaction } from '../../db/database.ts'
import type { Sealer } from '../../values/sealed.ts'
import { queueListed } from '../mail/outbox.ts'
import type { InvitationRow } from '../voting/invitation-rows.ts'

/** Where an invitation is sent, and the token of its link. */
export interface Contact {
  email: string
  token: string
  /** The language of the page on which it was made, for an organiser who has chosen none. */
  locale: string | null
}

type Bound = Pick<InvitationRow, 'id' | 'token_hash'>

export class InvitationContacts {
  readonly #sealer: Sealer

  constructor(sealer: Sealer) {
    this.#sealer = sealer
  }

  /**
   * Stores these contacts and the mails that bring the invitations. `time`: now, on the database's
   * clock.
   */
  async add(
    tx: Transaction,
    question: number,
    contacts: ReadonlyArray<Contact & { row: Bound }>,
    time: string
  ): Promise<void> {
    if (contacts.length === 0) return
    const rows = contacts.map(({ row, email, token, locale }) => [
      row.id,
      question,
      this.#sealer.seal(JSON.stringify([email, token, locale]), row.token_hash),
      time
    ])
    const columns = 'invitation_id, question_id, sealed, create_time'
    await tx.execute(`INSERT INTO invitation_contact (${columns}) VALUES ?`, [rows])
    const mails = contacts.map(({ row }) => ({ invitation: row.id, isReminder: false }))
    await queueListed(tx, mails, time)
  }

  /** Opens a contact. Undefined: it was sealed with a secret that this process does not know. */
  open(sealed: string, { token_hash }: Pick<Bound, 'token_hash'>): Contact | undefined {
    const opened = this.#sealer.open(sealed, token_hash)
    if (!opened) return undefined
    // What `add` sealed; earlier versions without a language.
    const [email, token, locale = null] = JSON.parse(opened.text) as [string, string, string?]
    return { email, token, locale }
  }

  /** Returns the addresses that are stored of these invitations, by their ids. */
  async emailsOf(queries: Pick<Queries, 'select'>, rows: readonly Bound[]): Promise<Map<number, string>> {
    if (rows.length === 0) return new Map()
    const found = await queries.select<{ invitation_id: number; sealed: string }>(
      'SELECT invitation_id, sealed FROM invitation_contact WHERE invitation_id IN (?)',
      [rows.map(({ id }) => id)]
    )
    const sealed = new Map(found.map(row => [row.invitation_id, row.sealed]))
    const emails = rows.map(row => [row.id, this.open(sealed.get(row.id) ?? '', row)?.email] as const)
    return new Map(emails.filter((pair): pair is [number, string] => pair[1] !== undefined))
  }
}

/** Forgets the address of an invitation: it gets no further mail. */
export async function removeContact(queries: Pick<Queries, 'execute'>, invitation: number): Promise<void> {
  await queries.execute('DELETE FROM invitation_contact WHERE invitation_id = ?', [invitation])
}
