/**
 * Ranked ballots as they are counted: equal rankings together, and the slices in which they are
 * read.
 */
import { setImmediate as turn } from 'node:timers/promises'

/**
 * Ballots with the same ranking. `ranks`: the options of each rank, best first; `votes`: how many
 * ballots. Options that a ranking does not name share the rank after the last.
 */
export interface Ranking {
  ranks: readonly (readonly number[])[]
  votes: number
}

/**
 * A count that pauses every `SLICE` rankings, so that its caller decides what happens in between.
 * Returns the result.
 */
export type Count<Result> = Generator<void, Result>

/** Rankings between two pauses: about a millisecond of work with 20 options. */
const SLICE = 250

/** Iterates over rankings, or what they are made of, with a pause after each slice. */
export function* inSlices<T>(rankings: readonly T[], read: (ranking: T) => void): Count<void> {
  for (const [n, ranking] of rankings.entries()) {
    read(ranking)
    if (n % SLICE === SLICE - 1) yield
  }
}

/** Longest run of a count before the event loop has its turn. */
const MAX_BLOCKED_MS = 5

/** Completes a count and lets the event loop run every few milliseconds. */
export async function countInTurns<Result>(count: Count<Result>): Promise<Result> {
  for (let startedAt = performance.now(); ; ) {
    const { done, value } = count.next()
    if (done) return value
    if (performance.now() - startedAt < MAX_BLOCKED_MS) continue
    await turn()
    startedAt = performance.now()
  }
}
