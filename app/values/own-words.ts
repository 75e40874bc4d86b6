/** Passwords made of the site's name and the user's own data, which attackers try first. */

/** Letters without accents and case, in one form. */
const fold = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')

/** The words in it, and numbers long enough to be called, each also without a country's code. */
function wordsOf(text: string): string[] {
  const numbers = text.match(/\d{7,}/g) ?? []
  const called = numbers.flatMap(number => [0, 1, 2, 3].map(code => number.slice(code)))
  return [
    ...text.split(/\P{L}+/u).filter(word => word.length > 1),
    ...called.filter(part => part.length >= 7)
  ]
}

/** Whether a password is nothing but words of these texts, whatever digits and marks stand beside them. */
export function isMadeOf(texts: readonly string[], password: string): boolean {
  const words = texts.flatMap(text => wordsOf(fold(text))).toSorted((a, b) => b.length - a.length)
  const folded = fold(password)
  const rest = words.reduce((left, word) => left.replaceAll(word, ' '), folded)
  return rest !== folded && !/\p{L}/u.test(rest)
}
