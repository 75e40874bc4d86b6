/** Sends the mail of the outbox: one loop a process. */
import type { CompleteMail, Mail, Prepared } from '../models/mail/mail.ts'
import type { MailOutbox } from '../models/mail/outbox.ts'
import { OutboxSender } from '../outbox/outbox-sender.ts'
import type { Message } from './message.ts'
import type { SendMail } from './transport.ts'

/** Mails that are being sent at the same time, each over a connection of its own. */
const MAX_IN_FLIGHT = 5

interface MailDispatcherOptions {
  outbox: Pick<MailOutbox, 'lease' | 'remove' | 'postpone' | 'fail'>
  /** Queues what is due by the clock. */
  sweep: () => Promise<void>
  /** Completes a mail before it is sent. */
  prepare: (mail: Mail) => Promise<Prepared>
  messageOf: (mail: CompleteMail) => Message
  send: SendMail
  /** Says an error of `send` without an address. */
  reasonOf: (error: unknown) => string
  /** Called with what went wrong in the database; the next round tries again. */
  onError: (error: unknown) => void
  /** Called when an attempt failed; `isGivenUp` after the last one. */
  onFailure: (mail: Mail, reason: string, isGivenUp: boolean) => void
}

/** Returns what sends mail. */
export function createMailDispatcher(options: MailDispatcherOptions): OutboxSender<Mail> {
  const { outbox, sweep, onError } = options
  return new OutboxSender({
    maxInFlight: MAX_IN_FLIGHT,
    sweep,
    lease: max => outbox.lease(max),
    deliver: (mail, closing) => deliver(mail, options, closing),
    onError
  })
}

async function deliver(leased: Mail, options: MailDispatcherOptions, closing: AbortSignal) {
  const { outbox, prepare, messageOf, send, reasonOf, onFailure } = options
  const mail = await prepare(leased)
  if (mail === 'drop') return outbox.remove(leased)
  if (mail === 'postpone') return outbox.postpone(leased)
  try {
    await send(messageOf(mail), closing)
  } catch (error) {
    if (closing.aborted) return
    const reason = reasonOf(error)
    onFailure(mail, reason, await outbox.fail(mail, reason))
    return
  }
  await outbox.remove(mail)
}
