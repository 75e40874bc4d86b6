/** Rate limits on what costs others something: passwords tried, accounts and polls made, votes cast. */
import { createHmac } from 'node:crypto'
import { createLRU } from 'lru.min'
import type { Config } from '../../config/load.ts'
import { TooManyPasswords, TooManyRequests, TooManyVotes } from '../../errors.ts'
import { networkOf } from '../../values/network.ts'
import type { Counter, Limit } from './counters.ts'

type Settings = Config['limits']

/** The votes of one network in one question, as this process counts them. */
interface VoteWindow {
  cast: number
  /** How many of `cast` are already added to the counter that the replicas share. */
  reported: number
  /** The report in progress; votes that arrive meanwhile wait for it. */
  reporting: Promise<void> | null
  /** Set when the replicas together have reached the limit. Milliseconds since 1970. */
  blockedUntil: number
  endsAt: number
}

/** Bounds the memory of a process, however many networks vote. */
const MAX_VOTE_WINDOWS = 20_000

/**
 * A process reports its votes in so many steps of the limit. A request to Redis for each vote would cost as much as the
 * vote; this is one request for 40 votes of the default limit.
 */
const VOTE_REPORTS = 50

export class Limits {
  readonly #counter: Counter
  readonly #secret: string
  readonly #settings: Settings
  readonly #voteWindows = createLRU<string, VoteWindow>({ max: MAX_VOTE_WINDOWS })
  /** Votes that a process casts between two reports to the other replicas. */
  readonly #votesPerReport: number

  /** `secret` keys the names of the counters: no address, account or user can be read from one. */
  constructor(counter: Counter, secret: string, settings: Settings) {
    this.#counter = counter
    this.#secret = secret
    this.#settings = settings
    this.#votesPerReport = Math.max(1, Math.floor(settings.votes.most / VOTE_REPORTS))
  }

  /**
   * Runs `check` and returns its result; undefined means a wrong password, and only those count. `address` is null for a
   * signed-in user. A refused attempt does not count, so guessing cannot lock an owner out for longer than one window.
   * Throws TooManyPasswords, and what `check` throws.
   */
  async password<T>(
    account: string,
    address: string | null,
    check: () => Promise<T | undefined>
  ): Promise<T | undefined> {
    const counts = this.#passwordCounts(account, address)
    // Counted before the check and given back after it, so that concurrent guesses all count.
    const waitsMs = await Promise.all(counts.map(({ key, limit }) => this.#counter.take(key, limit)))
    const taken = counts.filter((_, index) => waitsMs[index] === 0)
    let isWrong = false
    try {
      const waitMs = Math.max(...waitsMs)
      if (waitMs > 0) throw new TooManyPasswords(waitMs)
      const found = await check()
      isWrong = found === undefined
      return found
    } finally {
      if (!isWrong) await Promise.all(taken.map(({ key, limit }) => this.#counter.take(key, limit, -1)))
    }
  }

  /** Counts an account that this address registers. Throws TooManyRequests. */
  registration(address: string) {
    return this.#take('registrations', networkOf(address))
  }

  /** Counts a poll's form that this user sends, before it is read. Throws TooManyRequests. */
  pollForm(userId: number) {
    return this.#take('pollForms', userId)
  }

  /** Counts a poll that this user creates. Throws TooManyRequests. */
  creation(userId: number) {
    return this.#take('polls', userId)
  }

  /**
   * Counts a vote in this question from this address. Exact in one process. Replicas together let at most a fiftieth of
   * the limit more pass for each of them: what each has not reported yet. Throws TooManyVotes.
   */
  async vote(questionId: number, address: string) {
    const key = `${questionId} ${networkOf(address)}`
    const window = this.#voteWindow(key, Date.now())
    while (window.cast - window.reported >= this.#votesPerReport) {
      await (window.reporting ??= this.#report(key, window))
    }
    const now = Date.now()
    if (now < window.blockedUntil) throw new TooManyVotes(window.blockedUntil - now)
    if (window.cast >= this.#settings.votes.most) throw new TooManyVotes(window.endsAt - now)
    window.cast++
  }

  #voteWindow(key: string, now: number): VoteWindow {
    const current = this.#voteWindows.get(key)
    if (current && now < current.endsAt) return current
    const { seconds } = this.#settings.votes
    const endsAt = now + seconds * 1000
    const window = { cast: 0, reported: 0, reporting: null, blockedUntil: 0, endsAt }
    this.#voteWindows.set(key, window)
    return window
  }

  /** Adds a share of votes to what the replicas count together, and blocks the window if that exceeds the limit. */
  async #report(key: string, window: VoteWindow) {
    const share = window.cast - window.reported
    const waitMs = await this.#counter.take(this.#counterKey('votes', key), this.#settings.votes, share)
    window.reported = window.cast
    window.reporting = null
    if (waitMs === 0) return
    window.blockedUntil = Date.now() + waitMs
    window.endsAt = window.blockedUntil
  }

  #passwordCounts(account: string, address: string | null): Array<{ key: string; limit: Limit }> {
    const { wrongPasswords, wrongPasswordsOfAddress } = this.#settings
    const ofAccount = { key: this.#counterKey('wrongPasswords', account), limit: wrongPasswords }
    if (address === null) return [ofAccount]
    const key = this.#counterKey('wrongPasswordsOfAddress', networkOf(address))
    return [ofAccount, { key, limit: wrongPasswordsOfAddress }]
  }

  async #take(kind: keyof Settings, value: string | number) {
    const waitMs = await this.#counter.take(this.#counterKey(kind, value), this.#settings[kind])
    if (waitMs > 0) throw new TooManyRequests(waitMs)
  }

  /** A keyed hash of what is counted. It changes each day: yesterday's keys cannot be matched with today's. */
  #counterKey(kind: keyof Settings, value: string | number) {
    const day = new Date().toISOString().slice(0, 10)
    const hash = createHmac('sha256', this.#secret).update(`${kind} ${day} ${value}`).digest('base64url')
    return `limit:${kind}:${hash.slice(0, 22)}`
  }
}
