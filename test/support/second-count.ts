/**
 * A second implementation of the counting methods, written from the rules in docs/counting.md
 * alone. It counts ballot by ballot and shares no code with app/. Slow and plain.
 */
import type { Election } from './elections.ts'

/** One ballot: the options in order of rank. */
type Ballot = number[]

const ballotsOf = ({ rankings }: Election): Ballot[] =>
  rankings.flatMap(({ ranks, votes }) => Array.from({ length: votes }, () => ranks.map(([id]) => id!)))

export function secondIrv(election: Election) {
  const ballots = ballotsOf(election)
  let remaining = [...election.options]
  const history: Array<Record<number, number>> = []
  const eliminated: number[] = []
  while (true) {
    const count: Record<number, number> = {}
    for (const id of remaining) count[id] = 0
    let continuing = 0
    for (const ballot of ballots) {
      const best = ballot.find(id => remaining.includes(id))
      if (best === undefined) continue
      count[best]!++
      continuing++
    }
    history.push(count)
    const finish = (winners: number[]) => ({
      winners,
      eliminated,
      tallies: history,
      exhausted: ballots.length - continuing
    })
    for (const id of remaining) if (count[id]! > continuing / 2) return finish([id])
    if (remaining.length === 2) return finish(remaining)
    // The fewest votes; equal: fewer votes in the latest earlier round; equal in all: listed later.
    const isWeaker = (a: number, b: number) => {
      for (let round = history.length - 1; round >= 0; round--) {
        const [left, right] = [history[round]![a]!, history[round]![b]!]
        if (left !== right) return left < right
      }
      return election.options.indexOf(a) > election.options.indexOf(b)
    }
    let out = remaining[0]!
    for (const id of remaining) if (isWeaker(id, out)) out = id
    eliminated.push(out)
    remaining = remaining.filter(id => id !== out)
  }
}

/** Ballots that rank `a` above `b`. What a ballot does not name is below what it names. */
export function secondPreferring(election: Election, a: number, b: number): number {
  return ballotsOf(election).filter(ballot => {
    const [left, right] = [ballot.indexOf(a), ballot.indexOf(b)]
    return left >= 0 && (right < 0 || left < right)
  }).length
}

export function secondPairs(election: Election): number[][] {
  const { options } = election
  const wins: Array<[winner: number, loser: number, votes: number, against: number]> = []
  for (const a of options)
    for (const b of options) {
      const [votes, against] = [secondPreferring(election, a, b), secondPreferring(election, b, a)]
      if (votes > against) wins.push([a, b, votes, against])
    }
  const above = new Set<string>()
  /** Is there a way from `a` down to `b` along these results? */
  const reaches = (edges: Set<string>, a: number, b: number, seen: number[] = []): boolean =>
    a === b ||
    options.some(
      next => !seen.includes(next) && edges.has(`${a}>${next}`) && reaches(edges, next, b, [...seen, a])
    )
  const strengths = [...new Set(wins.map(([, , votes, against]) => `${votes}:${against}`))]
  strengths.sort((left, right) => {
    const [a, b] = [left.split(':').map(Number), right.split(':').map(Number)]
    return b[0]! - a[0]! || a[1]! - b[1]!
  })
  for (const strength of strengths) {
    const group = wins.filter(([, , votes, against]) => `${votes}:${against}` === strength)
    const all = new Set([...above, ...group.map(([a, b]) => `${a}>${b}`)])
    for (const [a, b] of group) if (!reaches(all, b, a)) above.add(`${a}>${b}`)
  }
  const order: number[][] = []
  let left = [...options]
  while (left.length > 0) {
    const top = left.filter(b => !left.some(a => above.has(`${a}>${b}`)))
    order.push(top)
    left = left.filter(id => !top.includes(id))
  }
  return order
}
