/** Removed polls: their votes are deleted in pieces, because deleting a million of them takes longer than a request may. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Queries } from '../../db/database.ts'
import { QuestionRemoved } from '../../errors.ts'

/** A question's delete_flag. */
export const removedByOwner = 1
export const removedByAdmin = 2

/** What is said of a removed question. */
export const removalOf = ({
  delete_flag,
  removed_time
}: {
  delete_flag: number
  removed_time: string | null
}) => new QuestionRemoved(removed_time, delete_flag === removedByAdmin)

/** How many ballots go in one transaction: some 10 ms while voters of other polls may wait behind it. */
const most = 1_000
/** Milliseconds after which a piece that failed is tried again. */
const pause = 5_000

export type Removals = ReturnType<typeof createRemovals>

/** `failed` hears why a piece has to wait. `piece`: how many ballots go at once. */
export function createRemovals(db: Database, failed: (error: unknown) => void, piece = most) {
  const { forUpdate, now } = db.dialect
  const closing = new AbortController()
  let wanted = false
  let running: Promise<void> | undefined

  /**
   * Deletes ballots of a question whose row is locked, up to a piece, and takes them off its counters: at no moment
   * does a counter differ from its rows. Whether none is left.
   */
  async function clear(tx: Queries, question: number): Promise<boolean> {
    const next = 'SELECT voter FROM vote WHERE question_id = ? AND slot = 0 ORDER BY voter'
    const voters = await tx.select<{ voter: string }>(next, [question], piece)
    if (voters.length === 0) return true
    const those = [question, voters.at(-1)!.voter]
    const counted = await tx.select<{ choice_id: number; votes: number }>(
      'SELECT choice_id, COUNT(*) AS votes FROM vote WHERE question_id = ? AND voter <= ? GROUP BY choice_id',
      those
    )
    for (const { choice_id, votes } of counted)
      await tx.execute('UPDATE choice SET votes = votes - ? WHERE id = ?', [votes, choice_id])
    await tx.execute('DELETE FROM vote WHERE question_id = ? AND voter <= ?', those)
    const sql = 'UPDATE question SET voters = voters - ?, tally_version = tally_version + 1 WHERE id = ?'
    await tx.execute(sql, [voters.length, question])
    return voters.length < piece
  }

  async function clearAll() {
    const left = await db.select<{ id: number }>(
      'SELECT id FROM question WHERE delete_flag <> 0 AND voters > 0'
    )
    for (const { id } of left) {
      let done = false
      while (!done && !closing.signal.aborted) {
        done = await db.transaction(async tx => {
          await tx.fetchone(`SELECT id FROM question WHERE id = ? ${forUpdate}`, [id])
          return clear(tx, id)
        })
      }
    }
  }

  async function run() {
    while (wanted && !closing.signal.aborted) {
      wanted = false
      try {
        await clearAll()
      } catch (error) {
        wanted = true
        failed(error)
        await delay(pause, undefined, { signal: closing.signal }).catch(() => {})
      }
    }
    running = undefined
  }

  return {
    /** Removes a question whose row is locked, with its first ballots. False: the caller sweeps after COMMIT. */
    async remove(tx: Queries, question: number, flag: number): Promise<boolean> {
      const sql = `UPDATE question SET delete_flag = ?, tally_version = tally_version + 1, removed_time = ${now} WHERE id = ?`
      await tx.execute(sql, [flag, question])
      return clear(tx, question)
    },

    /** Deletes what is left of all removed polls, also of those whose process is gone. Any number of processes may. */
    sweep(): Promise<void> {
      wanted = true
      running ??= run()
      return running
    },

    /** Stops between two pieces; the next start goes on. */
    async close() {
      closing.abort()
      await running
    }
  }
}
