/**
 * Sends what waits in an outbox: looks by a timer and at once when it is woken, never twice at the
 * same time, and sends several messages beside each other.
 */
import { setImmediate as turn } from 'node:timers/promises'

/** Time between two sweeps, which also look for what other processes left. */
const INTERVAL_MS = 5_000

interface OutboxSenderOptions<Job> {
  /** Messages that are being sent at the same time. */
  maxInFlight: number
  /**
   * Stores in the outbox what has become due: by the timer and when woken. Returns whether more is
   * due: then it is called again after the next lease. False unless something was stored: a row
   * that fails each time would keep it running.
   */
  sweep: () => Promise<boolean>
  /** Leases up to `max` messages that are due. `inFlight`: those that this process is sending. */
  lease: (max: number, inFlight: readonly Job[]) => Promise<Job[]>
  /**
   * Sends a message, and stores how that ended. `closing` ends it early: it gives the lease back.
   */
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
  #isSweepDue = false

  constructor(options: OutboxSenderOptions<Job>) {
    this.#options = options
  }

  /** Sweeps and sends after the interval. Each sweep starts the interval again. */
  start(): void {
    clearTimeout(this.#timer)
    if (!this.#closing.signal.aborted) this.#timer = setTimeout(() => this.wake(), INTERVAL_MS).unref()
  }

  /** Sweeps and sends now, or again after the round that is running, without waiting for it. */
  wake(): void {
    this.#isSweepDue = true
    this.#request()
  }

  /** Ends what is being sent, and leases no more: another process sends it. */
  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    await this.#round
    await Promise.all(this.#inFlight.values())
  }

  #request() {
    if (this.#closing.signal.aborted) return
    this.#isRequested = true
    this.#round ??= this.#run()
  }

  async #run() {
    while (this.#isRequested) {
      this.#isRequested = false
      const hasMore = this.#isSweepDue && (await this.#sweep())
      await this.#sendDue().catch(this.#options.onError)
      if (!hasMore) continue
      await turn() // the embedded engine blocks the event loop
      this.wake()
    }
    this.#round = undefined
  }

  /** What is in the outbox is sent also after an error. Returns whether more is due. */
  async #sweep(): Promise<boolean> {
    const { sweep, onError } = this.#options
    this.#isSweepDue = false
    clearTimeout(this.#timer)
    const hasMore = await sweep().catch((error: unknown) => {
      onError(error)
      return false
    })
    this.start()
    return hasMore
  }

  async #sendDue() {
    const { maxInFlight, lease } = this.#options
    const free = maxInFlight - this.#inFlight.size
    if (free <= 0 || this.#closing.signal.aborted) return
    for (const job of await lease(free, [...this.#inFlight.keys()])) this.#send(job)
  }

  /**
   * Sends a message. When that has ended, the next is leased: a sweep for each would cost more than
   * the message.
   */
  #send(job: Job) {
    const { deliver, onError } = this.#options
    const ended = deliver(job, this.#closing.signal)
      .catch(onError)
      .finally(() => {
        this.#inFlight.delete(job)
        this.#request()
      })
    this.#inFlight.set(job, ended)
  }
}
