/** Lets a batch include every operation that has reached this process. */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'

/**
 * Before a batch starts, wait up to so many turns of the event loop while operations keep arriving.
 */
const MAX_ROUNDS = 3
/** How long a batch waits for a pending look-up of a session. */
const MAX_WAIT_MS = 20

export class Arrivals {
  #pending: Promise<unknown> = Promise.resolve()

  /**
   * Announces a look-up after which an operation may arrive: a batch that is about to begin waits
   * for it, for at most 20 ms. Look-ups are announced in the order in which they settle.
   */
  expect(arrival: Promise<unknown>) {
    this.#pending = arrival
  }

  /**
   * Waits while operations arrive, for at most 20 ms. A large batch costs little more than a small
   * one; two batches would alternate, each waiting for the other.
   */
  async waitFor(queue: { size: number; isFull: boolean }) {
    const timeout = delay(MAX_WAIT_MS, undefined, { ref: false })
    for (let round = 0, lastSize = 0; round < MAX_ROUNDS; round++) {
      if (queue.size <= lastSize || queue.isFull) return
      lastSize = queue.size
      await turn()
      await Promise.race([this.#pending, timeout])
      await turn()
    }
  }
}
