/** Detects a MySQL server that accepts connections but does not answer. */
import { setImmediate, setTimeout as delay } from 'node:timers/promises'
import mysql, { type PoolOptions, type QueryError } from 'mysql2/promise'
import { ConnectionLost } from '../errors.ts'

/** A statement that takes longer starts a probe. Typical statements take a hundredth of it. */
const SUSPECT_AFTER_MS = 250
/** How long the server may take to greet a probe. */
const PROBE_TIMEOUT_MS = 500
/** Time between two probes while the server does not answer. */
const PROBE_INTERVAL_MS = 200

/** Fails work on a server as soon as the server is known not to answer. */
export interface Liveness {
  /**
   * Returns the result of `work`. Throws ConnectionLost at once if the server is found not to
   * answer. `isSign`: the result proves that the server answers.
   */
  race<T>(work: () => Promise<T>, isSign?: boolean): Promise<T>
}

const notAnswering = () => new ConnectionLost('the server does not answer')

/**
 * Connects once. An error that the server sends (numbers over 1000) also proves that it answers.
 */
async function answersProbe(options: PoolOptions): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ ...options, connectTimeout: PROBE_TIMEOUT_MS })
    connection.destroy()
    return true
  } catch (error) {
    return ((error as QueryError).errno ?? 0) > 1000
  }
}

interface Pending {
  since: number
  /** Rejects the work. Undefined after the work has ended. */
  fail: ((error: Error) => void) | undefined
}

/**
 * Watches one server. A frozen server accepts connections and statements and answers none, so that
 * each would use up its time limit. As soon as one statement is slow, this class probes the server
 * on a connection of its own; if the probe fails, it rejects all pending work at once, and new work
 * until a probe succeeds.
 */
export class LivenessMonitor implements Liveness {
  readonly #options: PoolOptions
  readonly #stop = new AbortController()
  /** Oldest first. An array, because V8 does not free the grown tables of a long-lived Map. */
  #pending: Pending[] = []
  #timer: NodeJS.Timeout | undefined
  #isProbing = false
  #isDown = false
  #lastSign = 0

  constructor(options: PoolOptions) {
    this.#options = options
  }

  async race<T>(work: () => Promise<T>, isSign = true): Promise<T> {
    if (this.#isDown) throw notAnswering()
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const pending: Pending = { since: performance.now(), fail: reject }
    this.#pending.push(pending)
    this.#schedule(SUSPECT_AFTER_MS)
    try {
      work().then(resolve, reject)
      const result = await promise
      if (isSign) this.#lastSign = performance.now()
      return result
    } finally {
      pending.fail = undefined
    }
  }

  /** Stops probing. */
  close() {
    this.#stop.abort()
  }

  /** Sets one timer for all pending work: a timer for each statement would cost more. */
  #schedule(delayMs: number) {
    if (this.#timer) return
    this.#timer = setTimeout(() => this.#checkOldest(), delayMs).unref()
  }

  #checkOldest() {
    this.#timer = undefined
    this.#pending = this.#pending.filter(({ fail }) => fail)
    const [oldest] = this.#pending
    if (!oldest) return
    const leftMs = oldest.since + SUSPECT_AFTER_MS - performance.now()
    const isSuspect = leftMs < 1
    if (isSuspect) void this.#probe()
    this.#schedule(isSuspect ? SUSPECT_AFTER_MS : leftMs)
  }

  async #probe() {
    if (this.#isProbing) return
    this.#isProbing = true
    while (!this.#stop.signal.aborted) {
      const started = performance.now()
      const isSilent = !(await answersProbe(this.#options))
      await setImmediate() // an answer already in the socket buffer wins if this process was blocked
      this.#isDown = isSilent && this.#lastSign < started
      if (!this.#isDown) break
      for (const { fail } of this.#pending) fail?.(notAnswering())
      await delay(PROBE_INTERVAL_MS, undefined, { ref: false })
    }
    this.#isProbing = false
  }
}
