/** What a result shows of each option: for each kind its columns, the length of the bar, and the order. */
import type { Catalogue } from '../../i18n/locales/en.ts'
import { MAX_SCORE } from '../../values/kinds.ts'
import { percentages } from '../../values/shares.ts'
import { bestBy } from './counting/most.ts'
import type { AnswersOutcome, DotsOutcome, RankedOutcome, ScoreOutcome } from './outcome.ts'
import type { Choice, Question } from '../polls/question-row.ts'

/** One option. */
interface Measure {
  /** The more, the further up in a result that is ordered. */
  amount: number
  /** Length of the bar, and the share in lists and JSON; percent. */
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
  of: ReadonlyMap<number, Measure>
}

/** Stands where there is no number. */
const NONE = '–'

function choose({ kind, voters }: Question, shown: readonly Choice[]): Measures {
  const percents = percentages(
    shown.map(({ votes }) => votes),
    voters
  )
  const measure = ({ votes }: Choice, percent: number): Measure => ({
    amount: votes,
    percent,
    cells: t => [t.number(votes), voters > 0 ? t.percent(percent) : NONE],
    note: null
  })
  return {
    winners: bestBy(shown, ({ votes }) => [votes]),
    columns: ({ result }) => [result.votes, kind === 'single' ? result.share : result.ofVoters],
    of: new Map(shown.map((choice, n) => [choice.id, measure(choice, percents[n]!)]))
  }
}

function answers({ options, winners }: AnswersOutcome, voters: number): Measures {
  const percents = percentages(
    options.map(({ yes }) => yes),
    voters
  )
  const measure = (option: AnswersOutcome['options'][number], percent: number): Measure => ({
    amount: option.yes * (voters + 1) + option.if_needed,
    percent,
    cells: t => [option.yes, option.if_needed, option.no].map(t.number),
    note: null
  })
  return {
    winners,
    columns: ({ kinds }) => [kinds.yes, kinds.ifNeeded, kinds.no],
    of: new Map(options.map((option, n) => [option.id, measure(option, percents[n]!)]))
  }
}

function scores({ options, winners }: ScoreOutcome, voters: number): Measures {
  const percents = percentages(
    options.map(({ points }) => points),
    voters * MAX_SCORE
  )
  const measure = (option: ScoreOutcome['options'][number], percent: number): Measure => ({
    amount: option.points,
    percent,
    cells: t => [t.number(option.points), option.mean === null ? NONE : t.decimal(option.mean)],
    note: t =>
      option.n === 0
        ? t.kinds.noScore
        : t.kinds.scored(option.n, t.decimal(option.median!), t.decimal(option.spread!))
  })
  return {
    winners,
    columns: ({ kinds }) => [kinds.points, kinds.mean],
    of: new Map(options.map((option, n) => [option.id, measure(option, percents[n]!)]))
  }
}

function dots({ options, winners }: DotsOutcome): Measures {
  const all = options.reduce((sum, { points }) => sum + points, 0)
  const percents = percentages(
    options.map(({ points }) => points),
    all
  )
  const measure = (points: number, percent: number): Measure => ({
    amount: points,
    percent,
    cells: t => [t.number(points), all > 0 ? t.percent(percent) : NONE],
    note: null
  })
  return {
    winners,
    columns: ({ kinds, result }) => [kinds.points, result.share],
    of: new Map(options.map(({ id, points }, n) => [id, measure(points, percents[n]!)]))
  }
}

function ranked({ options, winners, order }: RankedOutcome, voters: number): Measures {
  const percents = percentages(
    options.map(({ firsts }) => firsts),
    voters
  )
  const placeOf = new Map(order.flatMap((ids, place) => ids.map(id => [id, place] as const)))
  const measure = (option: RankedOutcome['options'][number], percent: number): Measure => ({
    amount: -(placeOf.get(option.id) ?? 0),
    percent,
    cells: t => [option.firsts, option.duelsWon].map(t.number),
    note: null
  })
  return {
    winners,
    columns: ({ kinds }) => [kinds.firsts, kinds.duelsWon],
    of: new Map(options.map((option, n) => [option.id, measure(option, percents[n]!)]))
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
      return ranked(outcome, voters)
  }
}
