/** Finds changes of polls and sends them: one loop a process. */
import type { Catalogue } from '../i18n/locales/en.ts'
import type { Changes } from '../models/webhooks/changes.ts'
import type { Deliveries, Delivery } from '../models/webhooks/deliveries.ts'
import { Rounds } from '../outbox/rounds.ts'
import type { AddressGuard } from './guard.ts'
import { messageOf } from './message.ts'
import { send } from './sender.ts'

/** Messages that are being sent at the same time, one a webhook: a slow receiver holds up only itself. */
const MAX_IN_FLIGHT = 20
/** The receiver wants no more messages. */
const GONE = 410

export interface DispatcherOptions {
  changes: Pick<Changes, 'sweep'>
  deliveries: Pick<Deliveries, 'claim' | 'succeed' | 'fail'>
  guard: AddressGuard
  /** Returns the language of messages to owners who have chosen none. */
  defaultLanguage: () => Catalogue
  /** Called with what went wrong in the database; the next round tries again. */
  onError: (error: unknown) => void
  /** Called when a webhook was disabled. */
  onDisabled: (webhook: number) => void
}

export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #inFlight = new Map<number, Promise<void>>()
  readonly #rounds: Rounds

  constructor(options: DispatcherOptions) {
    this.#options = options
    this.#rounds = new Rounds(async () => {
      await options.changes.sweep()
      await this.#claim()
    }, options.onError)
  }

  /** Runs the first round after the interval. */
  start(): void {
    this.#rounds.start()
  }

  /** Runs a round now, or again after the one that is running. */
  wake(): void {
    this.#rounds.wake()
  }

  /** Ends what is being sent: another process sends it when the claim has ended. */
  async close(): Promise<void> {
    await this.#rounds.close()
    await Promise.all(this.#inFlight.values())
  }

  async #claim() {
    const busy = new Set(this.#inFlight.keys())
    const free = MAX_IN_FLIGHT - busy.size
    if (free <= 0) return
    for (const delivery of await this.#options.deliveries.claim(free, busy)) {
      const sending = this.#deliver(delivery)
        .catch(this.#options.onError)
        .finally(() => {
          this.#inFlight.delete(delivery.webhook_id)
          this.wake() // the next of this webhook
        })
      this.#inFlight.set(delivery.webhook_id, sending)
    }
  }

  async #deliver(delivery: Delivery) {
    const { deliveries, guard, defaultLanguage, onDisabled } = this.#options
    const message = messageOf(delivery, defaultLanguage())
    const result = await send(delivery.url, message, guard, this.#rounds.closing).catch(
      (error: Error) => error
    )
    if (typeof result === 'number' && result >= 200 && result < 300) return deliveries.succeed(delivery)
    if (typeof result !== 'number' && this.#rounds.closing.aborted) return
    const reason = typeof result === 'number' ? `HTTP ${result}` : result.message
    if (await deliveries.fail(delivery, reason, result === GONE)) onDisabled(delivery.webhook_id)
  }
}
