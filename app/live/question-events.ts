/**
 * Publishes changes of questions: to this process at once, to the others by Redis pub/sub. Settings
 * of the instance take the same way.
 */
import { randomUUID } from 'node:crypto'
import type { Cluster, Redis } from 'ioredis'

/**
 * Time between two messages about votes. Each message wakes every process, and a watcher gets at
 * most four results a second.
 */
const publishIntervalMs = 50

type RedisClient = Redis | Cluster

interface Clients {
  publisher: RedisClient
  /** Disconnected by close(). */
  subscriber: RedisClient
}

/**
 * Called with each question that changed; without an id after messages may have been missed.
 * `edited`: more than the tally changed.
 */
type Listener = (questionId?: number, edited?: boolean) => void

/** Called with each room that changed; without an id after messages may have been missed. */
type RoomListener = (roomId?: number) => void

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

/** Publishes and receives changes of questions. Without Redis there is no other process. */
export class QuestionEvents {
  readonly #listeners: Listener[] = []
  readonly #roomListeners: RoomListener[] = []
  readonly #settingsListeners: Array<() => void> = []
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
    this.#publisher = clients?.publisher ?? null
    this.#channel = channel
    this.#subscription =
      clients &&
      new Subscription(
        clients.subscriber,
        channel,
        message => this.#receive(message),
        () => {
          this.#notify()
          this.#notifyOfRoom()
          this.#notifyOfSettings()
        }
      )
  }

  /**
   * Publishes a change of these questions. The listeners of this process have run when the call
   * returns.
   */
  publish(questionIds: Iterable<number>, edited = false) {
    const ids = [...questionIds]
    for (const id of ids) this.#notify(id, edited)
    if (!this.#publisher) return
    if (edited) return this.#send('edited', ...ids)
    for (const id of ids) this.#counted.add(id)
    if (!this.#timer) this.#flush()
  }

  /** Publishes a change of a room, to this process before the call returns. */
  publishRoom(id: number) {
    this.#notifyOfRoom(id)
    this.#send('room', id)
  }

  /** Calls the listener for each change of a room from now on. */
  subscribeToRooms(listener: RoomListener) {
    this.#roomListeners.push(listener)
  }

  /** Tells the other processes that settings of the instance have changed. */
  publishSettings() {
    this.#send('settings')
  }

  /** Calls the listener when another process has changed settings, or when messages may have been missed. */
  onSettings(listener: () => void) {
    this.#settingsListeners.push(listener)
  }

  /** Calls the listener for each change from now on. */
  subscribe(listener: Listener) {
    this.#listeners.push(listener)
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

  #notify(questionId?: number, edited?: boolean) {
    for (const listener of this.#listeners) listener(questionId, edited)
  }

  #notifyOfRoom(id?: number) {
    for (const listener of this.#roomListeners) listener(id)
  }

  #notifyOfSettings() {
    for (const listener of this.#settingsListeners) listener()
  }

  /**
   * A message is the sender's id, and the word `settings`; or the word `room` and the id of a room;
   * or the word `edited` where that is true, and the ids of the questions.
   */
  #receive(message: string) {
    const [sender, ...words] = message.split(' ')
    if (sender === this.#processId) return
    if (words[0] === 'room') return this.#notifyOfRoom(Number(words[1]))
    if (words[0] === 'settings') return this.#notifyOfSettings()
    const edited = words[0] === 'edited'
    for (const id of edited ? words.slice(1) : words) this.#notify(Number(id), edited)
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
    this.#timer = setTimeout(() => this.#flush(), publishIntervalMs).unref()
  }
}
