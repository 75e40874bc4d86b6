/** The ballot box: operations that arrive while a transaction is in flight form the next batch. There is no timer. */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database } from '../../db/database.ts'
import { Busy, VoteNotStored } from '../../errors.ts'
import { randomText } from '../../values/random-text.ts'
import { type Ballot, keyFor, type StoredBallot, toBallot, type VoterOf } from './ballot.ts'
import { readBallots } from './ballot-rows.ts'
import { type OnSettled, reported } from './batch-report.ts'
import { type Decision, decide } from './rules.ts'
import { FirstVotes } from './first-votes.ts'
import {
  type Adopter,
  answer,
  type Cast,
  fingerprint,
  keysOf,
  noteTargets,
  type Operation,
  type Waiting
} from './operation.ts'
import { type Batch, VoteQueue } from './queue.ts'
import { answerWithinMs, isFaultOfOne, retry } from './retry.ts'
import { VoteTable, writeChanges } from './vote-table.ts'

/** Ten full batches, more than a healthy process settles in a second. Further operations fail at once with Busy. */
const MAX_QUEUE = 5_000
/** An operation that has waited this long for a batch fails. */
const maxQueuedMs = 1_000
/**
 * Before a batch starts, wait up to 3 turns of the event loop while operations keep arriving, and at most 20 ms for a
 * pending look-up of a session.
 */
const MAX_LISTEN_ROUNDS = 3
const maxListenMs = 20
export class BallotBox {
  readonly #db: Database
  readonly #table: VoteTable
  readonly #firstVotes: FirstVotes
  readonly #queue: VoteQueue<Waiting>
  readonly #maxTransactions: number
  readonly #onCounted: (questions: Set<number>) => void
  readonly #onSettled: OnSettled
  readonly #find: (voter: VoterOf) => Promise<StoredBallot | undefined>
  #openTransactions = 0
  #arrival: Promise<unknown> = Promise.resolve()

  /**
   * `batchLimit`: the maximum of operations in a transaction; `transactions`: the maximum at a time. `onCounted` is called
   * after COMMIT, before the clients are answered, with the questions whose votes may have changed; `onSettled` after each batch.
   */
  constructor(
    db: Database,
    { batchLimit, transactions }: { batchLimit: number; transactions: number },
    onCounted: (questions: Set<number>) => void,
    onSettled: OnSettled = () => {}
  ) {
    this.#db = db
    this.#table = new VoteTable(db)
    this.#firstVotes = new FirstVotes(this.#table)
    this.#queue = new VoteQueue(batchLimit, maxQueuedMs)
    this.#maxTransactions = transactions
    this.#onCounted = onCounted
    this.#onSettled = onSettled
    this.#find = createBatchLoader((voters: VoterOf[]) => readBallots(db, voters), keyFor)
  }

  /**
   * Stores these choices as the voter's ballot and answers when it is on disk. A repeat returns the same ballot. Throws
   * InvalidInput, QuestionNotFound, QuestionRemoved, QuestionClosed, QuestionChanged, VoteFinal, SignInRequired,
   * OnlyInvited, InvitationRevoked, Busy, VoteNotStored, VoteNotConfirmed if the answer to COMMIT was lost (repeat it).
   */
  cast(cast: Cast): Promise<Ballot> {
    return this.#enqueue(cast)
  }

  /** Removes the voter's ballot; succeeds without one. Throws as `cast`, and WithdrawalLate if closed. */
  withdraw({ question, voter, adopts, isGuest, invitation }: Adopter): Promise<Ballot> {
    return this.#enqueue({ question, voter, adopts, isGuest, invitation, choices: [] })
  }

  /** Only adopts, and returns the resulting ballot. Does not change a closed poll. Throws as `cast`. */
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

  /**
   * Announces a look-up after which an operation may arrive: a batch that is about to begin waits for it, for at most
   * 20 ms. Look-ups are announced in the order in which they settle.
   */
  expect(arrival: Promise<unknown>) {
    this.#arrival = arrival
  }

