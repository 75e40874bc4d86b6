/**
 * The ballot box: operations that arrive while a transaction is in flight form the next batch.
 * There is no timer.
 */
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database } from '../../db/database.ts'
import { Busy, VoteNotStored } from '../../errors.ts'
import { randomText } from '../../values/random-text.ts'
import { Arrivals } from './arrivals.ts'
import { type Ballot, keyFor, type StoredBallot, toBallot, type VoterOf } from './ballot.ts'
import { readBallots } from './ballot-rows.ts'
import type { OnSettled } from './batch-report.ts'
import { markFault } from './marks.ts'
import { type Adopter, answer, type Asked, type Cast, keysOf, type Waiting } from './operation.ts'
import { type Batch, VoteQueue } from './queue.ts'
import { type OnCounted, Settlement } from './settlement.ts'

/**
 * Ten full batches, more than a healthy process settles in a second. Further operations fail at
 * once with Busy.
 */
const MAX_QUEUE = 5_000
/** As many may wait for a stalled question, so that they leave room for others. */
const MAX_STALLED = 1_000
/**
 * An operation that has waited this long for a batch fails. Longer than a batch waits for a lock: a
 * second.
 */
const MAX_QUEUED_MS = 1_200

const isEqual = (one: Asked, other: Asked) => JSON.stringify(one) === JSON.stringify(other)

export class BallotBox {
  /** Returns the message key of what is wrong with a ballot; undefined if it can be counted. */
  readonly faultOf = markFault
  readonly #queue: VoteQueue<Waiting>
  readonly #settlement: Settlement
  readonly #maxTransactions: number
  readonly #find: (voter: VoterOf) => Promise<StoredBallot | undefined>
  readonly #arrivals = new Arrivals()
  #openTransactions = 0
  /** Whether a batch of a stalled question is in flight, beside the others. */
  #hasAside = false

  /**
   * `batchLimit`: the maximum of operations in a transaction; `transactions`: the maximum at a
   * time. `onCounted` is called after COMMIT, before the clients are answered, with the questions
   * whose votes may have changed; `onSettled` after each batch.
   */
  constructor(
    db: Database,
    { batchLimit, transactions }: { batchLimit: number; transactions: number },
    onCounted: OnCounted,
    onSettled: OnSettled = () => {}
  ) {
    this.#queue = new VoteQueue(batchLimit, MAX_QUEUED_MS)
    this.#settlement = new Settlement(db, this.#queue, onCounted, onSettled)
    this.#maxTransactions = transactions
    this.#find = createBatchLoader((voters: VoterOf[]) => readBallots(db, voters), keyFor)
  }

  /**
   * Stores these choices as the voter's ballot and answers when it is on disk. A repeat returns the
   * same ballot. Throws InvalidInput, QuestionNotFound, QuestionRemoved, QuestionClosed,
   * QuestionChanged, VoteFinal, SignInRequired, OnlyInvited, InvitationRevoked, Busy,
   * VoteNotStored, VoteNotConfirmed if the answer to COMMIT was lost (repeat it).
   */
  cast(cast: Cast): Promise<Ballot> {
    return this.#enqueue(cast)
  }

  /**
   * Removes the voter's ballot; succeeds without one. Throws as `cast`, and WithdrawalLate if
   * closed.
   */
  withdraw({ question, voter, adopts, invitation }: Adopter): Promise<Ballot> {
    return this.#enqueue({ question, voter, adopts, invitation, choices: [] })
  }

  /**
   * Only adopts, and returns the resulting ballot. Does not change a closed poll. Throws as `cast`.
   */
  adopt({ question, voter, adopts }: Adopter): Promise<Ballot> {
    return this.#enqueue({ question, voter, adopts, onlyAdopts: true, choices: [] })
  }

  /** Returns the number of operations that wait for a batch. */
  get queued(): number {
    return this.#queue.size
  }

  /** Returns the voter's counted ballot. */
  async of(voter: VoterOf): Promise<Ballot | null> {
    const ballot = await this.#find(voter)
    return ballot ? { ...toBallot(ballot), revision: ballot.revision } : null
  }

  /** Announces a look-up, as `Arrivals.expect`. */
  expect(arrival: Promise<unknown>) {
    this.#arrivals.expect(arrival)
  }

  #enqueue(asked: Asked): Promise<Ballot> {
    const last = this.#queue.newestOf(keyFor(asked))
    if (last && !last.isAnswered && isEqual(last.asked, asked)) return last.promise
    const max = this.#settlement.stalled.has(asked.question) ? MAX_STALLED : MAX_QUEUE
    if (this.#queue.size >= max) return Promise.reject(new Busy())
    const { promise, resolve, reject } = Promise.withResolvers<Ballot>()
    this.#queue.add({
      ...asked,
      asked,
      receipt: randomText(),
      keys: keysOf(asked),
      since: performance.now(),
      promise,
      resolve,
      reject,
      isAnswered: false
    })
    this.#wake()
    return promise
  }

  /** Begins transactions for what waits, as far as more are allowed. */
  #wake() {
    if (this.#openTransactions < this.#maxTransactions) void this.#run()
    if (!this.#settlement.stalled.isEmpty && !this.#hasAside) void this.#runAside()
  }

  /** Settles batch after batch until nothing waits but what is stalled, or of voters in flight. */
  async #run() {
    this.#openTransactions++
    while (this.#queue.size > 0) {
      await this.#arrivals.waitFor(this.#queue)
      const batch = this.#take(({ question }) => !this.#settlement.stalled.has(question))
      if (!batch) break
      await this.#settle(batch)
      this.#wake()
    }
    this.#openTransactions--
  }

  /**
   * Settles batches of one stalled question each, that of the oldest vote first. No other question
   * waits for its lock.
   */
  async #runAside() {
    this.#hasAside = true
    for (let batch = this.#takeStalled(); batch; batch = this.#takeStalled()) {
      await this.#settle(batch)
      this.#wake()
    }
    this.#hasAside = false
  }

  #takeStalled(): Batch<Waiting> | undefined {
    for (const stalled of this.#queue.questions) {
      const batch =
        this.#settlement.stalled.has(stalled) && this.#take(({ question }) => question === stalled)
      if (batch) return batch
    }
    return undefined
  }

  /**
   * Takes a batch of operations that fit. Undefined: there is none. Answers those that have waited
   * too long.
   */
  #take(fits: (operation: Waiting) => boolean): Batch<Waiting> | undefined {
    const { batch, expired } = this.#queue.takeBatch(performance.now(), fits)
    for (const one of expired) answer(one, new VoteNotStored())
    return batch
  }

  async #settle(batch: Batch<Waiting>) {
    await this.#settlement.settle(batch)
    this.#queue.release(batch)
  }
}
