/** The texts that searches look into: kept in a column, so that both engines find the same. */
import { displayEmail } from './email.ts'
import { searchForm } from './text.ts'

/** Characters, as the columns hold. A compatibility form can be much longer than what was typed. */
const MAX_QUESTION = 600
const MAX_USER = 1_000

/** Words of a search that are found one by one; those behind them are found as one text. */
const MAX_WORDS = 8

/**
 * Returns the words of a search, in the form of what it looks into. Empty where nothing can be
 * searched for.
 */
export function searchWords(q: string): string[] {
  const words = searchForm(q).split(' ').filter(Boolean)
  const rest = words.splice(MAX_WORDS - 1).join(' ')
  return rest === '' ? words : [...words, rest]
}

/** Returns what a search for polls looks into. */
export const questionSearchText = (text: string): string => searchForm(text).slice(0, MAX_QUESTION)

/** Returns what a search for accounts looks into. Numbers are searched in their own column. */
export const userSearchText = (name: string, email: string): string =>
  searchForm(`${name}\n${displayEmail(email)}\n${email}`).slice(0, MAX_USER)
