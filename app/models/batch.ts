/** One transaction of the ballot box: many voters' casts and withdrawals, each decided on its own. */
import type { Database, Queries } from '../db/database.ts'
import {
  InvalidInput,
  QuestionChanged,
  QuestionClosed,
  QuestionNotFound,
  QuestionRemoved,
  VoteFinal
} from '../errors.ts'
import { isOpen } from './questions.ts'

/** A voter in a question. */
export interface VoterOf {
  readonly question: number
  readonly voter: string
}

/** What a voter asks for: these choices, or (with none) no vote any more. */
export interface Operation extends VoterOf {
  /** Ascending; empty to withdraw. */
  readonly choices: readonly number[]
  /** The edit of the question that the voter saw. */
  readonly revision: number | undefined
  /** Rows that bear it were written by this operation, in whichever attempt. */
  readonly receipt: string
}

/** A voter's counted choices in one poll; without any, the voter has no vote there. */
export interface Ballot {
  question_id: number
  choice: number[]
  cast_time: string | null
}

export type Outcome = Ballot | Error

interface LockedQuestion {
  id: number
  delete_flag: number
  min_choices: number
  max_choices: number
  revote: number
  revision: number
  open: number
  now: string
}

interface VoteRow {
  question_id: number
  voter: string
  choice_id: number
  receipt: string
  cast_time: string
}

/** A ballot as it stands in the table. */
interface StoredBallot extends Ballot {
  cast_time: string
  receipt: string
}

const keyOf = (row: { question_id: number; voter: string }) => `${row.question_id} ${row.voter}`
/** Names a voter in a question. */
export const keyFor = ({ question, voter }: VoterOf) => `${question} ${voter}`
const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((id, i) => id === b[i])
const choicesKept = 10_000

