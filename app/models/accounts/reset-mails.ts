/** Mails with a reset link, which are asked for by an e-mail address on the sign-in page. */
import type { Database } from '../../db/database.ts'
import type { Mail, Prepared } from '../mail/mail.ts'
import { queueMail, storePrepared } from '../mail/outbox.ts'
import { insertReset } from './resets.ts'
import { IS_ACTIVE, IS_REGISTERED } from './user-row.ts'

export class ResetMails {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Stores that a link was asked for. Whether an account has this canonical address is looked up
   * later: the time of the answer must not tell.
   */
  ask(email: string, locale: string): Promise<void> {
    const mail = { kind: 'forgot', payload: {}, recipient: email, locale } as const
    return this.#db.transaction(tx => queueMail(tx, mail))
  }

  /**
   * Makes the link of a mail that was asked for, and stores it: all attempts bring the same link.
   * Drops the mail if no account has the address.
   */
  prepare(mail: Mail, linkOf: (token: string) => string): Promise<Prepared> {
    const { clock, forUpdate } = this.#db.dialect
    return this.#db.transaction(async tx => {
      const user = await tx.fetchone<{ id: number; locale: string | null; now: string }>(
        `SELECT id, locale, ${clock} AS now FROM user
         WHERE email = ? AND ${IS_ACTIVE} AND ${IS_REGISTERED} ${forUpdate}`,
        [mail.recipient]
      )
      if (!user) return 'drop'
      const { token, expires_time: expires } = await insertReset(tx, user.id, user.now)
      const content = { kind: 'reset', payload: { link: linkOf(token), expires } } as const
      const prepared = { ...mail, ...content, user_id: user.id, locale: user.locale ?? mail.locale }
      await storePrepared(tx, prepared)
      return prepared
    })
  }
}
