/**
 * Changes of questions, rooms and settings: to this process at once, to the others by Redis
 * pub/sub.
 */
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { RedisClient } from './redis.ts'

/**
 * Time between two messages about votes. Each message wakes every process, and a watcher gets at
 * most four results a second.
 */
const PUBLISH_INTERVAL_MS = 50

interface Clients {
  publisher: RedisClient
  /** Disconnected by close(). */
  subscriber: RedisClient
}

/** The events of this process, with their arguments. */
interface Events {
  /** The tally of a question changed, and nothing else of it. */
  tally: [questionId: number]
  /** A question was edited; its tally may have changed too. */
  edit: [questionId: number]
  room: [roomId: number]
  /** Another process has changed settings of the instance. */
  settings: []
  /** Messages may have been missed: anything may have changed. */
  missed: []
}

/** Receives the messages of other processes. */
class Subscription {
  readonly #redis: RedisClient
  #isSubscribed = false

  /** Needs a client of its own: a connection that subscribes can do nothing else. */
  constructor(
    redis: RedisClient,
    channel: string,
    onMessage: (message: string) => void,
    onReady: () => void
  ) {
    this.#redis = redis
    this.#redis.on('error', () => {}) // the first connection logs it
    this.#redis.on('close', () => {
      this.#isSubscribed = false
    })
    this.#redis.on('ready', () => void this.#subscribe(channel, onReady))
    this.#redis.on('message', (_channel, message: string) => onMessage(message))
  }

  /** Asks by PING, which detects a connection that broke silently. */
  async isConnected(): Promise<boolean> {
    try {
      await this.#redis.ping()
      return this.#isSubscribed
    } catch {
      return false
    }
  }

  close() {
    this.#redis.disconnect()
  }

  async #subscribe(channel: string, onReady: () => void) {
    try {
      await this.#redis.subscribe(channel)
    } catch {
      return // the connection broke; the next 'ready' subscribes
    }
    this.#isSubscribed = true
    onReady()
  }
}

/** Emits what changed in any process. Without Redis there is no other process. */
export class ChangeEvents extends EventEmitter<Events> {
  readonly #publisher: RedisClient | null
  readonly #subscription: Subscription | null
  readonly #channel: string
  /** Marks our own messages, which Redis sends back. */
  readonly #processId = randomUUID()
  /** Questions with new votes that the other processes do not know of. */
  #counted = new Set<number>()
  #timer: NodeJS.Timeout | undefined

  /** The processes of one database use the same channel. */
  constructor(clients: Clients | null, channel: string) {
    super()
    this.#publisher = clients?.publisher ?? null
    this.#channel = channel
    const onMessage = (message: string) => this.#receive(message)
    const onReady = () => void this.emit('missed')
    this.#subscription = clients && new Subscription(clients.subscriber, channel, onMessage, onReady)
  }

  /** Publishes changed tallies. The listeners of this process have run when the call returns. */
  publishTallies(questionIds: Iterable<number>) {
    for (const id of questionIds) {
      this.emit('tally', id)
      if (this.#publisher) this.#counted.add(id)
    }
    if (!this.#timer) this.#flush()
  }

  /** Publishes edited questions. The listeners of this process have run when the call returns. */
  publishEdits(questionIds: Iterable<number>) {
    const ids = [...questionIds]
    for (const id of ids) this.emit('edit', id)
    this.#send('edited', ...ids)
  }

  /** Publishes a change of a room. The listeners of this process have run when the call returns. */
  publishRoom(id: number) {
    this.emit('room', id)
    this.#send('room', id)
  }

  /** Tells the other processes that settings of the instance have changed. */
  publishSettings() {
    this.#send('settings')
  }

  /** Tells whether changes in other processes arrive now. */
  async isConnected(): Promise<boolean> {
    return this.#subscription ? this.#subscription.isConnected() : true
  }

  /** Publishes what is left and disconnects. */
  close() {
    clearTimeout(this.#timer)
    this.#flush()
    clearTimeout(this.#timer)
    this.#subscription?.close()
  }

  /**
   * Emits the event of a message: the sender's id, then `settings`, or `room` and the id of a room,
   * or `edited` and the ids of questions, or the ids of questions with a new tally alone.
   */
  #receive(message: string) {
    const [sender, ...words] = message.split(' ')
    if (sender === this.#processId) return
    const [kind, ...ids] = words
    if (kind === 'settings') this.emit('settings')
    else if (kind === 'room') this.emit('room', Number(ids[0]))
    else if (kind === 'edited') for (const id of ids) this.emit('edit', Number(id))
    else for (const id of words) this.emit('tally', Number(id))
  }

  #send(...words: Array<number | string>) {
    // A lost message delays the other processes by the lifetime of their caches.
    this.#publisher?.publish(this.#channel, [this.#processId, ...words].join(' ')).catch(() => {})
  }

  #flush() {
    this.#timer = undefined
    if (this.#counted.size === 0) return
    this.#send(...this.#counted)
    this.#counted = new Set() // not clear(): V8 does not free the grown tables of a long-lived set
    this.#timer = setTimeout(() => this.#flush(), PUBLISH_INTERVAL_MS).unref()
  }
}
