/**
 * The options with the most: plurality, approval, points of a budget, and the answers of a date
 * poll.
 */
import { ANSWERS } from '../../../values/kinds.ts'

/**
 * Returns the ids of the best options, several if they are equal, none if no option has a vote.
 * `worth`: what counts, the most important first.
 */
export function bestBy<Option extends { id: number }>(
  options: readonly Option[],
  worth: (option: Option) => readonly number[]
): number[] {
  const compare = (a: Option, b: Option) => {
    const [left, right] = [worth(a), worth(b)]
    return left.map((value, n) => right[n]! - value).find(difference => difference !== 0) ?? 0
  }
  const best = options.toSorted(compare)[0]
  if (!best || worth(best).every(value => value === 0)) return []
  return options.filter(option => compare(option, best) === 0).map(({ id }) => id)
}

/** Most yes, then most yes and if-need-be together. `counts[value]`: answers with this value. */
export const bestAnswers = (options: ReadonlyArray<{ id: number; counts: readonly number[] }>) =>
  bestBy(options, ({ counts }) => [counts[ANSWERS.yes]!, counts[ANSWERS.yes]! + counts[ANSWERS.ifNeeded]!])
