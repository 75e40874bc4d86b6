/** Invitations to register: links of administrators. Each makes one account, within a week. */
import { readNow } from '../../db/clock.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { InvitationGone, InvitationNotFound } from '../../errors.ts'
import { hashOfSecret } from '../../values/secret.ts'
import { DAY_MS } from '../../values/time.ts'
import { recordAct } from '../instance/admin-log.ts'
import { queueMail, removeMail, UNSENT_STATE, type UnsentState } from '../mail/outbox.ts'
import { isUsable, newLink } from './links.ts'
import { lockLinkMaker } from './lock.ts'

/** How long an invitation to register is valid. */
export const INVITATION_LIFETIME_MS = 7 * DAY_MS
/** A page of them: further ones are older than what an administrator looks for. */
const MAX_LISTED = 100

/** An invitation as administrators see it; times are UTC. */
export interface Invitation {
  id: number
  create_time: string
  expires_time: string
  isOpen: boolean
  /** The account that was made with it, if it still exists. */
  user: { id: number; name: string } | null
  /** The mail that brings it waits or was given up; null: there is none, or it was sent. */
  mail: UnsentState | null
}

/** Who gets an invitation by mail. */
interface Invited {
  email: string
  /** Makes the link of a token. */
  linkOf: (token: string) => string
  /** The language of the mail. */
  locale: string
}

interface InvitationRow {
  id: number
  create_time: string
  expires_time: string
  open: number
  user_id: number | null
  name: string | null
  mail: Invitation['mail']
}

function toInvitation({ open, user_id, name, ...row }: InvitationRow): Invitation {
  return { ...row, isOpen: open === 1, user: user_id && name ? { id: user_id, name } : null }
}

export class AccountInvitations {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Creates an invitation, with the mail that brings it. Its token is returned this once.
   * `expires_time` is UTC. Throws SignInRequired.
   */
  create(admin: number, invited?: Invited): Promise<{ id: number; token: string; expires_time: string }> {
    return this.#db.transaction(async tx => {
      await lockLinkMaker(tx, admin)
      const { token, hash, expires_time } = newLink(await readNow(tx), INVITATION_LIFETIME_MS)
      const { insertId: id } = await tx.execute(
        'INSERT INTO account_invitation (token_hash, expires_time) VALUES (?, ?)',
        [hash, expires_time]
      )
      if (invited) {
        const payload = { link: invited.linkOf(token), expires: expires_time }
        const mail = {
          kind: 'invitation',
          payload,
          recipient: invited.email,
          invitation: id,
          locale: invited.locale
        } as const
        await queueMail(tx, mail)
      }
      await recordAct(tx, { admin, act: 'invite', detail: String(id) })
      return { id, token, expires_time }
    })
  }

  /** Lists the last 100 invitations, the newest first. */
  async list(): Promise<Invitation[]> {
    const rows = await this.#db.select<InvitationRow>(
      `SELECT i.id, i.create_time, i.expires_time, ${isUsable(this.#db.dialect.clock)} AS open, i.user_id, u.name,
         CASE WHEN m.id IS NOT NULL THEN ${UNSENT_STATE} END AS mail
       FROM account_invitation i LEFT JOIN user u ON u.id = i.user_id AND u.delete_flag = 0
         LEFT JOIN mail m ON m.invitation_id = i.id
       ORDER BY i.id DESC LIMIT ${MAX_LISTED}`
    )
    return rows.map(toInvitation)
  }

  /** Revokes an invitation that is not used. Does nothing to any other. */
  revoke(id: number, admin: number): Promise<void> {
    return this.#db.transaction(async tx => {
      if (await removeUnused(tx, id)) await recordAct(tx, { admin, act: 'uninvite' })
    })
  }

  /** Checks a token without using it. Throws InvitationNotFound, InvitationGone. */
  async check(token: string): Promise<void> {
    const row = await this.#db.fetchone<{ open: number }>(
      `SELECT ${isUsable(this.#db.dialect.clock)} AS open FROM account_invitation i WHERE i.token_hash = ?`,
      [hashOfSecret(token)]
    )
    if (!row) throw new InvitationNotFound()
    if (!row.open) throw new InvitationGone()
  }
}

/** Deletes an invitation that is not used, with its mail. Returns whether there was one. */
export async function removeUnused(tx: Transaction, id: number): Promise<boolean> {
  await removeMail(tx, 'invitation_id', id)
  const sql = 'DELETE FROM account_invitation WHERE id = ? AND used_time IS NULL'
  return (await tx.execute(sql, [id])).affectedRows > 0
}

/**
 * Uses an invitation for an account that the same transaction has created. Throws InvitationGone.
 */
export async function useInvitation(tx: Transaction, token: string, userId: number) {
  const { clock } = tx.dialect
  const { affectedRows } = await tx.execute(
    `UPDATE account_invitation SET used_time = ${clock}, user_id = ?
     WHERE token_hash = ? AND ${isUsable(clock)}`,
    [userId, hashOfSecret(token)]
  )
  if (affectedRows === 0) throw new InvitationGone()
}
