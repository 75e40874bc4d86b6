/** Runs a piece of work by a timer, and at once when it is woken, never twice at the same time. */

/** Time between two looks for what other processes left. */
const INTERVAL_MS = 5_000

export class Rounds {
  readonly #work: () => Promise<void>
  readonly #onError: (error: unknown) => void
  readonly #closing = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #isRequested = false

  /** `onError` is called with what `work` throws; the next round tries again. */
  constructor(work: () => Promise<void>, onError: (error: unknown) => void) {
    this.#work = work
    this.#onError = onError
  }

  /** Aborted by `close`. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /** Runs the first round after the interval. */
  start(): void {
    this.#timer ??= setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }

  /** Runs a round now, or again after the one that is running. */
  wake(): void {
    if (this.closing.aborted) return
    this.#isRequested = true
    this.#round ??= this.#run()
  }

  /** Waits for the round that is running. No other one follows. */
  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    await this.#round
  }

  async #run() {
    clearTimeout(this.#timer)
    while (this.#isRequested) {
      this.#isRequested = false
      await this.#work().catch(this.#onError)
    }
    this.#round = undefined
    if (!this.closing.aborted) this.#timer = setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }
}
