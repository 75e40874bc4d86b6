/** The open event streams of this process, and their limits. */
import type { ServerResponse } from 'node:http'
import { LiveFull } from '../errors.ts'
import { EventStream } from './event-stream.ts'
import { NetworkCounts } from './network-counts.ts'

/** The browser's delay before it reconnects: random, so that clients do not reconnect at once. */
const retryField = () => `retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n`
/**
 * An event, not a comment: a page cannot see comments. `intervalMs`: the time until the next one.
 */
const heartbeatEvent = (intervalMs: number) => `event: heartbeat\ndata: ${intervalMs}\n\n`

interface Settings {
  /** Milliseconds between two heartbeats. */
  heartbeat: number
  /** Streams of this process. */
  streams: number
  streamsPerAddress: number
}

export class OpenStreams {
  readonly #streams = new Set<EventStream>()
  readonly #networks = new NetworkCounts()
  readonly #settings: Settings
  #isDraining = false

  constructor(settings: Settings) {
    this.#settings = settings
  }

  get size(): number {
    return this.#streams.size
  }

  /** Throws LiveFull if this address or the process has as many streams as it may. */
  check(address: string) {
    const { streams, streamsPerAddress } = this.#settings
    if (this.#isDraining || this.size >= streams || this.#networks.get(address) >= streamsPerAddress)
      throw new LiveFull()
  }

  /**
   * Makes a response, whose head is sent, a stream. `join` connects it to what it shows and returns
   * what disconnects it, which is called when the client leaves.
   */
  add(raw: ServerResponse, address: string, join: (stream: EventStream) => () => void) {
    const stream = new EventStream(raw)
    this.#streams.add(stream)
    const removeFromNetwork = this.#networks.add(address)
    stream.send(retryField() + heartbeatEvent(this.#settings.heartbeat))
    const leave = join(stream)
    raw.on('error', () => {}) // 'close' follows
    raw.once('close', () => {
      leave()
      this.#streams.delete(stream)
      removeFromNetwork()
    })
  }

  /** Sends each client a sign that the connection lives. */
  heartbeat() {
    const event = heartbeatEvent(this.#settings.heartbeat)
    for (const stream of this.#streams) stream.heartbeat(event)
  }

  /** Ends all streams and opens no more. */
  drain() {
    this.#isDraining = true
    for (const stream of this.#streams) stream.end()
  }
}
