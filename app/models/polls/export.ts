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

export type Export = ReturnType<typeof createExport>

export function createExport(db: Database) {
  const sql = 'SELECT voter, choice_id FROM vote WHERE question_id = ? AND voter > ? ORDER BY voter, slot'

  return {
    /**
     * Returns the answers of all ballots, sorted by answer, so that their order reveals neither
     * voter nor time. While a poll is open, ballots are read at different moments. Memory grows
     * with the number of different answers only.
     */
    async answers({ id, choices }: Question): Promise<Answer[]> {
      // Each choice has a letter. An answer is the ascending string of its letters.
      const letterOf = new Map(choices.map((choice, index) => [choice.id, String.fromCharCode(index)]))
      const counts = new Map<string, number>()
      let lastVoter = ''
      for (;;) {
        const rows = await db.select<Row>(sql, [id, lastVoter], ROWS_PER_STATEMENT)
        const isEnd = rows.length < ROWS_PER_STATEMENT
        // The last ballot of a page may be incomplete: the next page reads it again.
        const incompleteVoter = isEnd ? undefined : rows.at(-1)!.voter
        for (const [voter, ballot] of Map.groupBy(rows, row => row.voter)) {
          if (voter === incompleteVoter) break
          const letters = ballot.map(row => letterOf.get(row.choice_id) ?? '')
          const answer = letters.toSorted((a, b) => (a < b ? -1 : 1)).join('')
          counts.set(answer, (counts.get(answer) ?? 0) + 1)
          lastVoter = voter
        }
        if (isEnd) break
        await setImmediate() // the embedded database blocks the event loop: let other requests run
      }
      return [...counts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([answer, count]) => ({
          choice: [...answer].map(letter => choices[letter.charCodeAt(0)]!.id),
          count
        }))
    }
  }
}
