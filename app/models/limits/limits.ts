/** Rate limits on password attempts, join codes, mail, new accounts, new polls and votes. */
import { createHmac } from 'node:crypto'
import type { Config } from '../../config/load.ts'
import { TooManyPasswords, TooManyRequests } from '../../errors.ts'
import { networkOf } from '../../values/network.ts'
import type { Counter, Hold, Limit } from './counters.ts'
import { VoteLimit } from './vote-limit.ts'
import { WorkQueue } from './work-queue.ts'

type Settings = Config['limits']

/**
 * Of each process. Every running check counts as a wrong password. Limit concurrency, so that a
 * class that signs in at once stays below the address limit.
 */
const MAX_CHECKS = 2
/** With a full queue the last check waits about a second. Further ones get Busy. */
const MAX_WAITING_CHECKS = 100

interface Count {
  key: string
  limit: Limit
}

export class Limits {
  readonly #counter: Counter
  readonly #secret: string
  readonly #settings: Settings
  readonly #checks = new WorkQueue(MAX_CHECKS, MAX_WAITING_CHECKS)
  /** Counts votes. */
  readonly votes: VoteLimit

  /** `secret` keys the hashes that name counters: they reveal no address, account or user. */
  constructor(counter: Counter, secret: string, settings: Settings) {
    this.#counter = counter
    this.#secret = secret
    this.#settings = settings
    this.votes = new VoteLimit(settings.votes, (key, share) =>
      this.#wait(this.#counterKey('votes', key), settings.votes, share)
    )
  }

  /**
   * Runs `check` and returns its result. Undefined means a wrong password; only these count.
   * `address` is null for a signed-in user. A refused attempt does not count: guessing locks an
   * owner out for one window at most. Throws TooManyPasswords, Busy, and the errors of `check`.
   */
  password<T>(
    account: string,
    address: string | null,
    check: () => Promise<T | undefined>
  ): Promise<T | undefined> {
    return this.#checks.run(() => this.#counted(this.#passwordCounts(account, address), check))
  }

  /** Counts an invalid token that this address sent. Throws TooManyRequests. */
  wrongToken(address: string) {
    return this.#take('wrongTokens', networkOf(address))
  }

  /**
   * Runs `find`, which looks for this join code, and counts a wrong one for this address. An
   * address with too many is refused the right ones as well. A repeat does not count: it guesses
   * nothing, and all phones of a lecture hall ask for the code of a room that was just closed.
   * Throws TooManyRequests.
   */
  async joinCode<T>(
    address: string,
    code: string,
    find: () => Promise<T | undefined>
  ): Promise<T | undefined> {
    const network = networkOf(address)
    const found = await find()
    const { most, seconds } = this.#settings.wrongCodes
    const key = this.#counterKey('wrongCodes', network)
    const waitMs = await this.#wait(key, { most: most - 1, seconds }, 0) // adds nothing: is one left?
    if (waitMs > 0) throw new TooManyRequests(waitMs)
    if (found !== undefined) return found
    const guess = this.#counterKey('wrongCodes', `${network} ${code}`)
    if (await this.isFirstUse(guess, seconds)) await this.#take('wrongCodes', network)
    return undefined
  }

  /** Counts an account that this address registers. Throws TooManyRequests. */
  registration(address: string) {
    return this.#take('registrations', networkOf(address))
  }

  /** Counts a form that waits for sign-in elsewhere, from this address. Throws TooManyRequests. */
  waitingForm(address: string) {
    return this.#take('waitingForms', networkOf(address))
  }

  /** Returns whether this is the first use of a key, on all replicas, within these seconds. */
  async isFirstUse(key: string, seconds: number): Promise<boolean> {
    return (await this.#wait(`used:${key}`, { most: 1, seconds })) === 0
  }

  /** Counts a mail that a client at this address asks for. Throws TooManyRequests. */
  mail(address: string) {
    return this.#take('mails', networkOf(address))
  }

  /**
   * Counts a mail of a kind to this e-mail address. Returns the milliseconds until it may be sent,
   * 0 for at once. One kind keeps none of another back: each has a link of its own.
   */
  mailTo(kind: 'address' | 'confirmation' | 'reset', email: string): Promise<number> {
    const key = this.#counterKey('mailsOfAccount', `${kind} ${email}`)
    return this.#wait(key, this.#settings.mailsOfAccount)
  }

  /** Counts a change of this user's e-mail address or phone number. Throws TooManyRequests. */
  accountChange(userId: number) {
    return this.#take('accountChanges', userId)
  }

  /**
   * Counts invitations that this user sends by mail, until it is known whether they are stored.
   * Throws TooManyRequests.
   */
  async listMails(userId: number, count: number): Promise<Hold> {
    const key = this.#counterKey('invitationMails', userId)
    const hold = await this.#counter.hold(key, this.#settings.invitationMails, count)
    if (hold.waitMs > 0) throw new TooManyRequests(hold.waitMs)
    return hold
  }

  /** Counts a report of a poll from this address. Throws TooManyRequests. */
  report(address: string) {
    return this.#take('reports', networkOf(address))
  }

  /**
   * Counts a form of a poll that a user, or a guest at an address, sends, before it is parsed.
   * Throws TooManyRequests.
   */
  pollForm(sender: number | string) {
    return this.#take('pollForms', typeof sender === 'string' ? networkOf(sender) : sender)
  }

  /** Counts a poll that a user, or a guest at an address, creates. Throws TooManyRequests. */
  creation(creator: number | string) {
    if (typeof creator === 'string') return this.#take('guestPolls', networkOf(creator))
    return this.#take('polls', creator)
  }

  /**
   * The counter of the address comes first: an address above its limit creates no counters of
   * accounts.
   */
  #passwordCounts(account: string, address: string | null): Count[] {
    const { wrongPasswords, wrongPasswordsOfAddress } = this.#settings
    const ofAccount = { key: this.#counterKey('wrongPasswords', account), limit: wrongPasswords }
    if (address === null) return [ofAccount]
    const key = this.#counterKey('wrongPasswordsOfAddress', networkOf(address))
    return [{ key, limit: wrongPasswordsOfAddress }, ofAccount]
  }

  /** Counts before the check and gives back after it, so that concurrent guesses all count. */
  async #counted<T>(counts: Count[], check: () => Promise<T | undefined>): Promise<T | undefined> {
    const held: Hold[] = []
    let isWrong = false
    try {
      for (const { key, limit } of counts) {
        const hold = await this.#counter.hold(key, limit)
        if (hold.waitMs > 0) throw new TooManyPasswords(hold.waitMs)
        held.push(hold)
      }
      const found = await check()
      isWrong = !found
      return found
    } finally {
      if (!isWrong) await Promise.all(held.map(hold => hold.giveBack()))
    }
  }

  async #take(kind: keyof Settings, value: string | number) {
    const waitMs = await this.#wait(this.#counterKey(kind, value), this.#settings[kind])
    if (waitMs > 0) throw new TooManyRequests(waitMs)
  }

  /** Counts for good. Returns 0; above the limit the milliseconds until the window ends. */
  async #wait(key: string, limit: Limit, by?: number): Promise<number> {
    return (await this.#counter.hold(key, limit, by)).waitMs
  }

  /** Returns the hashed name of a counter. It changes daily: two days cannot be linked. */
  #counterKey(kind: keyof Settings, value: string | number) {
    const day = new Date().toISOString().slice(0, 10)
    const hash = createHmac('sha256', this.#secret).update(`${kind} ${day} ${value}`).digest('base64url')
    return `limit:${kind}:${hash.slice(0, 22)}`
  }
}
