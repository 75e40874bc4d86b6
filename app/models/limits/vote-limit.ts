/**
 * The limit on votes of a network in a question: counted by each process, and reported to the
 * counter that all share.
 */
import { createLRU } from 'lru.min'
import { TooManyVotes } from '../../errors.ts'
import { networkOf } from '../../values/network.ts'
import type { Limit } from './counters.ts'

/** The votes of one network in one question, as this process counts them. */
interface VoteWindow {
  cast: number
  /** How many of `cast` are already added to the counter that the replicas share. */
  reported: number
  /** The report in progress. Votes that arrive during it wait for its end. */
  reporting: Promise<void> | null
  /** Set when all replicas together have reached the limit. Milliseconds since 1970. */
  blockedUntil: number
  endsAt: number
}

/** Bounds the memory of a process: any number of networks may vote. */
const MAX_WINDOWS = 20_000

/**
 * A process sends at most this many reports to reach the limit: with the default limit, one Redis
 * request for 40 votes. A request for each vote would cost as much as the vote itself.
 */
const REPORTS = 50

export class VoteLimit {
  readonly #limit: Limit
  readonly #take: (key: string, share: number) => Promise<number>
  readonly #windows = createLRU<string, VoteWindow>({ max: MAX_WINDOWS })
  /** Number of votes between two reports to the shared counter. */
  readonly #votesPerReport: number

  /**
   * `take` adds a share to the shared counter of a key and returns 0. Above the limit it adds
   * nothing and returns the milliseconds until the window ends.
   */
  constructor(limit: Limit, take: (key: string, share: number) => Promise<number>) {
    this.#limit = limit
    this.#take = take
    this.#votesPerReport = Math.max(1, Math.floor(limit.most / REPORTS))
  }

  /**
   * Counts a vote in this question from this address. Exact in one process. Each further replica
   * may exceed the limit by a fiftieth, its votes that are not reported yet. Throws TooManyVotes.
   */
  async add(questionId: number, address: string) {
    const key = `${questionId} ${networkOf(address)}`
    const window = this.#window(key, Date.now())
    while (window.cast - window.reported >= this.#votesPerReport) {
      await (window.reporting ??= this.#report(key, window))
    }
    const now = Date.now()
    if (now < window.blockedUntil) throw new TooManyVotes(window.blockedUntil - now)
    if (window.cast >= this.#limit.most) throw new TooManyVotes(window.endsAt - now)
    window.cast++
  }

  #window(key: string, now: number): VoteWindow {
    const current = this.#windows.get(key)
    if (current && now < current.endsAt) return current
    const endsAt = now + this.#limit.seconds * 1000
    const window = { cast: 0, reported: 0, reporting: null, blockedUntil: 0, endsAt }
    this.#windows.set(key, window)
    return window
  }

  /**
   * Adds the unreported votes to the shared counter, and blocks the window if they exceed the
   * limit.
   */
  async #report(key: string, window: VoteWindow) {
    const share = window.cast - window.reported
    const waitMs = await this.#take(key, share)
    window.reported = window.cast
    window.reporting = null
    if (waitMs === 0) return
    window.blockedUntil = Date.now() + waitMs
    window.endsAt = window.blockedUntil
  }
}
