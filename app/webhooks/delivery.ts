/** Delivers a message of the outbox to its webhook. */
import type { Catalogue } from '../i18n/locales/en.ts'
import type { Deliveries, Delivery } from '../models/webhooks/deliveries.ts'
import type { AddressGuard } from './guard.ts'
import { messageOf } from './message.ts'
import { send } from './sender.ts'

/**
 * Messages that are being sent at the same time: one a webhook and few of an owner, so that a slow
 * receiver holds up only itself, and an owner of slow ones only their own.
 */
export const MAX_IN_FLIGHT = 20
/** The receiver wants no more messages. */
const GONE = 410

interface DeliveryOptions {
  deliveries: Pick<Deliveries, 'succeed' | 'release' | 'fail'>
  guard: AddressGuard
  /** Returns the language of messages to owners who have chosen none. */
  defaultLanguage: () => Catalogue
  /** Called when a webhook was disabled, after a failed request with its error. */
  onDisabled: (webhook: number, error?: Error) => void
}

/**
 * Sends a leased delivery, and stores how that ended. `closing` gives it back. Throws
 * DatabaseError.
 */
export async function deliver(delivery: Delivery, options: DeliveryOptions, closing: AbortSignal) {
  const { deliveries, guard, defaultLanguage, onDisabled } = options
  if (closing.aborted) return deliveries.release(delivery)
  const message = messageOf(delivery, defaultLanguage())
  const result = await send(delivery.url, message, guard, closing).catch((error: Error) => error)
  if (typeof result === 'number' && result >= 200 && result < 300) return deliveries.succeed(delivery)
  if (typeof result !== 'number' && closing.aborted) return deliveries.release(delivery)
  const reason = typeof result === 'number' ? `HTTP ${result}` : result.message
  if (await deliveries.fail(delivery, reason, result === GONE))
    onDisabled(delivery.webhook_id, typeof result === 'number' ? undefined : result)
}
