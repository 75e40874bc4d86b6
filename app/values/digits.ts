/** Numbers and codes as people type and copy them: in digits of several scripts, with marks that show nothing. */
import { dropInvisible } from './text.ts'

/** Digits that have no compatibility form in ASCII. */
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu

/** Returns the value of a digit: in every script the digits follow each other from 0 to 9. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0)!
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((code - first) % 10)
}

/** Returns a text with digits of ASCII, in its compatibility form and without what shows nothing. */
export const plainDigits = (text: string): string =>
  dropInvisible(text).normalize('NFKC').replace(OTHER_DIGIT, valueOf)

/** Returns a code as it is compared: without spaces, dashes and full stops between its characters. */
export const plainCode = (text: string): string => plainDigits(text).replaceAll(/[\s\p{Pd}.]/gu, '')

/** Reads a whole number of at most nine digits; NaN if the text is none. */
export function readNumber(text: string): number {
  const plain = plainDigits(text).trim()
  return /^[0-9]{1,9}$/.test(plain) ? Number(plain) : Number.NaN
}
