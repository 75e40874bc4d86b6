/** Waits for operations that are about to arrive, before a batch begins. */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'

/**
 * Before a batch starts, wait up to 3 turns of the event loop while operations keep arriving, and at most 20 ms for a
 * pending look-up of a session.
 */
const MAX_LISTEN_ROUNDS = 3
const maxListenMs = 20

export class Arrivals {
  #next: Promise<unknown> = Promise.resolve()

  /**
   * Announces a look-up after which an operation may arrive: a batch that is about to begin waits for it, for at most
   * 20 ms. Look-ups are announced in the order in which they settle.
   */
  expect(arrival: Promise<unknown>) {
    this.#next = arrival
  }

  /**
   * A large batch costs little more than a small one, so it includes every operation that has reached this process,
   * also those whose session is still being looked up. Otherwise two batches alternate, each waiting for the other.
   */
  async listen(queue: { readonly size: number; readonly isFull: boolean }) {
    const timeout = delay(maxListenMs, undefined, { ref: false })
    for (let round = 0, lastSize = 0; round < MAX_LISTEN_ROUNDS; round++) {
      if (queue.size <= lastSize || queue.isFull) return
      lastSize = queue.size
      await turn()
      await Promise.race([this.#next, timeout])
      await turn()
    }
  }
}
