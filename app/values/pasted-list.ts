/** Lists as they are pasted from word processors, spreadsheets and chats. static/js/new.js does the same in the browser. */

/** Line breaks of every kind: soft ones of word processors (U+000B) and Unicode's separators too. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
const BULLET = /^\s*(?:[-*+–—•‣◦▪▫●○■□·]|\[[ xX]?\])\s+/u
const NUMBER = /^\s*\(?(\d{1,3}|[a-z])[.):]\s+/iu

/** Tells whether the lines are numbered one after the other, from 1 or a. */
function areNumbered(lines: readonly string[]): boolean {
  return lines.every((line, n) => {
    const mark = NUMBER.exec(line)?.[1]?.toLowerCase()
    return mark === String(n + 1) || mark === String.fromCodePoint(97 + n)
  })
}

/**
 * Returns the lines of a pasted text that are not empty. Marks at their beginning (bullets, numbers) are removed if every
 * line has one: a single "1. FC Köln" is a name.
 */
export function pastedLines(text: string): string[] {
  const lines = text.split(LINE_BREAK).filter(line => line.trim() !== '')
  if (lines.length < 2) return lines
  if (lines.every(line => BULLET.test(line))) return lines.map(line => line.replace(BULLET, ''))
  return areNumbered(lines) ? lines.map(line => line.replace(NUMBER, '')) : lines
}