  #enqueue(asked: Omit<Operation, 'receipt'>): Promise<Ballot> {
    const last = this.#queue.newestOf(keyFor(asked))
    if (last && !last.isAnswered && fingerprint(last) === fingerprint(asked)) return last.promise
    if (this.#queue.size >= MAX_QUEUE) return Promise.reject(new Busy())
    const operation = { ...asked, receipt: randomText() }
    const settling = Promise.withResolvers<Ballot>()
    const since = performance.now()
    this.#queue.add({ ...operation, ...settling, since, keys: keysOf(operation), isAnswered: false })
    if (this.#openTransactions < this.#maxTransactions) void this.#run()
    return settling.promise
  }

  /** Settles batch after batch until nothing waits. */
  async #run() {
    this.#openTransactions++
    while (this.#queue.size > 0) {
      await this.#listen()
      const { batch, expired } = this.#queue.takeBatch(performance.now())
      for (const one of expired) answer(one, new VoteNotStored())
      const isEmpty = batch.operations.length === 0
      if (!isEmpty) await this.#settle(batch)
      this.#queue.release(batch)
      if (isEmpty) break // the waiting voters are in flight: their batch continues with them
    }
    this.#openTransactions--
  }

  /**
   * A large batch costs little more than a small one, so it includes every operation that has reached this process,
   * also those whose session is still being looked up. Otherwise two batches alternate, each waiting for the other.
   */
  async #listen() {
    const timeout = delay(maxListenMs, undefined, { ref: false })
    for (let round = 0, lastSize = 0; round < MAX_LISTEN_ROUNDS; round++) {
      if (this.#queue.size <= lastSize || this.#queue.isFull) return
      lastSize = this.#queue.size
      await turn()
      await Promise.race([this.#arrival, timeout])
      await turn()
    }
  }

  /** Settles a batch in one transaction and answers every operation after COMMIT. */
  async #settle(batch: Batch<Waiting>): Promise<void> {
    const endMs = Math.min(...batch.operations.map(({ since }) => since)) + answerWithinMs
    const leftMs = () => Math.max(1, endMs - performance.now())
    const attempt = async () =>
      (await this.#firstVotes.settle(batch.operations, leftMs())) ??
      (await this.#settleLocked(batch, leftMs()))

    try {
      const decisions = await reported(this.#onSettled, attempt, one => retry(one, endMs))
      this.#onCounted(new Set(batch.operations.map(({ question }) => question)))
      for (const { operation, reply } of decisions) answer(operation, reply)
    } catch (error) {
      if (batch.operations.length > 1 && isFaultOfOne(error)) {
        for (const part of this.#queue.split(batch)) {
          await this.#settle(part)
          this.#queue.release(part)
        }
      } else for (const one of batch.operations) answer(one, error as Error)
    }
  }

  /** Decides and stores a batch under locks. Waiting operations on its questions join it, also for its next attempts. */
  #settleLocked(batch: Batch<Waiting>, timeoutMs: number): Promise<Array<Decision<Waiting>>> {
    return this.#db.transaction(async tx => {
      const ids = batch.operations.map(({ question }) => question)
      const { questions, epochs } = await this.#table.lock(tx, ids, batch.operations)
      const newcomers = this.#queue.takeMore(performance.now(), batch, new Set(ids))
      for (const one of newcomers.expired) answer(one, new VoteNotStored())
      const { operations } = batch
      const found = await this.#table.read(tx, operations, newcomers.operations)
      noteTargets(operations, found.ballots)
      const decisions = decide(operations, {
        questions,
        ...found,
        epochs: new Map([...epochs, ...found.epochs])
      })
      this.#firstVotes.learn(decisions)
      const changes = decisions.flatMap(one => one.changes)
      writeChanges(tx, changes, this.#db.dialect)
      return decisions
    }, timeoutMs)
  }
}
