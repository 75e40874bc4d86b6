/**
 * Sends what waits in an outbox: looks by a timer and at once when it is woken, never twice at the same time, and sends
 * several messages beside each other.
 */

/** Time between two looks for what other processes left. */
const INTERVAL_MS = 5_000

interface OutboxSenderOptions<Job> {
  /** Messages that are being sent at the same time. */
  maxInFlight: number
  /** Stores in the outbox what has become due. */
  sweep: () => Promise<unknown>
  /** Leases up to `max` messages that are due. `inFlight`: those that this process is sending. */
  lease: (max: number, inFlight: readonly Job[]) => Promise<Job[]>
  /** Sends a message, and stores how that ended. `closing` ends it early: it gives the lease back. */
  deliver: (job: Job, closing: AbortSignal) => Promise<void>
  /** Called with what went wrong in the database; the next round tries again. */
  onError: (error: unknown) => void
}

export class OutboxSender<Job> {
  readonly #options: OutboxSenderOptions<Job>
  readonly #closing = new AbortController()
  readonly #inFlight = new Map<Job, Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #isRequested = false

  constructor(options: OutboxSenderOptions<Job>) {
    this.#options = options
  }

  /** Runs the first round after the interval. */
  start(): void {
    this.#timer ??= setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }

  /** Runs a round now, or again after the one that is running, without waiting for it. */
  wake(): void {
    if (this.#closing.signal.aborted) return
    this.#isRequested = true
    this.#round ??= this.#run()
  }

  /** Ends what is being sent, and leases no more: another process sends it. */
  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    await this.#round
    await Promise.all(this.#inFlight.values())
  }

  async #sendDue() {
    const { maxInFlight, sweep, lease, onError } = this.#options
    await sweep().catch(onError) // what is in the outbox is sent all the same
    const free = maxInFlight - this.#inFlight.size
    if (free <= 0 || this.#closing.signal.aborted) return
    for (const job of await lease(free, [...this.#inFlight.keys()])) this.#send(job)
  }

  /** Sends a message. When that has ended, the next round begins. */
  #send(job: Job) {
    const { deliver, onError } = this.#options
    const ended = deliver(job, this.#closing.signal)
      .catch(onError)
      .finally(() => {
        this.#inFlight.delete(job)
        this.wake()
      })
    this.#inFlight.set(job, ended)
  }

  async #run() {
    clearTimeout(this.#timer)
    while (this.#isRequested) {
      this.#isRequested = false
      await this.#sendDue().catch(this.#options.onError)
    }
    this.#round = undefined
    if (!this.#closing.signal.aborted) this.#timer = setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }
}
