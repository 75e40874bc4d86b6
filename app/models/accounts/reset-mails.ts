/** Mails with a reset link, which are asked for by an e-mail address on the sign-in page. */
import type { Database } from '../../db/database.ts'
import type { Mail, Outbox, Payloads } from '../mail/outbox.ts'
import { insertReset } from './resets.ts'
import { IS_ACTIVE, IS_REGISTERED } from './user-row.ts'

export class ResetMails {
  readonly #db: Database
  readonly #outbox: Pick<Outbox, 'queue'>

  constructor(db: Database, outbox: Pick<Outbox, 'queue'>) {
    this.#db = db
    this.#outbox = outbox
  }

  /**
   * Stores that a link was asked for. Whether an account has this canonical address is looked up
   * later: the time of the answer must not tell.
   */
  ask(email: string, locale: string): Promise<void> {
    return this.#outbox.queue({ kind: 'forgot', payload: {}, recipient: email, locale })
  }

  /**
   * Makes the link of a mail that was asked for, and stores it: all attempts bring the same link.
   * Returns null if no account has the address; then the mail is deleted.
   */
  prepare(mail: Mail, linkOf: (token: string) => string): Promise<Mail | null> {
    const { clock, forUpdate } = this.#db.dialect
    return this.#db.transaction(async tx => {
      const user = await tx.fetchone<{ id: number; locale: string | null; now: string }>(
        `SELECT id, locale, ${clock} AS now FROM user
         WHERE email = ? AND ${IS_ACTIVE} AND ${IS_REGISTERED} ${forUpdate}`,
        [mail.recipient]
      )
      if (!user) {
        await tx.execute('DELETE FROM mail WHERE id = ?', [mail.id])
        return null
      }
      const { token, expires_time: expires } = await insertReset(tx, user.id, user.now)
      const payload: Payloads['reset'] = { link: linkOf(token), expires }
      const locale = user.locale ?? mail.locale
      await tx.execute(
        "UPDATE mail SET kind = 'reset', payload = ?, user_id = ?, locale = ? WHERE id = ? AND attempt = ?",
        [JSON.stringify(payload), user.id, locale, mail.id, mail.attempt]
      )
      return { ...mail, kind: 'reset', payload, user_id: user.id, locale }
    })
  }
}
