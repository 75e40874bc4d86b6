/** Sends the mail of the outbox: one loop a process. */
import type { Mail, Prepared } from '../models/mail/mail.ts'
import type { Outbox } from '../models/mail/outbox.ts'
import { OutboxSender } from '../outbox/outbox-sender.ts'
import type { Message } from './message.ts'
import type { SendMail } from './transport.ts'

/** Mails that are being sent at the same time, each over a connection of its own. */
const MAX_IN_FLIGHT = 5

interface MailDispatcherOptions {
  outbox: Pick<Outbox, 'claim' | 'remove' | 'postpone' | 'fail'>
  /** Queues what is due by the clock. */
  sweep: () => Promise<void>
  /** Completes a mail before it is sent. */
  prepare: (mail: Mail) => Promise<Prepared>
  messageOf: (mail: Mail) => Message
  send: SendMail
  /** Says an error of `send` without an address. */
  reasonOf: (error: unknown) => string
  /** Called with what went wrong in the database; the next round tries again. */
  onError: (error: unknown) => void
  /** Called when an attempt failed; `isGivenUp` after the last one. */
  onFailure: (mail: Mail, reason: string, isGivenUp: boolean) => void
}

export class MailDispatcher extends OutboxSender {
  readonly #options: MailDispatcherOptions

  constructor(options: MailDispatcherOptions) {
    super(options.onError)
    this.#options = options
  }

  protected async claimDue() {
    const { sweep, onError, outbox } = this.#options
    await sweep().catch(onError) // other mail is still sent
    const free = MAX_IN_FLIGHT - this.inFlight
    if (free <= 0) return
    for (const mail of await outbox.claim(free)) this.track(mail.id, this.#deliver(mail))
  }

  async #deliver(claimed: Mail) {
    const { outbox, prepare, messageOf, send, reasonOf, onFailure } = this.#options
    const mail = await prepare(claimed)
    if (mail === 'drop') return outbox.remove(claimed)
    if (mail === 'postpone') return outbox.postpone(claimed)
    try {
      await send(messageOf(mail), this.closing)
    } catch (error) {
      if (this.closing.aborted) return
      const reason = reasonOf(error)
      onFailure(mail, reason, await outbox.fail(mail, reason))
      return
    }
    await outbox.remove(mail)
  }
}
