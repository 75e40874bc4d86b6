/** The event stream of one client. A slow reader gets only the newest event. */
import type { ServerResponse } from 'node:http'

/** A client that reads nothing for this long is disconnected. */
const STALLED_TIMEOUT_MS = 30_000

/** Writes events to a response; keeps at most one event beside what Node has buffered. */
export class EventStream {
  readonly #raw: ServerResponse
  readonly #stalledTimeoutMs: number
  #pendingEvent: string | undefined
  #blockedSince: number | undefined

  constructor(raw: ServerResponse, timeoutMs = STALLED_TIMEOUT_MS) {
    this.#raw = raw
    this.#stalledTimeoutMs = timeoutMs
    raw.on('drain', () => this.#resume())
  }

  /** Writes the event, or keeps it in place of an older one until the client has read. */
  send(event: string) {
    if (this.#raw.destroyed || this.#raw.writableEnded) return
    if (this.#blockedSince !== undefined) this.#pendingEvent = event
    else if (!this.#raw.write(event)) this.#blockedSince = performance.now()
  }

  /**
   * Sends a heartbeat, so that no proxy ends a silent connection and the page sees that it is
   * alive. Disconnects a stalled client.
   */
  heartbeat(event: string) {
    if (this.#blockedSince === undefined) this.send(event)
    else if (performance.now() - this.#blockedSince > this.#stalledTimeoutMs) this.#raw.destroy()
  }

  /** Ends the response. One that waits for a slow reader is cut. */
  end() {
    if (this.#blockedSince === undefined) this.#raw.end()
    else this.#raw.destroy()
  }

  #resume() {
    this.#blockedSince = undefined
    const event = this.#pendingEvent
    this.#pendingEvent = undefined
    if (event !== undefined) this.send(event)
  }
}
