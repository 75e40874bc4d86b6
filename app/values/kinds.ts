/** The kinds of polls, and what each asks of a ballot. */

export const KINDS = ['single', 'multiple', 'answers', 'score', 'dots', 'ranked'] as const
export type Kind = (typeof KINDS)[number]

/** How rankings are counted; docs/counting.md has the rules. */
export const COUNT_METHODS = ['irv', 'pairs'] as const
export type CountMethod = (typeof COUNT_METHODS)[number]

/** `choose`: options alone. `values`: options with a number each. `ranking`: options in order. */
export type BallotForm = 'choose' | 'values' | 'ranking'

const FORMS: Record<Kind, BallotForm> = {
  single: 'choose',
  multiple: 'choose',
  answers: 'values',
  score: 'values',
  dots: 'values',
  ranked: 'ranking'
}

/** Returns the form of the ballots of a kind. */
export const ballotForm = (kind: Kind): BallotForm => FORMS[kind]

/** Options of a poll: as many as one can still read as one question. It bounds a ballot too. */
export const MAX_OPTIONS = 50
/** Options of a poll, retired ones included. */
export const MAX_OPTION_ROWS = 2 * MAX_OPTIONS

/** The highest score; the lowest is 0. */
export const MAX_SCORE = 5
/** Values of an answer. */
export const ANSWERS = { yes: 2, ifNeeded: 1, no: 0 } as const

/** A ranking decides among so many options at most: further ones cannot be compared with care. */
export const MAX_RANKED_OPTIONS = 20
export const MAX_RANKS = 10

export const MIN_BUDGET = 3
export const MAX_BUDGET = 100
export const DEFAULT_BUDGET = 10

interface Sized {
  kind: Kind
  budget: number | null
}

/** Returns the lowest and the highest value that a ballot may give an option. */
export function valueRange({ kind, budget }: Sized): readonly [least: number, most: number] {
  if (kind === 'dots') return [0, budget ?? 0]
  return kind === 'score' ? [0, MAX_SCORE] : [ANSWERS.no, ANSWERS.yes]
}

/**
 * Returns how many options a ballot names, least and most, where the kind says so; null for
 * `multiple`, where the organiser does.
 */
export function namedOptions(kind: Kind, options: number): readonly [least: number, most: number] | null {
  if (kind === 'multiple') return null
  if (kind === 'single') return [1, 1]
  if (kind === 'answers') return [options, options]
  return [1, kind === 'ranked' ? Math.min(options, MAX_RANKS) : options]
}

/**
 * How many options a ballot of `multiple` names at most. `max_fixed`: the organiser has set the
 * number.
 */
interface Maximum {
  max_choices: number
  max_fixed: boolean
}

/** Tells whether a ballot may name all options, however many there will be. */
export const mayNameAll = ({ max_choices, max_fixed }: Maximum, options: number): boolean =>
  !max_fixed && max_choices === options
