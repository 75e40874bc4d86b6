/** The ballot box: operations that arrive while a transaction is in flight form the next batch. There is no timer. */
import { setTimeout as delay } from 'node:timers/promises'
import { createBatchLoader } from '../../cache/batch-loader.ts'
import type { Database } from '../../db/database.ts'
import { Busy, VoteNotStored } from '../../errors.ts'
import { randomText } from '../../values/random-text.ts'
import { WorkQueue } from '../limits/work-queue.ts'
import { Arrivals } from './arrivals.ts'
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
import { type Batch, questionsOf, VoteQueue } from './queue.ts'
import { answerWithinMs, hasWaitedInVain, isFaultOfOne, isFaultOfQuestion, retry } from './retry.ts'
import { VoteTable, writeChanges } from './vote-table.ts'

/** Ten full batches, more than a healthy process settles in a second. Further operations fail at once with Busy. */
const MAX_QUEUE = 5_000
/** An operation that has waited this long for a batch fails: longer than a batch before it waits for a lock. */
const maxQueuedMs = 1_200
/** A batch that takes this long waits for a lock on one of its questions, or the database stands still. */
const stalledAfterMs = 800
/** Parts of a divided batch that are settled at a time. */
const MAX_PARTS = 4

export class BallotBox {
  readonly #db: Database
  readonly #table: VoteTable
  readonly #firstVotes: FirstVotes
  readonly #queue: VoteQueue<Waiting>
  readonly #maxTransactions: number
  readonly #onCounted: (questions: Set<number>) => void
  readonly #onSettled: OnSettled
  readonly #find: (voter: VoterOf) => Promise<StoredBallot | undefined>
  readonly #arrivals = new Arrivals()
  #openTransactions = 0

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

  /** Announces a look-up after which an operation may arrive, as `Arrivals.expect`. */
  expect(arrival: Promise<unknown>) {
    this.#arrivals.expect(arrival)
  }

  #enqueue(asked: Omit<Operation, 'receipt'>): Promise<Ballot> {
    const last = this.#queue.newestOf(keyFor(asked))
    if (last && !last.isAnswered && fingerprint(last) === fingerprint(asked)) return last.promise
    if (this.#queue.size >= MAX_QUEUE) return Promise.reject(new Busy())
    const operation = { ...asked, receipt: randomText() }
    const settling = Promise.withResolvers<Ballot>()
    const since = performance.now()
    this.#queue.add({ ...operation, ...settling, since, keys: keysOf(operation), isAnswered: false })
    this.#start()
    return settling.promise
  }

  #start() {
    if (this.#queue.size > 0 && this.#openTransactions < this.#maxTransactions) void this.#run()
  }

  /**
   * Settles batch after batch until nothing can be taken. One that stalls is left to itself, and its questions are set apart
   * until a batch of theirs has not waited in vain: the next batches are of other questions.
   */
  async #run() {
    this.#openTransactions++
    while (this.#queue.size > 0) {
      await this.#arrivals.listen(this.#queue)
      const nowMs = performance.now()
      const apart = this.#queue.takeApart(nowMs)
      const { batch, expired } = this.#queue.takeBatch(nowMs)
      for (const one of [...apart.expired, ...expired]) answer(one, new VoteNotStored())
      for (const own of apart.batches) void this.#finish(own)
      if (batch.operations.length === 0) break // the waiting voters are in flight: their batch continues with them
      const isStalled = await Promise.race([this.#finish(batch), delay(stalledAfterMs, true, { ref: false })])
      if (isStalled) this.#queue.setApart(questionsOf(batch))
    }
    this.#openTransactions--
  }

  /** Settles a batch, and continues with the operations that waited for it. */
  async #finish(batch: Batch<Waiting>) {
    await this.#settle(batch)
    this.#queue.release(batch)
    this.#start()
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
      this.#queue.rejoin(questionsOf(batch))
      this.#onCounted(new Set(questionsOf(batch)))
      for (const { operation, reply } of decisions) answer(operation, reply)
    } catch (error) {
      if (!hasWaitedInVain(error)) this.#queue.rejoin(questionsOf(batch))
      const parts = this.#divide(batch, error)
      if (parts.length > 1) await this.#settleParts(parts)
      else for (const one of batch.operations) answer(one, error as Error)
    }
  }

  /** Divides a batch that failed into parts that may succeed; a list of one if none of it can. */
  #divide(batch: Batch<Waiting>, error: unknown): Array<Batch<Waiting>> {
    if (isFaultOfOne(error)) return this.#queue.split(batch)
    return isFaultOfQuestion(error) ? this.#queue.split(batch, ({ question }) => question) : [batch]
  }

  /** Settles parts of a batch, a few at a time: one that waits for a lock does not hold up the others. */
  #settleParts(parts: Array<Batch<Waiting>>) {
    const places = new WorkQueue(MAX_PARTS, Infinity)
    return Promise.all(parts.map(part => places.run(() => this.#finish(part))))
  }

  /** Decides and stores a batch under locks. Waiting operations on its questions join it, also for its next attempts. */
  #settleLocked(batch: Batch<Waiting>, timeoutMs: number): Promise<Array<Decision<Waiting>>> {
    return this.#db.transaction(async tx => {
      const ids = questionsOf(batch)
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
