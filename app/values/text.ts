/** The forms of a text: what is dropped from it, how two texts are compared, and how one is cut. */

/** Characters without ink, which are typed or copied unnoticed: format characters, fillers. */
export const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
/** Spaces at which a line must not break. Telephone directories and word processors insert them. */
export const NO_BREAK_SPACES = /[\u00a0\u2007\u202f]/g
/** Isolates: our own sentences and pages put them around what people wrote. */
const ISOLATES = /[\u2066-\u2069]/g
/** A joiner between two pictures makes them one; tags make a black flag that of a region. */
const SHAPING =
  /(?<=[\p{Extended_Pictographic}\p{EMod}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=\u{1f3f4})[\u{e0020}-\u{e007e}]+\u{e007f}/u
const SHAPING_OR_INVISIBLE = new RegExp(`(${SHAPING.source})|${INVISIBLE.source}`, 'gu')
/** Characters whose compatibility form looks different: x² is not x2, ① is not 1, ½ is not 1/2. */
const DISTINCT = /[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218b\u2460-\u24ff]/
const COMPATIBLE = new RegExp(`${DISTINCT.source.replace('[', '[^')}+`, 'gu')
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Returns how many code points a text has: the unit of all limits. */
export const codePoints = (text: string): number => [...text].length

/** Tells whether a text shows anything. */
export const hasVisible = (text: string): boolean =>
  /[^\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)

/**
 * Drops what shows nothing from an e-mail address, a phone number or an account: it was copied
 * along. A no-break space becomes a plain one: dropped, it would join a name to an address.
 */
export const dropInvisible = (text: string): string =>
  text.replace(INVISIBLE, '').replace(NO_BREAK_SPACES, ' ')

/** Hyphens and dashes that word processors put in the place of a hyphen. */
export const plainHyphens = (text: string): string => text.replace(/[\u2010-\u2015\u2212]/g, '-')

/** Isolates the direction of a text from what stands around it, like <bdi>: U+2068 and U+2069. */
export const isolated = (text: string) => `\u2068${text}\u2069`

/** Drops the isolates that our own pages put around a text. Marks that shape the text stay. */
export const dropIsolates = (text: string): string => text.replace(ISOLATES, '')

/**
 * Drops a pair of embeddings or overrides that encloses a text, which contacts applications copy
 * along. Others stay, and are refused.
 */
export const dropEmbedding = (text: string): string =>
  text.replace(/^\s*[\u202a\u202b\u202d\u202e]([^\u202a-\u202e]*)\u202c\s*$/u, '$1')

/** Folds case by way of upper case, so that ß and ẞ are ss; a sigma has one form. */
const foldCase = (text: string) => text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')

/** Spaces of every kind, and the empty pattern of Braille, which shows nothing. */
const SPACES = /[\s\p{Z}\u2800]+/gu
/** Fillers of Hangul: like spaces, they show nothing and are as wide as a letter. */
const FILLERS = /[\u115f\u1160\u3164\uffa0]/g

/** Characters by the plain one that stands for them. */
type Plain = Readonly<Record<string, string>>

/** Returns a function that replaces characters by their plain ones. */
function replacer(tables: readonly Plain[]) {
  const entries = tables.flatMap(plain => Object.entries(plain))
  const plainOf = new Map(entries.flatMap(([plain, others]) => [...others].map(other => [other, plain])))
  const pattern = new RegExp(`[${[...plainOf.keys()].join('')}]`, 'gu')
  return (text: string) => text.replace(pattern, other => plainOf.get(other)!) // the characters of the pattern are its keys
}

/** What looks the same: hyphens, tildes of Japan, kaf and yeh of Persian and Arabic keyboards. */
const LOOK_ALIKES: Plain = {
  '-': '\u2010\u2011',
  '~': '\u301c\u223c',
  '\u0643': '\u06a9',
  '\u064a': '\u06cc'
}
const replaceLookAlikes = replacer([LOOK_ALIKES])

/**
 * Returns a form that is the same for texts that look the same: spaces, case, width of letters,
 * variation selectors and invisible characters make no difference, nor does a hyphen at which a
 * line must not break, or the keyboard of a letter. Accents, superscripts, a dotless i, joined
 * pictures and flags of regions do.
 */
export function visibleForm(text: string): string {
  const shown = text
    .replace(FILLERS, ' ')
    .replace(SHAPING_OR_INVISIBLE, (_all, shaping: string | undefined) => shaping ?? '')
  const compatible = shown.replace(COMPATIBLE, part => part.normalize('NFKC'))
  // A dotless i looks different from an i, though both have the same capital letter.
  const folded = compatible.replace(/[^ı]+/g, part => foldCase(part)).normalize('NFC')
  return replaceLookAlikes(folded).replace(SPACES, ' ').trim()
}

/** Digits that have no compatibility form in ASCII. */
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu

/** Returns the value of a digit: in every script the digits follow each other from 0 to 9. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0)!
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((code - first) % 10)
}

/** Writes the digits of every script in ASCII. */
export const asciiDigits = (text: string): string => text.replace(OTHER_DIGIT, valueOf)

/** Punctuation that keyboards and word processors write in several ways, also that of Hebrew. */
const PUNCTUATION: Plain = {
  "'": '\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u05f3`',
  '"': '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u05f4',
  '-': '\u2012\u2013\u2014\u2015\u2212\u05be'
}

/**
 * Letters with a stroke, a hook or a form of their own, which have no accent to drop, by their
 * plain form: Latin-ASCII of Unicode CLDR, as far as languages are written with them.
 */
const PLAIN_LETTERS: Plain = {
  a: 'ⱥ',
  ae: 'æ',
  b: 'ƀɓ',
  c: 'ƈȼ',
  d: 'ðđɖɗ',
  e: 'ɇɛ',
  f: 'ƒ',
  g: 'ǥɠ',
  h: 'ħ',
  i: 'ɨ',
  j: 'ɉ',
  k: 'ƙⱪ',
  l: 'łƚ',
  n: 'ŋɲ',
  o: 'ø',
  oe: 'œ',
  p: 'ƥ',
  q: 'ĸ',
  r: 'ɍ',
  t: 'ŧƭʈ',
  th: 'þ',
  u: 'ʉ',
  v: 'ʋ',
  y: 'ƴɏ',
  z: 'ƶȥ',
  '\u064a': '\u0649' // alef maksura, which Egypt and Persia write for yeh
}
const replaceUnplain = replacer([LOOK_ALIKES, PUNCTUATION, PLAIN_LETTERS])
/** Lines that make Arabic words longer. */
const TATWEEL = '\u0640'
const UNMARKED = new RegExp(`[\\p{M}${TATWEEL}]`, 'gu')

/**
 * Returns the form in which texts are searched: as `visibleForm`, and accents, strokes through
 * letters, compatibility forms, the script of digits and the kind of apostrophe, quotation mark or
 * dash make no difference.
 */
export function searchForm(text: string): string {
  const letters = foldCase(text.replace(FILLERS, ' ').normalize('NFKC'))
    .normalize('NFD')
    .replace(UNMARKED, '')
  return asciiDigits(replaceUnplain(letters))
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(SPACES, ' ')
    .trim()
}

/** Tells whether a text is no search form: former versions made fewer characters plain. */
export const isFormerSearchForm = (text: string): boolean => searchForm(text) !== text

/**
 * Returns at most `max` characters as a reader counts them, and `maxBytes` of UTF-8: an emoji or a
 * letter with its accent is never cut apart.
 */
export function cutText(text: string, max: number, maxBytes = Infinity): string {
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment).slice(0, max)
  while (Buffer.byteLength(graphemes.join('')) > maxBytes) graphemes.pop()
  return graphemes.join('')
}
