/** Exports the ballots of a poll without their voters: each answer, and how many voters gave it. */
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import type { Question } from './question-row.ts'

/**
 * Rows per statement. Bounds the time for which the export of a large poll blocks other requests.
 */
const ROWS_PER_STATEMENT = 10_000

interface Row {
  voter: string
  choice_id: number
}

export interface Answer {
  /** Ids of the choices, in the order of the poll. */
  choice: number[]
  /** Number of ballots with these choices. */
  count: number
}

const SELECT_VOTES =
  'SELECT voter, choice_id FROM vote WHERE question_id = ? AND voter > ? ORDER BY voter, slot'

export class BallotExport {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Returns the answers of all ballots, sorted by answer, so that their order reveals neither
   * voter nor time. While a poll is open, ballots are read at different moments. Memory grows
   * with the number of different answers only.
   */
  async answers({ id, choices }: Question): Promise<Answer[]> {
    const positions = new Map(choices.map((choice, index) => [choice.id, index]))
    const counts = new Map<string, number>()
    for await (const ballots of this.#ballots(id))
      for (const ballot of ballots) {
        const answer = ballot.flatMap(choice => positions.get(choice) ?? []).toSorted((a, b) => a - b)
        const key = answer.join(',')
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    return [...counts]
      .map(([key, count]) => ({ answer: key === '' ? [] : key.split(',').map(Number), count }))
      .toSorted((a, b) => compare(a.answer, b.answer))
      .map(({ answer, count }) => ({ choice: answer.map(index => choices[index]!.id), count }))
  }

  /** Reads the ballots of a question in pages; a ballot is the ids of its choices. */
  async *#ballots(question: number): AsyncGenerator<number[][]> {
    let lastVoter = ''
    for (;;) {
      const rows = await this.#db.select<Row>(SELECT_VOTES, [question, lastVoter], ROWS_PER_STATEMENT)
      const isEnd = rows.length < ROWS_PER_STATEMENT
      // The last ballot of a page may be incomplete: the next page reads it again.
      const incompleteVoter = isEnd ? undefined : rows.at(-1)!.voter
      const byVoter = Map.groupBy(rows, row => row.voter)
      if (incompleteVoter !== undefined) byVoter.delete(incompleteVoter)
      yield [...byVoter.values()].map(ballot => ballot.map(row => row.choice_id))
      if (isEnd) return
      lastVoter = [...byVoter.keys()].at(-1)!
      await setImmediate() // the embedded database blocks the event loop: let other requests run
    }
  }
}

/** Compares two answers position by position; of two that begin alike the shorter comes first. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((position, index) => position !== b[index])
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1)
}
