/**
 * What a ballot says about options: which rules it breaks, the form in which it is stored, and what
 * it adds to the tally. Pure.
 */
import { messageKey } from '../../i18n/messages.ts'
import { ballotForm, type Kind, valueRange } from '../../values/kinds.ts'

/** The options of a ballot, in a ranked poll in order of rank, and the value that each is given. */
export interface Marks {
  readonly choices: readonly number[]
  readonly values?: readonly number[] | undefined
}

/** What a question asks of the values of ballots. */
interface ValueRules {
  kind: Kind
  budget: number | null
}

/** What a question asks of ballots. */
export interface MarkRules extends ValueRules {
  min_choices: number
  max_choices: number
  /** The choices that can be voted for. */
  choices: ReadonlySet<number>
}

function valueFault({ choices, values }: Marks, question: ValueRules): string | undefined {
  if (values?.length !== choices.length) return messageKey('valueEach')
  const [least, most] = valueRange(question)
  if (!values.every(value => value >= least && value <= most)) return messageKey('valueBetween', least, most)
  const { kind, budget } = question
  const spent = values.reduce((sum, value) => sum + value, 0)
  if (kind !== 'dots') return undefined
  return spent > budget!
    ? messageKey('pointsAtMost', budget!)
    : spent === 0
      ? messageKey('pointsAtLeast')
      : undefined
}

/** Ranks may be sent as values: then each from 1 on must be there once. */
function rankFault({ choices, values }: Marks): string | undefined {
  if (values === undefined) return undefined
  if (values.length !== choices.length) return messageKey('valueEach')
  if (new Set(values).size < values.length) return messageKey('rankOnce')
  return values.every(rank => rank >= 1 && rank <= choices.length) ? undefined : messageKey('rankSkipped')
}

const formFault = {
  choose: ({ values }: Marks) => (values === undefined ? undefined : messageKey('noValues')),
  values: valueFault,
  ranking: rankFault
}

/**
 * Returns the message key of what is wrong with the values of a ballot; undefined if nothing is. A
 * withdrawal has none.
 */
export const valuesFault = (marks: Marks, question: ValueRules): string | undefined =>
  marks.choices.length === 0 ? undefined : formFault[ballotForm(question.kind)](marks, question)

function countFault(n: number, { kind, min_choices: min, max_choices: max }: MarkRules): string | undefined {
  if (kind === 'ranked' && n > max) return messageKey('rankAtMost', max)
  if (n > max) return max === 1 ? messageKey('chooseOne') : messageKey('chooseAtMost', max)
  if (n >= min) return undefined
  return kind === 'answers' ? messageKey('answerAll') : messageKey('chooseAtLeast', min)
}

/** Returns the message key of what is wrong with a ballot; undefined if it can be counted. */
export function markFault(marks: Marks, question: MarkRules): string | undefined {
  const { choices } = marks
  if (new Set(choices).size < choices.length) return messageKey('chooseOnce')
  if (!choices.every(id => question.choices.has(id))) return messageKey('chooseOfThis')
  return countFault(choices.length, question) ?? valuesFault(marks, question)
}

const ascending = (choices: readonly number[]) =>
  choices.length > 1 ? choices.toSorted((a, b) => a - b) : choices

/**
 * Returns a ballot as it is stored: options ascending, except in a ranked poll, where their order
 * is the ranking. Two ballots that say the same become equal.
 */
export function toStored({ choices, values }: Marks, kind: Kind): Marks {
  const isRanking = ballotForm(kind) === 'ranking'
  if (values === undefined) return { choices: isRanking ? choices : ascending(choices) }
  const pairs = choices.map((choice, n) => ({ choice, value: values[n] ?? 0 }))
  if (isRanking) return { choices: pairs.toSorted((a, b) => a.value - b.value).map(({ choice }) => choice) }
  const sorted = pairs.toSorted((a, b) => a.choice - b.choice)
  return { choices: sorted.map(({ choice }) => choice), values: sorted.map(({ value }) => value) }
}

const areSame = (a: readonly number[] = [], b: readonly number[] = []) =>
  a.length === b.length && a.every((id, i) => id === b[i])

/** Tells whether two stored ballots say the same. */
export const saySame = (a: Marks, b: Marks) => areSame(a.choices, b.choices) && areSame(a.values, b.values)

/**
 * Returns the items of the table `tally` that a stored ballot counts for: `12=5` gives choice 12
 * the value 5, `>9>5` ranks 9 before 5. Choices without values are counted in `choice.votes` alone.
 */
export function itemsOf({ choices, values }: Marks, kind: Kind): string[] {
  if (values) return choices.map((choice, n) => `${choice}=${values[n]}`)
  return ballotForm(kind) === 'ranking' ? [choices.map(choice => `>${choice}`).join('')] : []
}
