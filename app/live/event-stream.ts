/** The event stream of one client. A slow reader gets only the newest frame. */
import type { ServerResponse } from 'node:http'

/** A client that reads nothing for this long is disconnected. */
const stalledTimeoutMs = 30_000

/** Writes frames to a response; keeps at most one frame beside what Node has buffered. */
export class EventStream {
  readonly #raw: ServerResponse
  readonly #stalledTimeoutMs: number
  #pendingFrame: string | undefined
  #blockedSince: number | undefined

  constructor(raw: ServerResponse, timeoutMs = stalledTimeoutMs) {
    this.#raw = raw
    this.#stalledTimeoutMs = timeoutMs
    raw.on('drain', () => this.#resume())
  }

  /** Writes the frame, or keeps it in place of an older one until the client has read. */
  send(frame: string) {
    if (this.#raw.destroyed || this.#raw.writableEnded) return
    if (this.#blockedSince !== undefined) this.#pendingFrame = frame
    else if (!this.#raw.write(frame)) this.#blockedSince = performance.now()
  }

  /**
   * Sends a heartbeat, so that no proxy ends a silent connection and the page sees that it is alive. Disconnects a
   * stalled client.
   */
  heartbeat(frame: string) {
    if (this.#blockedSince === undefined) this.send(frame)
    else if (performance.now() - this.#blockedSince > this.#stalledTimeoutMs) this.#raw.destroy()
  }

  /** Ends the response. One that waits for a slow reader is cut. */
  end() {
    if (this.#blockedSince === undefined) this.#raw.end()
    else this.#raw.destroy()
  }

  #resume() {
    this.#blockedSince = undefined
    const frame = this.#pendingFrame
    this.#pendingFrame = undefined
    if (frame !== undefined) this.send(frame)
  }
}
