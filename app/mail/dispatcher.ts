/** Sends the mail of the outbox: one loop a process. */
import type { Mail, Outbox } from '../models/mail/outbox.ts'
import { Rounds } from '../outbox/rounds.ts'
import type { Message } from './message.ts'
import type { SendMail } from './transport.ts'

/** Mails that are being sent at the same time, each over a connection of its own. */
const MAX_IN_FLIGHT = 5

export interface MailDispatcherOptions {
  outbox: Pick<Outbox, 'claim' | 'remove' | 'fail'>
  /** Queues what is due by the clock. */
  sweep: () => Promise<void>
  /** Completes a mail before it is sent. Null: there is nothing to send, and the mail is deleted. */
  prepare: (mail: Mail) => Promise<Mail | null>
  messageOf: (mail: Mail) => Message
  send: SendMail
  /** Says an error of `send` without an address. */
  reasonOf: (error: unknown) => string
  /** Called with what went wrong in the database; the next round tries again. */
  onError: (error: unknown) => void
  /** Called when an attempt failed; `isGivenUp` after the last one. */
  onFailure: (mail: Mail, reason: string, isGivenUp: boolean) => void
}

export class MailDispatcher {
  readonly #options: MailDispatcherOptions
  readonly #inFlight = new Set<Promise<void>>()
  readonly #rounds: Rounds

  constructor(options: MailDispatcherOptions) {
    this.#options = options
    this.#rounds = new Rounds(async () => {
      await options.sweep().catch(options.onError) // other mail is still sent
      await this.#claim()
    }, options.onError)
  }

  /** Runs the first round after the interval. */
  start(): void {
    this.#rounds.start()
  }

  /** Sends what was just queued, without waiting for it. */
  wake(): void {
    this.#rounds.wake()
  }

  /** Ends what is being sent: another process sends it when the claim has ended. */
  async close(): Promise<void> {
    await this.#rounds.close()
    await Promise.all(this.#inFlight)
  }

  async #claim() {
    const free = MAX_IN_FLIGHT - this.#inFlight.size
    if (free <= 0) return
    for (const mail of await this.#options.outbox.claim(free)) {
      const sending: Promise<void> = this.#deliver(mail)
        .catch(this.#options.onError)
        .finally(() => {
          this.#inFlight.delete(sending)
          this.wake() // the next
        })
      this.#inFlight.add(sending)
    }
  }

  async #deliver(claimed: Mail) {
    const { outbox, prepare, messageOf, send, reasonOf, onFailure } = this.#options
    const mail = await prepare(claimed)
    if (!mail) return
    try {
      await send(messageOf(mail), this.#rounds.closing)
    } catch (error) {
      if (this.#rounds.closing.aborted) return
      const reason = reasonOf(error)
      onFailure(mail, reason, await outbox.fail(mail, reason))
      return
    }
    await outbox.remove(mail)
  }
}
