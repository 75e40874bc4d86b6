/** The watchers of one poll. A change is read once for all of them. */
import { setImmediate } from 'node:timers/promises'
import type { Question } from '../models/polls/question-row.ts'
import { fromDatabase } from '../values/time.ts'
import type { EventStream } from './event-stream.ts'

/** Changes within this time become one read: at most four a second. */
const REFRESH_DELAY_MS = 250
/**
 * Events sent in one turn of the event loop; other work runs between turns. Beside 2,000 watchers
 * the p99 of other requests was 40 ms with 50, and 102 ms with 250.
 */
const EVENTS_PER_TURN = 50
/** Node fires a timer of more than 24 days at once. A shorter one reads the poll once too often. */
const MAX_TIMER_MS = 86_400_000

/** The poll as one watcher sees it. */
export interface PollView {
  /**
   * Returns the event with the present state; the same string as before if nothing has changed for
   * this watcher.
   */
  eventOf(question: Question): string
  /**
   * Checks again who the watcher is and whether they have voted; false if they may no longer open
   * the poll.
   */
  recheck(): Promise<boolean>
}

export interface Watcher {
  view: PollView
  stream: Pick<EventStream, 'send' | 'end'>
}

/** Where a channel reads its poll. */
export interface Source {
  /** Reads the question from the primary database. */
  read(slug: string): Promise<Question | undefined>
  /** Called when `read` failed. The next refresh tries again. */
  onError(error: unknown): void
}

export class PollChannel {
  readonly #slug: string
  readonly #source: Source
  /** The event that each watcher was sent last. */
  readonly #lastEvents = new Map<Watcher, string>()
  #isOpen: boolean
  #tallyVersion: number
  /** Set while a read is due or under way. */
  #refreshTimer: NodeJS.Timeout | undefined
  #closingTimer: NodeJS.Timeout | undefined
  /** The poll changed after the read under way began. */
  #isStale = false

  constructor(question: Question, source: Source) {
    this.#slug = question.slug
    this.#source = source
    this.#isOpen = question.open
    this.#tallyVersion = question.tally_version
  }

  get isEmpty(): boolean {
    return this.#lastEvents.size === 0
  }

  /** Adds a watcher and sends it the question, which was just read. */
  join(watcher: Watcher, question: Question) {
    this.#send(watcher, question)
    this.refresh() // the poll may have changed since it was read
  }

  /** Removes a watcher; the last one stops the timers. */
  leave(watcher: Watcher) {
    this.#lastEvents.delete(watcher)
    if (!this.isEmpty) return
    clearTimeout(this.#refreshTimer)
    clearTimeout(this.#closingTimer)
  }

  /** Reads the poll soon and sends what has changed. */
  refresh() {
    this.#isStale = true
    if (this.#refreshTimer) return
    this.#refreshTimer = setTimeout(() => void this.#update(), REFRESH_DELAY_MS)
  }

  /** Checks the rights of all watchers again and ends the streams of those who lost them. */
  async recheck(watchers: Iterable<Watcher> = this.#lastEvents.keys()) {
    const check = async ({ view, stream }: Watcher) => {
      if (!(await view.recheck())) stream.end()
    }
    // A check that fails leaves the watcher as it was.
    await Promise.allSettled([...watchers].map(check))
  }

  async #update() {
    this.#isStale = false
    try {
      if (await this.#publish()) this.#isStale = true
    } catch (error) {
      this.#source.onError(error)
    }
    this.#refreshTimer = undefined
    if (this.#isStale && !this.isEmpty) this.refresh()
  }

  /** Returns whether what was sent is outdated already. */
  async #publish(): Promise<boolean> {
    // A watcher that joins during the read may have a newer event; it has asked for another
    // refresh.
    const watchers = [...this.#lastEvents.keys()]
    const question = await this.#source.read(this.#slug)
    if (!question || question.delete_flag) {
      for (const { stream } of watchers) stream.end()
      return false
    }
    // Drop snapshots older than the last one sent (a lagging server after a failover may produce
    // them).
    if (question.tally_version < this.#tallyVersion) return false
    this.#tallyVersion = question.tally_version
    const isOpen = question.open
    if (isOpen !== this.#isOpen) await this.recheck(watchers)
    this.#isOpen = isOpen
    for (const [n, watcher] of watchers.entries()) {
      if (n % EVENTS_PER_TURN === EVENTS_PER_TURN - 1) await setImmediate()
      if (this.#lastEvents.has(watcher)) this.#send(watcher, question)
    }
    this.#expectClosing(question)
    return question.isOutdated === true
  }

  #send(watcher: Watcher, question: Question) {
    const event = watcher.view.eventOf(question)
    if (this.#lastEvents.get(watcher) === event) return
    this.#lastEvents.set(watcher, event)
    watcher.stream.send(event)
  }

  /** Refreshes at the closing time, by the database's clock. */
  #expectClosing({ open, close_time, read_time }: Question) {
    clearTimeout(this.#closingTimer)
    this.#closingTimer = undefined
    if (!open || close_time === null || this.isEmpty) return
    const leftMs = fromDatabase(close_time) - fromDatabase(read_time)
    this.#closingTimer = setTimeout(() => this.refresh(), Math.min(leftMs, MAX_TIMER_MS))
  }
}
