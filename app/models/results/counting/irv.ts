/**
 * Instant-runoff voting. Every ballot counts for its best option that is still in. While no option
 * has more than half of the ballots that count, the one with the fewest is eliminated, and its
 * ballots go to their next option. The rules and their sources are in docs/counting.md.
 */
import { type Count, inSlices, type Ranking } from './ranking.ts'

export interface Round {
  /**
   * The options that are still in, in the order of the poll, with the ballots that count for each.
   */
  tally: Array<{ id: number; votes: number }>
  /** The eliminated option; empty in the last round. */
  eliminated: number[]
  /** Ballots that name none of the options that are still in. */
  exhausted: number
  /**
   * The elimination was decided by the rule for ties; in the last round: the last two are equal.
   */
  tie: boolean
}

interface Runoff {
  rounds: Round[]
  /** None without a ballot, two if the last two are equal. */
  winners: number[]
}

/**
 * Returns the option that a ranking counts for, or undefined if it is exhausted. A rank that
 * several remaining options share does not say which, and exhausts the ranking.
 */
function bestOf({ ranks }: Ranking, remaining: ReadonlySet<number>): number | undefined {
  // Without an array for each rank: a count of thousands of rankings would keep the garbage
  // collector busy.
  for (const rank of ranks) {
    let best: number | undefined
    for (const id of rank) {
      if (!remaining.has(id)) continue
      if (best !== undefined) return undefined
      best = id
    }
    if (best !== undefined) return best
  }
  return undefined
}

/**
 * Returns the option to eliminate: the fewest votes, then the fewest in the latest earlier round
 * that differs, then the option that is listed last.
 */
function weakest(rounds: ReadonlyArray<Map<number, number>>): { id: number; tie: boolean } {
  let last = [...rounds.at(-1)!.keys()]
  let isTie = false
  for (const votes of rounds.toReversed()) {
    const fewest = Math.min(...last.map(id => votes.get(id)!))
    last = last.filter(id => votes.get(id) === fewest)
    if (last.length === 1) break
    isTie = true
  }
  return { id: last.at(-1)!, tie: isTie }
}

/** Counts the rounds. `options`: the ids in the order of the poll, which decides the last ties. */
export function* runoff(options: readonly number[], rankings: readonly Ranking[]): Count<Runoff> {
  const remaining = new Set(options)
  const rounds: Round[] = []
  const earlier: Array<Map<number, number>> = []
  for (;;) {
    const votes = new Map([...remaining].map(id => [id, 0]))
    let exhausted = 0
    yield* inSlices(rankings, ranking => {
      const best = bestOf(ranking, remaining)
      if (best === undefined) exhausted += ranking.votes
      else votes.set(best, votes.get(best)! + ranking.votes)
    })
    const tally = Array.from(votes, ([id, count]) => ({ id, votes: count }))
    const continuing = tally.reduce((sum, { votes: count }) => sum + count, 0)
    if (continuing === 0) return { rounds, winners: [] }
    const maxVotes = Math.max(...votes.values())
    const leaders = tally.filter(({ votes: count }) => count === maxVotes).map(({ id }) => id)
    const isLastTie = remaining.size === 2 && leaders.length === 2
    if (maxVotes * 2 > continuing || isLastTie) {
      rounds.push({ tally, eliminated: [], exhausted, tie: isLastTie })
      return { rounds, winners: leaders }
    }
    earlier.push(votes)
    const { id, tie } = weakest(earlier)
    rounds.push({ tally, eliminated: [id], exhausted, tie })
    remaining.delete(id)
  }
}
