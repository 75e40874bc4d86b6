/**
 * A vote as pages show it: what a form holds, what a ballot says in words, and which options it
 * speaks for.
 */
import type { Catalogue } from '../../i18n/locales/en.ts'
import type { Question } from '../../models/polls/question-row.ts'
import { valueFields } from '../../schemas/vote.ts'
import { ANSWERS, ballotForm, type Kind, MAX_OPTIONS, MAX_SCORE } from '../../values/kinds.ts'
import { listOf } from '../../values/list.ts'
import type { OwnBallot } from './voter.ts'

/** What a form of a vote holds, valid or not. */
export interface Chosen {
  choices: readonly number[]
  /** What each option is given, as typed; in a ranked poll its rank. */
  values: Readonly<Record<string, string>>
  /** The name of a guest. */
  name?: string | undefined
  /** An option that the voter suggests. */
  suggestion?: string | undefined
}

const textOf = (value: unknown) => ([value].flat().at(-1) as string | number | undefined)?.toString() ?? ''

/** Returns what was sent in a form of a vote. */
export function chosenIn(typed: Record<string, unknown>): Chosen {
  const choices = [typed.choice].flat().slice(0, MAX_OPTIONS).map(Number)
  const values = listOf(typed.value)
  const listed = values.map((value, n) => [String(choices[n]), textOf(value)] as const)
  const fields = valueFields(typed).map(([id, value]) => [id, textOf(value)] as const)
  const texts = { name: textOf(typed.name), suggestion: textOf(typed.choice_text) }
  return { choices, values: Object.fromEntries([...listed, ...fields]), ...texts }
}

/** Returns what a form holds that shows a ballot. */
export function chosenOf(
  { kind }: Question,
  ballot: Pick<OwnBallot, 'choice' | 'value' | 'name'> | null
): Chosen {
  const value = ballot?.value
  const choice = ballot?.choice ?? []
  const values = ballotForm(kind) === 'ranking' ? choice.map((_, n) => n + 1) : (value ?? [])
  const byId = Object.fromEntries(values.map((one, n) => [choice[n]!, String(one)]))
  return { choices: choice, values: byId, name: ballot?.name }
}

/**
 * Returns what a form can show of a vote: in a ranked poll the ranks close up where a retired
 * option had one.
 */
export function showable({ kind, choices }: Question, chosen: Chosen): Chosen {
  if (ballotForm(kind) !== 'ranking') return chosen
  const gone = choices.filter(({ id, retired }) => retired && chosen.values[id])
  const lost = gone.map(({ id }) => Number(chosen.values[id]))
  if (lost.length === 0) return chosen
  const closedUp = (rank: string) =>
    /^\d+$/.test(rank) ? String(Number(rank) - lost.filter(one => one < Number(rank)).length) : rank
  const ranks = Object.entries(chosen.values).map(([id, rank]) => [id, closedUp(rank)])
  return { ...chosen, values: Object.fromEntries(ranks) }
}

/**
 * Tells whether a value speaks for an option: a score of 0 does, unlike a blank; the answer No and
 * 0 points do not.
 */
const speaksFor = (kind: Kind, value: string | number | undefined) =>
  kind === 'score' ? value !== '' : Number(value) !== 0

/** Returns the options that a ballot speaks for. */
export const spokenFor = (
  { kind }: Pick<Question, 'kind'>,
  { choice, value }: Pick<OwnBallot, 'choice' | 'value'>
): number[] => choice?.filter((_, n) => speaksFor(kind, value?.[n])) ?? []

/** Says what a ballot gives an option. */
export function worthOf(kind: Kind, value: string, t: Catalogue): string {
  if (kind !== 'answers') return value
  if (value === String(ANSWERS.no)) return t.kinds.no
  return value === String(ANSWERS.yes) ? t.kinds.yes : t.kinds.ifNeeded
}

/** Lists the options of a ballot with what it gives them, the best first in a ranked poll. */
export function inWords({ kind, choices }: Question, chosen: Chosen, t: Catalogue) {
  const form = ballotForm(kind)
  const shown = choices.filter(({ id }) => chosen.choices.includes(id) || chosen.values[id] !== undefined)
  if (form === 'choose') return shown
  if (form === 'ranking')
    return shown
      .toSorted((a, b) => Number(chosen.values[a.id]) - Number(chosen.values[b.id]))
      .map(({ id, choice_text }) => ({ choice_text: `${chosen.values[id]}. ${choice_text}` }))
  return shown
    .filter(({ id }) => speaksFor(kind, chosen.values[id]))
    .map(({ id, choice_text }) => ({
      choice_text: `${choice_text} (${worthOf(kind, chosen.values[id] ?? '', t)})`
    }))
}

/**
 * The scores that a ballot can give: a value, its label, and its name where the label has no words.
 */
export const scoreSteps = ({ kinds, number }: Catalogue) => [
  ['', '–', kinds.noScoreShort],
  ...Array.from({ length: MAX_SCORE + 1 }, (_, score) => [String(score), number(score)])
]

/** The answers that a ballot can give, as `scoreSteps`. */
export const answerSteps = ({ kinds }: Catalogue) => [
  [String(ANSWERS.yes), kinds.yes],
  [String(ANSWERS.ifNeeded), kinds.ifNeeded],
  [String(ANSWERS.no), kinds.no]
]
