/** All ballots of a poll without their voters: each answer, and how many gave it. */
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../db/database.ts'
import type { Question } from './question-row.ts'

/** Rows of one statement: the export of a large poll does not block other requests. */
const pageSize = 10_000

interface Row {
  voter: string
  choice_id: number
}

/** The ids of the choices in the poll's own order, and how many ballots are these. */
export interface Answer {
  choice: number[]
  count: number
}

export type Export = ReturnType<typeof createExport>

export function createExport(db: Database) {
  const sql = 'SELECT voter, choice_id FROM vote WHERE question_id = ? AND voter > ? ORDER BY voter, slot'

  return {
    /**
     * The answers of all ballots, sorted by what was answered: nothing tells who gave one, or when. Those of a poll
     * that is open may be of different moments. Memory grows with the number of different answers, not of votes.
     */
    async answers({ id, choices }: Question): Promise<Answer[]> {
      // A letter for each choice; an answer is a word of them, ascending.
      const marks = new Map(choices.map((choice, index) => [choice.id, String.fromCharCode(index)]))
      const counts = new Map<string, number>()
      let last = ''
      for (;;) {
        const rows = await db.select<Row>(sql, [id, last], pageSize)
        const isEnd = rows.length < pageSize
        // A page may end inside a ballot: that one is read again, whole.
        const cut = isEnd ? undefined : rows.at(-1)!.voter
        for (const [voter, ballot] of Map.groupBy(rows, row => row.voter)) {
          if (voter === cut) break
          const letters = ballot.map(row => marks.get(row.choice_id) ?? '')
          const word = letters.toSorted((a, b) => (a < b ? -1 : 1)).join('')
          counts.set(word, (counts.get(word) ?? 0) + 1)
          last = voter
        }
        if (isEnd) break
        await setImmediate() // the embedded database answers in the same turn: others are to have theirs
      }
      return [...counts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([word, count]) => ({
          choice: [...word].map(letter => choices[letter.charCodeAt(0)]!.id),
          count
        }))
    }
  }
}
