/** The outcome of a poll as JSON and as columns of a CSV. Its schema is `Results`. */
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

/** Returns the fields of a result that are about one option. */
export function optionJson({ outcome }: Question, id: number) {
  if (!outcome) return {}
  const { id: _id, ...fields } = outcome.options.find(option => option.id === id)!
  return fields
}
