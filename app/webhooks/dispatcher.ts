/** Finds changes of polls and sends them: one loop a process. */
import type { Catalogue } from '../i18n/locales/en.ts'
import type { Changes } from '../models/webhooks/changes.ts'
import type { Deliveries, Delivery } from '../models/webhooks/deliveries.ts'
import { OutboxSender } from '../outbox/outbox-sender.ts'
import type { AddressGuard } from './guard.ts'
import { messageOf } from './message.ts'
import { send } from './sender.ts'

/**
 * Messages that are being sent at the same time: one a webhook and few of an owner, so that a slow receiver holds up only
 * itself, and an owner of slow ones only their own.
 */
const MAX_IN_FLIGHT = 20
/** The receiver wants no more messages. */
const GONE = 410

interface DispatcherOptions {
  changes: Pick<Changes, 'sweep'>
  deliveries: Pick<Deliveries, 'claim' | 'succeed' | 'fail'>
  guard: AddressGuard
  /** Returns the language of messages to owners who have chosen none. */
  defaultLanguage: () => Catalogue
  /** Called with what went wrong in the database; the next round tries again. */
  onError: (error: unknown) => void
  /** Called when a webhook was disabled, after a failed request with its error. */
  onDisabled: (webhook: number, error?: Error) => void
}

export class Dispatcher extends OutboxSender {
  readonly #options: DispatcherOptions
  /** The webhooks whose messages are being sent, and their owners. */
  readonly #owners = new Map<number, number>()

  constructor(options: DispatcherOptions) {
    super(options.onError)
    this.#options = options
  }

  protected async claimDue() {
    const { changes, deliveries, onError } = this.#options
    // Changes that cannot be read or stored now keep no delivery waiting.
    await changes.sweep().catch(onError)
    const free = MAX_IN_FLIGHT - this.inFlight
    if (free <= 0) return
    for (const delivery of await deliveries.claim(free, this.#owners)) {
      const { webhook_id: webhook, user_id: owner } = delivery
      this.#owners.set(webhook, owner)
      const sending = this.#deliver(delivery).finally(() => this.#owners.delete(webhook))
      this.track(webhook, sending)
    }
  }

  async #deliver(delivery: Delivery) {
    const { deliveries, guard, defaultLanguage, onDisabled } = this.#options
    const message = messageOf(delivery, defaultLanguage())
    const result = await send(delivery.url, message, guard, this.closing).catch((error: Error) => error)
    if (typeof result === 'number' && result >= 200 && result < 300) return deliveries.succeed(delivery)
    if (typeof result !== 'number' && this.closing.aborted) return
    const reason = typeof result === 'number' ? `HTTP ${result}` : result.message
    if (await deliveries.fail(delivery, reason, result === GONE))
      onDisabled(delivery.webhook_id, typeof result === 'number' ? undefined : result)
  }
}
