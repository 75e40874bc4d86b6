/** Delivers a mail of the outbox to the mail server. */
import type { CompleteMail, Mail, Prepared } from '../models/mail/mail.ts'
import type { MailOutbox } from '../models/mail/outbox.ts'
import type { Message } from './message.ts'
import type { SendMail } from './transport.ts'

/** Mails that are being sent at the same time, each over a connection of its own. */
export const MAX_IN_FLIGHT = 5

/**
 * A mail whose preparation failed is prepared again after this time: a lasting fault is no busy
 * loop.
 */
const FAULT_DELAY_SECONDS = 5

/** Why a mail was given up that has waited too long. */
const EXPIRED = 'expired'

interface DeliveryOptions {
  outbox: Pick<MailOutbox, 'remove' | 'postpone' | 'release' | 'fail'>
  /** Completes a mail before it is sent. */
  prepare: (mail: Mail) => Promise<Prepared>
  messageOf: (mail: CompleteMail) => Message
  send: SendMail
  /** Says an error of `send` without an address. */
  reasonOf: (error: unknown) => string
  /** Called when an attempt failed; `isGivenUp` after the last one. */
  onFailure: (mail: Mail, reason: string, isGivenUp: boolean) => void
}

/**
 * Prepares and sends a leased mail, and stores how that ended. `closing` gives it back. Throws
 * errors of `prepare` and DatabaseError.
 */
export async function deliver(leased: Mail, options: DeliveryOptions, closing: AbortSignal) {
  const { outbox, prepare, messageOf, send, reasonOf, onFailure } = options
  if (closing.aborted) return outbox.release(leased)
  if (leased.isOver) return onFailure(leased, EXPIRED, await outbox.fail(leased, EXPIRED))
  const mail = await prepare(leased).catch(async (error: unknown) => {
    await outbox.release(leased, FAULT_DELAY_SECONDS)
    throw error
  })
  if (mail === 'drop') return outbox.remove(leased)
  if (mail === 'postpone') return outbox.postpone(leased)
  try {
    await send(messageOf(mail), closing)
  } catch (error) {
    if (closing.aborted) return outbox.release(mail)
    const reason = reasonOf(error)
    onFailure(mail, reason, await outbox.fail(mail, reason))
    return
  }
  await outbox.remove(mail)
}
