/** Options that voters suggest. */
import { ballotForm, type Kind } from './kinds.ts'

/** `review`: the organiser accepts an option before it can be chosen. */
export const SUGGESTION_MODES = ['off', 'review', 'on'] as const
export type SuggestionMode = (typeof SUGGESTION_MODES)[number]

/** Options that a voter suggests in a poll at most, refused ones included. */
export const MAX_SUGGESTIONS = 3

/**
 * Texts that wait for the organiser of a poll at most, each counted once, so that one page shows
 * all.
 */
export const MAX_WAITING = 100

/**
 * Whether options can be suggested: in the other kinds a ballot gives each option something, and
 * older ballots would lack one.
 */
export const takesSuggestions = (kind: Kind): boolean => ballotForm(kind) === 'choose'
