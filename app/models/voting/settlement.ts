/**
 * Settles batches: decides and stores their operations in a transaction, and answers them after
 * COMMIT.
 */
import type { Database } from '../../db/database.ts'
import { VoteNotConfirmed, VoteNotStored } from '../../errors.ts'
import { type OnSettled, reported } from './batch-report.ts'
import { FirstVotes } from './first-votes.ts'
import { answer, noteTargets, type Waiting } from './operation.ts'
import type { Batch, VoteQueue } from './queue.ts'
import { ANSWER_WITHIN_MS, isFaultOfOne, retry } from './retry.ts'
import { type Decision, decide } from './rules.ts'
import { StalledQuestions } from './stalled-questions.ts'
import { VoteTable, writeChanges } from './vote-table.ts'

/**
 * A batch that fails after this time has waited for a lock. Without one it takes a hundredth of it.
 */
const STALLED_AFTER_MS = 500

export type OnCounted = (questions: Set<number>) => void

const questionsOf = ({ operations }: Batch<Waiting>) => new Set(operations.map(({ question }) => question))

export class Settlement {
  readonly #db: Database
  readonly #queue: VoteQueue<Waiting>
  readonly #table: VoteTable
  readonly #firstVotes: FirstVotes
  readonly #onCounted: OnCounted
  readonly #onSettled: OnSettled
  /** The ballot box settles these apart from others. */
  readonly stalled = new StalledQuestions()

  /** For the batches of a queue. The listeners are those of `BallotBox`. */
  constructor(db: Database, queue: VoteQueue<Waiting>, onCounted: OnCounted, onSettled: OnSettled) {
    this.#db = db
    this.#queue = queue
    this.#table = new VoteTable(db)
    this.#firstVotes = new FirstVotes(this.#table)
    this.#onCounted = onCounted
    this.#onSettled = onSettled
  }

  /** Settles a batch in one transaction and answers every operation after COMMIT. */
  async settle(batch: Batch<Waiting>): Promise<void> {
    const startMs = performance.now()
    const endMs = Math.min(...batch.operations.map(({ since }) => since)) + ANSWER_WITHIN_MS
    const attempt = () => this.#attempt(batch, () => Math.max(1, endMs - performance.now()))
    try {
      const decisions = await reported(this.#onSettled, attempt, one => retry(one, endMs))
      const questions = questionsOf(batch)
      for (const id of questions) this.stalled.delete(id)
      this.#onCounted(questions)
      for (const { operation, reply } of decisions) answer(operation, reply)
    } catch (error) {
      const isStalled = performance.now() - startMs > STALLED_AFTER_MS
      const isUnconfirmed = error instanceof VoteNotConfirmed
      if (isUnconfirmed) this.#onCounted(questionsOf(batch)) // it may be committed
      if (batch.operations.length > 1 && isFaultOfOne(error) && !isUnconfirmed)
        await this.#settleSingly(batch)
      else if (isStalled) await this.#settleUnlocked(batch, error as Error, endMs)
      else for (const one of batch.operations) answer(one, error as Error)
    }
  }

  async #settleSingly(batch: Batch<Waiting>) {
    for (const part of this.#queue.split(batch, one => one)) {
      await this.settle(part)
      this.#queue.release(part)
    }
  }

  /**
   * Notes which questions of a failed batch are locked. Their operations fail; the others are
   * settled in the time left.
   */
  async #settleUnlocked(batch: Batch<Waiting>, error: Error, endMs: number) {
    const locked = await this.#table.lockedElsewhere([...questionsOf(batch)]).catch(() => new Set<number>())
    for (const id of locked) this.stalled.add(id)
    const hasTime = locked.size > 0 && error instanceof VoteNotStored && performance.now() < endMs
    const canSucceed = ({ question }: Waiting) => hasTime && !locked.has(question)
    for (const one of batch.operations) if (!canSucceed(one)) answer(one, error)
    for (const part of this.#queue.split(batch, canSucceed)) {
      if (part.operations.every(canSucceed)) await this.settle(part)
      this.#queue.release(part)
    }
  }

  async #attempt(batch: Batch<Waiting>, leftMs: () => number): Promise<Array<Decision<Waiting>>> {
    // A lock that is not granted in time is a clear failure; an answer to COMMIT that does not come
    // is none.
    const mayGuess = this.stalled.isEmpty
    const decisions = mayGuess ? await this.#firstVotes.settle(batch.operations, leftMs()) : null
    return decisions ?? this.#settleLocked(batch, leftMs())
  }

  /**
   * Decides and stores a batch under locks. Waiting operations on its questions join it, also for
   * its next attempts.
   */
  #settleLocked(batch: Batch<Waiting>, timeoutMs: number): Promise<Array<Decision<Waiting>>> {
    return this.#db.transaction(async tx => {
      const ids = questionsOf(batch)
      const { questions, epochs } = await this.#table.lock(tx, [...ids], batch.operations)
      const newcomers = this.#queue.takeMore(performance.now(), batch, ids)
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
      writeChanges(tx, changes)
      return decisions
    }, timeoutMs)
  }
}
