/** Duels: for each two options, how many ballots rank one above the other. */
import { type Count, inSlices, type Ranking } from './ranking.ts'

export interface Duel {
  a: number
  b: number
  /** Ballots that rank `a` above `b`. */
  for_a: number
  /** Ballots that rank `b` above `a`. */
  for_b: number
}

/** Counts the duels of all pairs, in the order of the poll. Equal ranks prefer neither. */
export function* duelsOf(options: readonly number[], rankings: readonly Ranking[]): Count<Duel[]> {
  const size = options.length
  const indexOf = new Map(options.map((id, index) => [id, index]))
  const preferred = new Float64Array(size * size)
  const rankOf = new Int32Array(size)
  yield* inSlices(rankings, ({ ranks, votes }) => {
    rankOf.fill(ranks.length)
    for (const [rank, ids] of ranks.entries()) for (const id of ids) rankOf[indexOf.get(id)!] = rank
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) if (rankOf[a]! < rankOf[b]!) preferred[a * size + b]! += votes
  })
  return options.flatMap((a, i) =>
    options.slice(i + 1).map((b, n) => {
      const j = i + 1 + n
      return { a, b, for_a: preferred[i * size + j]!, for_b: preferred[j * size + i]! }
    })
  )
}

/** Returns how many duels each option wins. */
export function duelsWon(options: readonly number[], duels: readonly Duel[]): Map<number, number> {
  const wins = new Map(options.map(id => [id, 0]))
  for (const { a, b, for_a, for_b } of duels) {
    if (for_a === for_b) continue
    const winner = for_a > for_b ? a : b
    wins.set(winner, wins.get(winner)! + 1)
  }
  return wins
}

/** Returns the option that wins all its duels, or null. `wins`: of `duelsWon`. */
export function winnerOfAll(options: readonly number[], wins: ReadonlyMap<number, number>): number | null {
  return options.find(id => options.length > 1 && wins.get(id) === options.length - 1) ?? null
}
