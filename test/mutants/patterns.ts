/**
 * Mutants of a regular expression: without an anchor, without a character of a class, with another
 * number of repeats.
 */

/** Splits a pattern into its tokens: an escape, a class, or a character. */
const TOKEN = /\\(?:u\{[\dA-F]+\}|u[\dA-F]{4}|x[\dA-F]{2}|[pP]\{\w+\}|.)|\[(?:\\.|[^\]\\])*\]|./giu
/** Splits what stands in a class: a range, an escape, or a character. */
const MEMBER =
  /(?:\\(?:u\{[\dA-F]+\}|u[\dA-F]{4}|x[\dA-F]{2}|[pP]\{\w+\}|.)|[^\\])(?:-(?:\\(?:u\{[\dA-F]+\}|u[\dA-F]{4}|x[\dA-F]{2}|.)|[^\\]))?/giu

/** Lists a class without each of its members, and negated the other way. */
function classMutations(token: string): string[] {
  const isNegated = token.startsWith('[^')
  const inner = token.slice(isNegated ? 2 : 1, -1)
  const members = inner.match(MEMBER) ?? []
  const others = members.map((_, index) => members.toSpliced(index, 1).join(''))
  const shorter = members.length > 1 ? others.map(text => `[${isNegated ? '^' : ''}${text}]`) : []
  return [...shorter, `[${isNegated ? '' : '^'}${inner}]`]
}

/** Lists what a token is replaced by. */
function tokenMutations(token: string): string[] {
  if (token === '^' || token === '$' || token === '\\b') return ['']
  if (token === '+' || token === '*') return ['']
  if (token.startsWith('[') && token.length > 2) return classMutations(token)
  if (/^\\[dDwWsSpP]/.test(token)) {
    const letter = token[1]!
    const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
    return [`\\${other}${token.slice(2)}`]
  }
  return []
}

const isValid = (pattern: string, flags: string) => {
  try {
    return Boolean(new RegExp(pattern, flags))
  } catch {
    return false
  }
}

/** Lists the mutants of a pattern as literals. */
export function patternMutations(pattern: string, flags: string): string[] {
  const tokens: string[] = pattern.match(TOKEN) ?? []
  return tokens
    .flatMap((token, index) => tokenMutations(token).map(text => tokens.with(index, text).join('')))
    .filter(mutant => mutant !== '' && isValid(mutant, flags))
    .map(mutant => `/${mutant}/${flags}`)
}
