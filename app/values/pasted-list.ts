/** Lists as they are pasted from word processors, spreadsheets and chats. static/js/new.js does the same in the browser. */

/** Line breaks of every kind: soft ones of word processors (U+000B) and Unicode's separators too. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/
/** The private characters are bullets of word processors, in the fonts Symbol and Wingdings. */
const BULLET = /^\s*(?:[-*+–—•‣◦▪▫●○■□·☐☑☒✓✔➢►◆\uF076\uF0A7\uF0B7\uF0D8\uF0FC]|\[[ xX]?\])\s+/u
/** 1. 1) (1) a. 1、 ① or 一、 */
const NUMBER =
  /^\s*(?:[(（]?(\d{1,3}|[a-z])(?:[.):]\s+|[、．）]\s*)|([①-⑳])\s*|([一二三四五六七八九十]{1,2})、\s*)/iu
const DIGITS = '一二三四五六七八九'

/** Returns the marks that the line after `n` others can have in a numbered list. */
const marksOf = (n: number): Array<string | undefined> => [
  String(n + 1),
  String.fromCodePoint(97 + n),
  String.fromCodePoint(0x2460 + n),
  n < 9 ? DIGITS[n] : `十${DIGITS[n - 10] ?? ''}`
]

/** Tells whether the lines are numbered one after the other, from 1 or a. */
function areNumbered(lines: readonly string[]): boolean {
  return lines.every((line, n) => {
    const [, latin, circled, chinese] = NUMBER.exec(line) ?? []
    const mark = latin?.toLowerCase() ?? circled ?? chinese
    return mark !== undefined && marksOf(n).includes(mark)
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