/** Settles batches on one database. Remembers which choices a revision of a question has: they never change in it. */
export function createBatch(db: Database) {
  const { insertIgnore, forUpdate, rows, now } = db.dialect
  const choicesOf = new Map<number, { revision: number; ids: Set<number> }>()

  /** Takes the questions' row locks by ascending id, the one lock order of all writers. */
  async function lock(tx: Queries, ids: number[]) {
    const questions = await tx.select<LockedQuestion>(
      `SELECT q.id, q.delete_flag, q.min_choices, q.max_choices, q.revote, q.revision, ${isOpen(now)} AS open, ${now} AS now
       FROM question q WHERE q.id IN (?) ORDER BY q.id ${forUpdate}`,
      [ids]
    )
    const unknown = questions.filter(({ id, revision }) => choicesOf.get(id)?.revision !== revision)
    if (unknown.length > 0) {
      if (choicesOf.size > choicesKept) choicesOf.clear()
      for (const { id, revision } of unknown) choicesOf.set(id, { revision, ids: new Set() })
      const sql = 'SELECT question_id, id FROM choice WHERE question_id IN (?) AND delete_flag = 0'
      const found = await tx.select<{ question_id: number; id: number }>(sql, [unknown.map(({ id }) => id)])
      for (const { question_id, id } of found) choicesOf.get(question_id)!.ids.add(id)
    }
    return new Map(questions.map(question => [question.id, question]))
  }

  /** Why an operation cannot be counted; nothing if it can, as far as the question goes. */
  function refusal(
    { choices, revision }: Operation,
    question: LockedQuestion | undefined
  ): Error | undefined {
    if (!question) return new QuestionNotFound()
    if (question.delete_flag) return new QuestionRemoved()
    if (!question.open) return new QuestionClosed()
    if (choices.length === 0) return undefined
    if (revision !== undefined && revision !== question.revision) return new QuestionChanged()
    const { min_choices: least, max_choices: most } = question
    const { ids } = choicesOf.get(question.id)!
    if (new Set(choices).size < choices.length) return new InvalidInput({ choice: 'Choose each option once' })
    if (!choices.every(id => ids.has(id)))
      return new InvalidInput({ choice: 'Choose an option of this poll' })
    if (choices.length > most) {
      return new InvalidInput({ choice: most === 1 ? 'Choose one option' : `Choose at most ${most} options` })
    }
    return choices.length < least
      ? new InvalidInput({ choice: `Choose at least ${least} options` })
      : undefined
  }

  async function stored(tx: Queries, operations: readonly VoterOf[]) {
    const ballots = new Map<string, StoredBallot>()
    if (operations.length === 0) return ballots
    const found = await tx.select<VoteRow>(
      `SELECT question_id, voter, choice_id, receipt, cast_time FROM vote
       WHERE (question_id, voter) IN (${rows} ?) ORDER BY question_id, voter, slot`,
      [operations.map(({ question, voter }) => [question, voter])]
    )
    for (const row of found) {
      const ballot = ballots.get(keyOf(row))
      if (ballot) ballot.choice.push(row.choice_id)
      else {
        const { question_id, cast_time, receipt } = row
        ballots.set(keyOf(row), { question_id, choice: [row.choice_id], cast_time, receipt })
      }
    }
    return ballots
  }

  const slots = (operation: Operation, castTime: string, from = 0) =>
    operation.choices
      .map((choice, slot) => [operation.question, operation.voter, slot, choice, operation.receipt, castTime])
      .slice(from)

  const insert = 'INTO vote (question_id, voter, slot, choice_id, receipt, cast_time) VALUES ?'

  /** The counters, in the transaction of their rows; choices and questions by ascending id. */
  async function count(tx: Queries, votes: Map<number, number>, voters: Map<number, number>) {
    const changed = [...votes].filter(([, by]) => by !== 0).toSorted(([a], [b]) => a - b)
    if (changed.length > 0) {
      const cases = changed.map(() => 'WHEN ? THEN ?').join(' ')
      const ids = changed.map(([id]) => id)
      await tx.execute(`UPDATE choice SET votes = votes + CASE id ${cases} END WHERE id IN (?)`, [
        ...changed.flat(),
        ids
      ])
    }
    const touched = [...voters].toSorted(([a], [b]) => a - b)
    if (touched.length === 0) return
    const cases = touched.map(() => 'WHEN ? THEN ?').join(' ')
    await tx.execute(
      `UPDATE question SET tally_version = tally_version + 1, voters = voters + CASE id ${cases} END WHERE id IN (?)`,
      [...touched.flat(), touched.map(([id]) => id)]
    )
  }

  async function settle(
    tx: Queries,
    operations: readonly Operation[],
    again: boolean,
    onLocked: (questions: ReadonlySet<number>) => void
  ): Promise<Outcome[]> {
    const ids = [...new Set(operations.map(({ question }) => question))].toSorted((a, b) => a - b)
    const questions = await lock(tx, ids)
    onLocked(new Set(ids))
    const refusals = new Map(operations.map(one => [one, refusal(one, questions.get(one.question))]))
    const time = (one: Operation) => questions.get(one.question)!.now

    // An earlier attempt whose COMMIT was not answered may have counted some of them.
    const before = again ? await stored(tx, operations) : new Map<string, StoredBallot>()
    const isDone = (one: Operation) => before.get(keyFor(one))?.receipt === one.receipt
    const casts = operations.filter(one => one.choices.length > 0 && !refusals.get(one) && !isDone(one))

    // Slot 0 is the guard: the key decides who is new. Where all are, nobody else needs to be looked up.
    const guards = casts.map(one => slots(one, time(one))[0]!)
    const inserted =
      guards.length > 0 ? (await tx.execute(`${insertIgnore} ${insert}`, [guards])).affectedRows : 0
    const known = new Set(inserted === casts.length ? casts : [])
    const ballots = await stored(
      tx,
      operations.filter(one => !known.has(one))
    )
    const isNew = (one: Operation) =>
      known.has(one) || (ballots.get(keyFor(one))?.receipt === one.receipt && !isDone(one))

    const votes = new Map<number, number>()
    const voters = new Map<number, number>()
    const add = (to: Map<number, number>, id: number, by: number) => to.set(id, (to.get(id) ?? 0) + by)
    const rest: ReturnType<typeof slots> = []
    const emptied: Operation[] = []

    const outcomes = operations.map((one): Outcome => {
      const { question: question_id, choices } = one
      const ballot = ballots.get(keyFor(one))
      const refused = refusals.get(one)
      const counted = { question_id, choice: [...choices], cast_time: refused ? null : time(one) }
      if (!isNew(one)) {
        if (refused instanceof QuestionNotFound || refused instanceof QuestionRemoved) return refused
        // What stands already is so, also in a poll that closed since: an earlier attempt may have done it.
        const { choice, cast_time } = ballot ?? { choice: [], cast_time: null }
        if (same(choice, choices)) return { question_id, choice, cast_time }
        if (refused) return refused
        if (!questions.get(question_id)!.revote) return new VoteFinal()
        emptied.push(one)
        for (const id of ballot!.choice) add(votes, id, -1)
        add(voters, question_id, -1)
        if (choices.length === 0) return { ...counted, cast_time: null }
      }
      rest.push(...slots(one, time(one), isNew(one) ? 1 : 0))
      for (const id of choices) add(votes, id, 1)
      add(voters, question_id, 1)
      return counted
    })

    if (emptied.length > 0) {
      const keys = emptied.map(({ question, voter }) => [question, voter])
      await tx.execute(`DELETE FROM vote WHERE (question_id, voter) IN (${rows} ?)`, [keys])
    }
    if (rest.length > 0) await tx.execute(`INSERT ${insert}`, [rest])
    await count(tx, votes, voters)
    return outcomes
  }

  return {
    /** The ballots that stand, by `keyFor`. */
    stored: (voters: readonly VoterOf[]) => stored(db, voters),

    /**
     * Settles the operations in one transaction and answers each, in their order, after COMMIT. At most one
     * operation for each voter and question. `again`: an earlier attempt may have been committed. `onLocked` may add
     * operations of the locked questions. Throws what Database.transaction throws; then none is answered.
     */
    settle: (
      operations: readonly Operation[],
      again: boolean,
      onLocked: (questions: ReadonlySet<number>) => void
    ) => db.transaction(tx => settle(tx, operations, again, onLocked))
  }
}
