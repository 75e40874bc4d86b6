/** One transaction of the ballot box: many voters' casts and withdrawals, each decided on its own. */
import type { Database, Transaction } from '../../db/database.ts'
import { QuestionNotFound, QuestionRemoved, SignInRequired, VoteFinal } from '../../errors.ts'
import { createAdoption } from './adoption.ts'
import {
  add,
  type Ballot,
  type Changes,
  createBallotRows,
  keyFor,
  type NewSlot,
  type Slot,
  type StoredBallot,
  type VoterOf
} from './vote-table.ts'
import type { Operation } from './operation.ts'
import { refusal } from './rules.ts'

export type Outcome = Ballot | Error

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((id, i) => id === b[i])

/** The rows of a cast, in the order of its choices. */
const slotsOf = ({ question, voter, choices, receipt }: Operation) =>
  choices.map((choice, slot): NewSlot => [question, voter, slot, choice, receipt])

const ballotOf = ({ question, choices }: Operation, castTime: string): Ballot => ({
  question_id: question,
  choice: [...choices],
  cast_time: castTime
})

const usersOf = (operations: readonly Operation[]) =>
  operations.flatMap(({ claim }) => (claim ? [claim.userId] : []))

const isGone = (error: Error | undefined) =>
  error instanceof QuestionNotFound || error instanceof QuestionRemoved

/** Settles batches on one database. */
export function createBatch(db: Database) {
  const rows = createBallotRows(db)
  const adopt = createAdoption(rows)
  /** Adaptive switch: if the last batch held only first votes, try the single-message path first. */
  let areNew = true

  /**
   * Settles a batch of first votes in open polls with one message. Null: an assumption was wrong, and nothing was
   * stored.
   */
  async function settleNew(operations: readonly Operation[], timeoutMs: number): Promise<Outcome[] | null> {
    const rules = await rows.rulesOf([...new Set(operations.map(({ question }) => question))])
    const revisions = new Map<number, number>()
    const epochs = new Map<number, number>()
    for (const one of operations) {
      const { question, claim } = one
      if (one.choices.length === 0 || one.adopts || refusal(one, rules.get(question))) return null
      revisions.set(question, rules.get(question)!.revision)
      if (claim && (epochs.get(claim.userId) ?? claim.epoch) !== claim.epoch) return null
      if (claim) epochs.set(claim.userId, claim.epoch)
    }
    const castTime = await rows.castNew(operations.flatMap(slotsOf), revisions, epochs, timeoutMs)
    if (castTime !== null) return operations.map(one => ballotOf(one, castTime))
    areNew = false
    return null
  }

  async function settle(
    tx: Transaction,
    operations: readonly Operation[],
    again: boolean,
    onLocked: (questions: ReadonlySet<number>) => void
  ): Promise<Outcome[]> {
    const ids = [...new Set(operations.map(({ question }) => question))].toSorted((a, b) => a - b)
    const first = operations.length
    const { questions, epochs } = await rows.lock(tx, ids, usersOf(operations))
    onLocked(new Set(ids))
    const refusals = new Map(operations.map(one => [one, refusal(one, questions.get(one.question))]))
    const timeOf = (one: Operation) => questions.get(one.question)!.now

    const stamped = (one: Operation) => slotsOf(one).map((slot): Slot => [...slot, timeOf(one)])

    const replaced = await adopt(
      tx,
      operations.filter(one => !refusals.get(one))
    )

    // An earlier attempt whose COMMIT was not answered may have counted some of them.
    const before = again ? await rows.stored(tx, operations) : new Map<string, StoredBallot>()
    const isDone = (one: Operation) => before.get(keyFor(one))?.receipt === one.receipt
    const casts = operations.filter(one => one.choices.length > 0 && !refusals.get(one) && !isDone(one))

    // Slot 0 is the guard: the key decides who is new. Where all are, only the others need to be looked up.
    const { guarded, epochs: more } = await rows.guard(
      tx,
      casts.map(one => stamped(one)[0]!),
      usersOf(operations.slice(first))
    )
    const hasEnded = ({ claim }: Operation) =>
      claim && (more.get(claim.userId) ?? epochs.get(claim.userId)) !== claim.epoch
    if (casts.length > 0) areNew = guarded === casts.length
    const known = new Set(guarded === casts.length ? casts : [])
    const ballots = await rows.stored(
      tx,
      operations.filter(one => !known.has(one))
    )
    const isNew = (one: Operation) =>
      known.has(one) || (ballots.get(keyFor(one))?.receipt === one.receipt && !isDone(one))

    const votes: Changes = new Map()
    const voters: Changes = new Map()
    const added: Slot[] = []
    const removed: VoterOf[] = []

    function decide(one: Operation): Outcome {
      const { question: question_id, choices } = one
      const refused = refusals.get(one)
      if (hasEnded(one) && !isDone(one)) {
        if (isNew(one)) removed.push(one) // its guard
        return new SignInRequired()
      }
      if (!isNew(one)) {
        if (refused && isGone(refused)) return refused
        // What stands already is so, also in a poll that closed since: an earlier attempt may have done it.
        const { choice, cast_time } = ballots.get(keyFor(one)) ?? { choice: [], cast_time: null }
        if (one.onlyAdopts || same(choice, choices)) return { question_id, choice, cast_time }
        if (refused) return refused
        if (choice.length > 0) {
          if (!questions.get(question_id)!.revote) return new VoteFinal()
          removed.push(one)
          for (const id of choice) add(votes, id, -1)
          add(voters, question_id, -1)
        }
        if (choices.length === 0) return { question_id, choice: [], cast_time: null }
      }
      added.push(...stamped(one).slice(isNew(one) ? 1 : 0))
      for (const id of choices) add(votes, id, 1)
      add(voters, question_id, 1)
      return ballotOf(one, timeOf(one))
    }

    function told(one: Operation): Outcome {
      const outcome = decide(one)
      const ballot = replaced.get(one)
      if (!ballot) return outcome
      removed.push({ question: one.question, voter: one.adopts! })
      for (const id of ballot.choice) add(votes, id, -1)
      add(voters, one.question, -1)
      return outcome instanceof Error ? outcome : { ...outcome, browser_vote_removed: true }
    }

    const outcomes = operations.map(told)
    rows.remove(tx, removed)
    rows.add(tx, added)
    rows.count(tx, votes, voters)
    return outcomes
  }

  return {
    /** The ballots that stand, by `keyFor`. */
    stored: (voters: readonly VoterOf[]) => rows.stored(db, voters),

    /**
     * Settles the operations in one transaction and answers each, in their order, after COMMIT. At most one
     * operation for each voter and question. `again`: an earlier attempt may have been committed. `onLocked` may add
     * operations of the locked questions. `timeoutMs`: up to COMMIT. Throws what Database.transaction
     * throws; then none is answered.
     */
    async settle(
      operations: readonly Operation[],
      again: boolean,
      onLocked: (questions: ReadonlySet<number>) => void,
      timeoutMs: number
    ): Promise<Outcome[]> {
      const end = performance.now() + timeoutMs
      const outcomes = areNew && !again ? await settleNew(operations, timeoutMs) : null
      return (
        outcomes ??
        db.transaction(tx => settle(tx, operations, again, onLocked), Math.max(1, end - performance.now()))
      )
    }
  }
}
