/**
 * What a result shows of each option: for each kind its columns, the length of the bar, and the
 * order.
 */
import type { Catalogue } from '../../i18n/locales/en.ts'
import { MAX_SCORE } from '../../values/kinds.ts'
import { percentages, roundMean } from '../../values/shares.ts'
import { bestBy } from './counting/most.ts'
import type { AnswersOutcome, DotsOutcome, RankedOutcome, ScoreOutcome } from './outcome.ts'
import type { Choice, Question } from '../polls/question-row.ts'

/** One option. */
interface Measure {
  /** The more, the further up in a result that is ordered. */
  amount: number
  /** The option's part, as JSON has it. A page scales the bars of many options to the longest. */
  percent: number
  /** The columns after the option. */
  cells: (t: Catalogue) => string[]
  /** What is told below the option. */
  note: ((t: Catalogue) => string) | null
}

/** All options of a poll. */
export interface Measures {
  winners: readonly number[]
  columns: (t: Catalogue) => string[]
  /** Whether the last column is a share, which is understood without its name. */
  hasShares: boolean
  of: ReadonlyMap<number, Measure>
}

/** Stands where there is no number. */
const NONE = '–'

/** Measures options by the share of `whole` that each has. */
function measureAll<Option extends { id: number }>(
  options: readonly Option[],
  whole: number,
  shareOf: (option: Option) => number,
  measure: (option: Option, percent: number) => Omit<Measure, 'percent'>
): Measures['of'] {
  const percents = percentages(options.map(shareOf), whole)
  return new Map(
    options.map((option, n) => {
      const percent = percents[n]! // one for each option
      return [option.id, { percent, ...measure(option, percent) }]
    })
  )
}

function choose({ kind, voters }: Question, shown: readonly Choice[]): Measures {
  const votesOf = ({ votes }: Choice) => votes
  return {
    winners: bestBy(shown, choice => [votesOf(choice)]),
    columns: ({ result }) => [result.votes, kind === 'single' ? result.share : result.ofVoters],
    hasShares: true,
    of: measureAll(shown, voters, votesOf, ({ votes }, percent) => ({
      amount: votes,
      cells: t => [t.number(votes), voters > 0 ? t.percent(percent) : NONE],
      note: null
    }))
  }
}

function answers({ options, winners }: AnswersOutcome, voters: number): Measures {
  return {
    winners,
    columns: ({ kinds }) => [kinds.yes, kinds.ifNeeded, kinds.no],
    hasShares: false,
    of: measureAll(
      options,
      voters,
      ({ yes }) => yes,
      ({ yes, if_needed, no }) => ({
        amount: yes * (voters + 1) + if_needed,
        cells: t => [yes, if_needed, no].map(t.number),
        note: null
      })
    )
  }
}

function scores({ options, winners }: ScoreOutcome, voters: number): Measures {
  return {
    winners,
    columns: ({ kinds }) => [kinds.points, kinds.mean],
    hasShares: false,
    of: measureAll(
      options,
      voters * MAX_SCORE,
      ({ points }) => points,
      ({ n, points, mean, median, spread }) => ({
        amount: points,
        cells: t => [t.number(points), mean === null ? NONE : t.decimal(roundMean(mean, MAX_SCORE))],
        note: t => (n === 0 ? t.kinds.noScore : t.kinds.scored(n, t.decimal(median!), t.decimal(spread!)))
      })
    )
  }
}

function dots({ options, winners }: DotsOutcome): Measures {
  const all = options.reduce((sum, { points }) => sum + points, 0)
  return {
    winners,
    columns: ({ kinds, result }) => [kinds.points, result.share],
    hasShares: true,
    of: measureAll(
      options,
      all,
      ({ points }) => points,
      ({ points }, percent) => ({
        amount: points,
        cells: t => [t.number(points), all > 0 ? t.percent(percent) : NONE],
        note: null
      })
    )
  }
}

function ranked({ options, winners, order }: RankedOutcome, { voters, count_method }: Question): Measures {
  const placeOf = new Map(order.flatMap((ids, place) => ids.map(id => [id, place] as const)))
  const isByPairs = count_method === 'pairs'
  const behind = (id: number) => order.slice((placeOf.get(id) ?? 0) + 1).flat().length
  return {
    winners,
    columns: ({ kinds }) => [kinds.firsts, kinds.duelsWon],
    hasShares: false,
    of: measureAll(
      options,
      isByPairs ? options.length - 1 : voters,
      ({ id, firsts }) => (isByPairs ? behind(id) : firsts),
      ({ id, firsts, duels_won }) => ({
        amount: -(placeOf.get(id) ?? 0),
        cells: t => [firsts, duels_won].map(t.number),
        note: null
      })
    )
  }
}

/** Measures the options of a poll. `shown`: those that its result shows. */
export function measuresOf(question: Question, shown: readonly Choice[]): Measures {
  const { outcome, voters } = question
  switch (outcome?.kind) {
    case undefined:
      return choose(question, shown)
    case 'answers':
      return answers(outcome, voters)
    case 'score':
      return scores(outcome, voters)
    case 'dots':
      return dots(outcome)
    case 'ranked':
      return ranked(outcome, question)
  }
}
