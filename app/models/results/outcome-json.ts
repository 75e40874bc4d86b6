/** The outcome of a poll as JSON and as columns of a CSV. Its schema is `Results`. */
import type { Outcome } from './outcome.ts'
import type { Question } from '../polls/question-row.ts'

/** Returns the fields of a result that are about the whole poll. */
export function outcomeJson({ outcome, count_method }: Question) {
  if (!outcome) return {}
  const { winners } = outcome
  if (outcome.kind === 'score') return { winners, runoff: outcome.runoff }
  if (outcome.kind !== 'ranked') return { winners }
  const { rounds, duels, order } = outcome
  return { winners, ...(count_method === 'irv' && { rounds }), duels, order }
}

function fieldsOf(outcome: Outcome, id: number) {
  switch (outcome.kind) {
    case 'answers': {
      const { yes, if_needed, no } = outcome.options.find(option => option.id === id)!
      return { yes, if_needed, no }
    }
    case 'score': {
      const option = outcome.options.find(one => one.id === id)!
      const { points, n, mean, median, spread, histogram } = option
      return { points, n, mean, median, spread, histogram }
    }
    case 'dots':
      return { points: outcome.options.find(option => option.id === id)!.points }
    case 'ranked': {
      const { firsts, duelsWon } = outcome.options.find(option => option.id === id)!
      return { firsts, duels_won: duelsWon }
    }
  }
}

/** Returns the fields of a result that are about one option. */
export const optionJson = ({ outcome }: Question, id: number) => (outcome ? fieldsOf(outcome, id) : {})
