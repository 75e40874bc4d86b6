/**
 * Scores from 0 to 5. The option with the most points wins. The two best also meet in a runoff, as
 * in STAR voting: how many ballots score one higher than the other. The rules and their sources are
 * in docs/counting.md.
 */

/** `counts[value]`: ballots that gave the option this value. */
export interface Histogram {
  id: number
  counts: readonly number[]
}

export interface Scored {
  id: number
  points: number
  /** Ballots that scored the option. A blank gives no points. */
  n: number
  /** Null without a score. */
  mean: number | null
  median: number | null
  /** Standard deviation of the given scores. */
  spread: number | null
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, value) => total + value, 0)

/** Returns the score at a place of the sorted scores, from 0. */
function scoreAt(counts: readonly number[], place: number): number {
  let seen = 0
  return counts.findIndex(count => (seen += count) > place)
}

/**
 * Summarizes the scores of one option. An even number of scores has the mean of the middle two as
 * median.
 */
export function summarizeScores({ id, counts }: Histogram): Scored {
  const n = sum(counts)
  const points = sum(counts.map((count, value) => count * value))
  if (n === 0) return { id, points, n, mean: null, median: null, spread: null }
  const mean = points / n
  const squares = sum(counts.map((count, value) => count * (value - mean) ** 2))
  const middle = [scoreAt(counts, (n - 1) >> 1), scoreAt(counts, n >> 1)]
  return { id, points, n, mean, median: sum(middle) / 2, spread: Math.sqrt(squares / n) }
}

/**
 * Returns the two options of the runoff: the two with the most points, of equal ones in the order
 * of the poll. Null unless two have points, and more than all others.
 */
export function finalistsOf(scored: readonly Scored[]): [number, number] | null {
  const [first, second, third] = scored.toSorted((a, b) => b.points - a.points)
  if (!first || !second || second.points === 0 || second.points === third?.points) return null
  return [first.id, second.id]
}
