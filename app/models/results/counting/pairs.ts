/**
 * Ranked Pairs with winning votes (Tideman 1987, variant of Zavist and Tideman 1989 without a
 * random ballot). The duels are taken from the strongest to the weakest. Each result holds unless
 * it contradicts stronger results, that is, would close a circle with them. The rules and their
 * sources are in docs/counting.md.
 */
import type { Duel } from './duels.ts'

export interface Step {
  winner: number
  loser: number
  votes: number
  against: number
  /** False if the result would close a circle. */
  holds: boolean
}

interface RankedPairs {
  /** The won duels, from the strongest to the weakest. */
  steps: Step[]
  /** All options from best to worst. Options in one place are equal. */
  order: number[][]
}

type Won = Omit<Step, 'holds'>
type Graph = Map<number, Set<number>>

/** Most votes first, then fewest against. */
const byStrength = (a: Won, b: Won) => b.votes - a.votes || a.against - b.against

function wonDuels(duels: readonly Duel[]): Won[] {
  return duels
    .filter(({ for_a, for_b }) => for_a !== for_b)
    .map(({ a, b, for_a, for_b }) =>
      for_a > for_b
        ? { winner: a, loser: b, votes: for_a, against: for_b }
        : { winner: b, loser: a, votes: for_b, against: for_a }
    )
    .toSorted(byStrength)
}

/** Tells whether the graph leads from one option to another. */
function leads(graph: Graph, from: number, to: number): boolean {
  const seen = new Set([from])
  for (const id of seen) {
    if (id === to) return true
    for (const next of graph.get(id)!) seen.add(next)
  }
  return false
}

/** Takes away, again and again, the options that no other remaining option is above. */
function placesOf(options: readonly number[], graph: Graph): number[][] {
  const places: number[][] = []
  for (let left = [...options]; left.length > 0; ) {
    const beaten = new Set(left.flatMap(id => [...graph.get(id)!]))
    const top = left.filter(id => !beaten.has(id))
    places.push(top)
    left = left.filter(id => beaten.has(id))
  }
  return places
}

/**
 * Orders the options. Results of equal strength are taken together: those that would close a circle
 * with stronger ones or with each other do not hold, so the order of the poll decides nothing.
 */
export function rankedPairs(options: readonly number[], duels: readonly Duel[]): RankedPairs {
  const graph: Graph = new Map(options.map(id => [id, new Set()]))
  const steps: Step[] = []
  const won = wonDuels(duels)
  for (let first = 0; first < won.length; ) {
    const equal = won.slice(first).filter(duel => byStrength(duel, won[first]!) === 0)
    const tried: Graph = new Map(Array.from(graph, ([id, losers]) => [id, new Set(losers)]))
    for (const { winner, loser } of equal) tried.get(winner)!.add(loser)
    const judged = equal.map(duel => ({ ...duel, holds: !leads(tried, duel.loser, duel.winner) }))
    for (const { winner, loser, holds } of judged) if (holds) graph.get(winner)!.add(loser)
    steps.push(...judged)
    first += equal.length
  }
  return { steps, order: placesOf(options, graph) }
}
