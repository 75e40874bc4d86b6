/** Exports the ballots of a poll without their voters: each answer, and how many voters gave it. */
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import { ballotForm } from '../../values/kinds.ts'
import type { Question } from '../polls/question-row.ts'

/**
 * Rows per statement. Bounds the time for which the export of a large poll blocks other requests.
 */
const ROWS_PER_STATEMENT = 10_000

interface Mark {
  choice_id: number
  value: number | null
}

interface Row extends Mark {
  voter: string
}

export interface Answer {
  /** Ids of the choices, in the order of the poll; in a ranked poll in order of rank. */
  choice: number[]
  /** What each of them is given; null where the poll asks for options alone or for an order. */
  value: number[] | null
  /** Number of equal ballots. */
  count: number
}

const SELECT_VOTES =
  'SELECT voter, choice_id, value FROM vote WHERE question_id = ? AND voter > ? ORDER BY voter, slot'

/** A marked option: its place in the poll, and its value or 0. */
type Placed = readonly [place: number, value: number]

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
  async answers({ id, kind, choices }: Question): Promise<Answer[]> {
    const places = new Map(choices.map((choice, index) => [choice.id, index]))
    const form = ballotForm(kind)
    const counts = new Map<string, number>()
    for await (const ballots of this.#ballots(id))
      for (const ballot of ballots) {
        const placed = ballot.flatMap(({ choice_id, value }): Placed[] => {
          const place = places.get(choice_id)
          return place === undefined ? [] : [[place, value ?? 0]]
        })
        const key = JSON.stringify(form === 'ranking' ? placed : placed.toSorted(([a], [b]) => a - b))
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    return [...counts]
      .map(([key, count]) => ({ answer: JSON.parse(key) as Placed[], count }))
      .toSorted((a, b) => compare(a.answer.flat(), b.answer.flat()))
      .map(({ answer, count }) => ({
        choice: answer.map(([place]) => choices[place]!.id),
        value: form === 'values' ? answer.map(([, value]) => value) : null,
        count
      }))
  }

  /** Reads the ballots of a question in pages. */
  async *#ballots(question: number): AsyncGenerator<Mark[][]> {
    let lastVoter = ''
    for (;;) {
      const rows = await this.#db.select<Row>(SELECT_VOTES, [question, lastVoter], ROWS_PER_STATEMENT)
      const isEnd = rows.length < ROWS_PER_STATEMENT
      // The last ballot of a page may be incomplete: the next page reads it again.
      const incompleteVoter = isEnd ? undefined : rows.at(-1)!.voter
      const byVoter = Map.groupBy(rows, row => row.voter)
      if (incompleteVoter !== undefined) byVoter.delete(incompleteVoter)
      yield [...byVoter.values()]
      if (isEnd) return
      lastVoter = [...byVoter.keys()].at(-1)!
      await setImmediate() // the embedded database blocks the event loop: let other requests run
    }
  }
}

/** Compares two answers number by number; of two that begin alike the shorter comes first. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index])
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1)
}
