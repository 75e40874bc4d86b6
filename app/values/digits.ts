/**
 * Numbers and codes as people type and copy them: in digits of several scripts, with marks that
 * show nothing.
 */
import { asciiDigits, dropInvisible } from './text.ts'

/**
 * Returns a text with digits of ASCII, in its compatibility form and without what shows nothing.
 */
export const plainDigits = (text: string): string => asciiDigits(dropInvisible(text).normalize('NFKC'))

/**
 * Returns a code as it is compared: without spaces, dashes and full stops between its characters,
 * and in lower case. No code has the letters o, i and l: they are digits that were read on paper.
 */
export const plainCode = (text: string): string =>
  plainDigits(text)
    .replaceAll(/[\s\p{Pd}.]/gu, '')
    .toLowerCase()
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')

/** The last part of the path of an address. */
const LAST_SEGMENT = /\/([^/?#]+)\/?(?:[?#].*)?$/s

/**
 * Returns a part of an address without its escapes, and its + as the space that browsers make of
 * it; a malformed one as it is.
 */
function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment.replaceAll('+', ' '))
  } catch {
    return segment
  }
}

/**
 * Returns the join code in a text or in the last part of an address, as `plainCode` does; empty: it
 * has none.
 */
export function plainJoinCode(text: string): string {
  const [, segment = text] = LAST_SEGMENT.exec(text.trim()) ?? []
  return /(?<![0-9a-z])[0-9]{6}(?![0-9a-z])/.exec(plainCode(unescaped(segment)))?.[0] ?? ''
}

/** A space between the thousands of a number, as spreadsheets write it. */
const THOUSANDS = /(?<=[0-9]) (?=[0-9]{3}(?:[^0-9]|$))/g

/** Reads a whole number of at most nine digits; NaN if the text is none. */
export function readNumber(text: string): number {
  const plain = plainDigits(text).trim().replace(THOUSANDS, '')
  return /^[0-9]{1,9}$/.test(plain) ? Number(plain) : Number.NaN
}
