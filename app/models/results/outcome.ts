/** The outcome of a poll whose ballots have values or ranks, made of its tally. Pure. */
import { ANSWERS, MAX_SCORE } from '../../values/kinds.ts'
import { type Duel, duelsOf, duelsWon, winnerOfAll } from './counting/duels.ts'
import { type Round, runoff } from './counting/irv.ts'
import { bestAnswers, bestBy } from './counting/most.ts'
import { rankedPairs, type Step } from './counting/pairs.ts'
import { type Count, inSlices, type Ranking } from './counting/ranking.ts'
import { type Scored, summarizeScores } from './counting/score.ts'
import type { ListedQuestion } from '../polls/question-row.ts'

/** A row of the table `tally`: ballots with this item. */
export interface ItemVotes {
  item: string
  votes: number
}

interface Answered {
  id: number
  yes: number
  if_needed: number
  no: number
}

interface Decided {
  /** Several if they are equal, none without a vote. */
  winners: number[]
}

export interface AnswersOutcome extends Decided {
  kind: 'answers'
  options: Answered[]
}

export interface ScoreOutcome extends Decided {
  kind: 'score'
  /** `histogram[value]`: ballots that gave the option this score. */
  options: Array<Scored & { histogram: readonly number[] }>
  /**
   * The duel of the two with the most points; null where no two have more than all others, or while
   * it is not counted.
   */
  runoff: Duel | null
}

export interface DotsOutcome extends Decided {
  kind: 'dots'
  options: Array<{ id: number; points: number }>
}

export interface RankedOutcome extends Decided {
  kind: 'ranked'
  /** Ballots that rank the option first. */
  options: Array<{ id: number; firsts: number; duels_won: number }>
  /** Only of `irv`. */
  rounds: Round[]
  duels: Duel[]
  /** Only of `pairs`, and only if no option wins all duels. */
  steps: Step[]
  /** The option that wins all its duels. */
  winnerOfDuels: number | null
  /** From best to worst; options in one place are equal. Empty without a vote. */
  order: number[][]
}

export type Outcome = AnswersOutcome | ScoreOutcome | DotsOutcome | RankedOutcome

/** Counts by value of each option. */
interface Counted {
  id: number
  counts: number[]
}

function countsOf(ids: readonly number[], items: readonly ItemVotes[], maxValue: number): Counted[] {
  const byId = new Map(ids.map(id => [id, Array.from({ length: maxValue + 1 }, () => 0)]))
  for (const { item, votes } of items) {
    const [id, value] = item.split('=').map(Number) as [number, number]
    const counts = byId.get(id)
    if (counts) counts[value] = votes
  }
  return Array.from(byId, ([id, counts]) => ({ id, counts }))
}

function answersOf(counted: Counted[]): AnswersOutcome {
  const options = counted.map(({ id, counts }) => ({
    id,
    yes: counts[ANSWERS.yes]!,
    if_needed: counts[ANSWERS.ifNeeded]!,
    no: counts[ANSWERS.no]!
  }))
  return { kind: 'answers', winners: bestAnswers(counted), options }
}

function scoresOf(counted: Counted[]): ScoreOutcome {
  const options = counted.map(({ id, counts }) => ({ ...summarizeScores({ id, counts }), histogram: counts }))
  return { kind: 'score', winners: bestBy(options, ({ points }) => [points]), options, runoff: null }
}

function dotsOf(counted: Counted[]): DotsOutcome {
  const options = counted.map(({ id, counts }) => ({
    id,
    points: counts.reduce((sum, votes, value) => sum + votes * value, 0)
  }))
  return { kind: 'dots', winners: bestBy(options, ({ points }) => [points]), options }
}

/**
 * Returns what makes a ranking of an item. All rankings share the array of an option: an array for
 * each rank would be tens of thousands for the garbage collector, which would block the event loop.
 */
function createToRanking(ids: readonly number[]) {
  const alone = new Map(ids.map(id => [String(id), [id]]))
  const rankOf = (id: string) => alone.get(id) ?? [Number(id)] // an option that was added since the question was read
  return ({ item, votes }: ItemVotes): Ranking => ({ ranks: item.slice(1).split('>').map(rankOf), votes })
}

/** Returns the places of the rounds: who was eliminated later stands before. */
function placesOf(rounds: readonly Round[]): number[][] {
  const last = rounds.at(-1)
  if (!last) return []
  const votes = [...new Set(last.tally.map(one => one.votes))].toSorted((a, b) => b - a)
  const left = votes.map(n => last.tally.filter(one => one.votes === n).map(({ id }) => id))
  const eliminated = rounds.flatMap(round => round.eliminated.map(id => [id]))
  return [...left, ...eliminated.toReversed()]
}

function* rankedOf(
  ids: readonly number[],
  items: readonly ItemVotes[],
  isByPairs: boolean
): Count<RankedOutcome> {
  const rankings: Ranking[] = []
  const firsts = new Map(ids.map(id => [id, 0]))
  const toRanking = createToRanking(ids)
  yield* inSlices(items, item => {
    const ranking = toRanking(item)
    const first = ranking.ranks[0]![0]!
    firsts.set(first, (firsts.get(first) ?? 0) + ranking.votes)
    rankings.push(ranking)
  })
  const duels = yield* duelsOf(ids, rankings)
  const wins = duelsWon(ids, duels)
  const winnerOfDuels = winnerOfAll(ids, wins)
  const options = ids.map(id => ({ id, firsts: firsts.get(id)!, duels_won: wins.get(id)! }))
  const common = { kind: 'ranked', options, duels, winnerOfDuels } as const
  if (isByPairs) {
    const { steps, order } = rankedPairs(ids, duels)
    const places = rankings.length > 0 ? order : []
    return {
      ...common,
      winners: places[0] ?? [],
      rounds: [],
      steps: winnerOfDuels === null ? steps : [],
      order: places
    }
  }
  const { rounds, winners } = yield* runoff(ids, rankings)
  return { ...common, winners, rounds, steps: [], order: placesOf(rounds) }
}

/** Counts the items of a poll whose ballots have values or ranks. `ids`: its options in order. */
export function* outcomeOf(
  { kind, count_method, budget }: Pick<ListedQuestion, 'kind' | 'count_method' | 'budget'>,
  ids: readonly number[],
  items: readonly ItemVotes[]
): Count<Outcome> {
  switch (kind) {
    case 'answers':
      return answersOf(countsOf(ids, items, ANSWERS.yes))
    case 'score':
      return scoresOf(countsOf(ids, items, MAX_SCORE))
    case 'dots':
      return dotsOf(countsOf(ids, items, budget!))
    default:
      return yield* rankedOf(ids, items, count_method === 'pairs')
  }
}

/** Returns how many ballots name each option. */
export function* namedIn(items: readonly ItemVotes[]): Count<Map<number, number>> {
  const named = new Map<number, number>()
  yield* inSlices(items, ({ item, votes }) => {
    const ids = item.startsWith('>') ? item.slice(1).split('>') : [item.slice(0, item.indexOf('='))]
    for (const id of ids) named.set(Number(id), (named.get(Number(id)) ?? 0) + votes)
  })
  return named
}
