/**
 * Sends what waits in an outbox: looks by a timer and at once when it is woken, never twice at the same time, and sends
 * several messages beside each other.
 */

/** Time between two looks for what other processes left. */
const INTERVAL_MS = 5_000

export abstract class OutboxSender {
  readonly #onError: (error: unknown) => void
  readonly #closing = new AbortController()
  readonly #inFlight = new Map<number, Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #isRequested = false

  /** `onError` is called with what went wrong in the database; the next round tries again. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Claims what is due, and passes each message to `track`. */
  protected abstract claimDue(): Promise<void>

  /** How many messages are being sent. */
  protected get inFlight(): number {
    return this.#inFlight.size
  }

  /** Aborted by `close`. */
  protected get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** Keeps a message that is being sent. When it has ended, the next round begins. */
  protected track(key: number, sending: Promise<void>) {
    const ended = sending.catch(this.#onError).finally(() => {
      this.#inFlight.delete(key)
      this.wake()
    })
    this.#inFlight.set(key, ended)
  }

  /** Runs the first round after the interval. */
  start(): void {
    this.#timer ??= setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }

  /** Runs a round now, or again after the one that is running, without waiting for it. */
  wake(): void {
    if (this.closing.aborted) return
    this.#isRequested = true
    this.#round ??= this.#run()
  }

  /** Ends what is being sent: another process sends it when the claim has ended. */
  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    await this.#round
    await Promise.all(this.#inFlight.values())
  }

  async #run() {
    clearTimeout(this.#timer)
    while (this.#isRequested) {
      this.#isRequested = false
      await this.claimDue().catch(this.#onError)
    }
    this.#round = undefined
    if (!this.closing.aborted) this.#timer = setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }
}
