/** Detects passwords made of the site's name and the user's own data. Attackers try these first. */
import { searchForm } from './text.ts'

/**
 * Lists the words of a text and its phone numbers, each with and without a country code of 1 to 3
 * digits.
 */
function wordsOf(text: string): string[] {
  const numbers = text.match(/\d{7,}/g) ?? []
  const phoneNumbers = numbers.flatMap(number => [0, 1, 2, 3].map(code => number.slice(code)))
  return [
    ...text.split(/\P{L}+/u).filter(word => word.length > 1),
    ...phoneNumbers.filter(number => number.length >= 7)
  ]
}

/**
 * Tells whether a password consists of words of these texts and otherwise only of digits and
 * punctuation.
 */
export function isMadeOf(texts: readonly string[], password: string): boolean {
  const words = texts.flatMap(text => wordsOf(searchForm(text))).toSorted((a, b) => b.length - a.length)
  const folded = searchForm(password)
  const rest = words.reduce((left, word) => left.replaceAll(word, ' '), folded)
  return rest !== folded && !/\p{L}/u.test(rest)
}
