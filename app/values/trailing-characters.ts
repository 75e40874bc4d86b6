/** What chats, mails and sentences leave behind the address of a page. */

/** What a sentence leaves behind an address, as it is or encoded. */
const PUNCTUATION = '/.,;:!?)]}>\'"*~`|=\\&'
/** What browsers encode. */
const ENCODED = [
  '\t\n\r \u00a0\u3000',
  '«»‹›„‘’“”–—…•',
  '\u060c\u061b\u061f\u06d4', // Arabic comma, semicolon, question mark and full stop
  '\u0964\u0965', // dandas
  '、。》」』】〉〕！），．：；？］｝｡',
  '\ufe0f', // an emoji's form
  // Soft hyphen, zero width, and the direction of a text.
  '\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff'
].join('')

const encoded = (character: string) => Buffer.from(character).toString('hex').replaceAll(/../g, '%$&')

/**
 * What a link in the source of a page has behind it: an entity, such as `&gt;`, or a tag and all
 * behind that.
 */
const MARKUP = [
  '(?:&|%26)(?:amp(?:;|%3b))?(?:[a-z]{2,8}|(?:#|%23)x?[\\da-f]{2,6})(?:;|%3b)',
  '(?:<|%3c|(?:&|%26)lt(?:;|%3b))(?:/|%2f)?[a-z].*'
]

/** What an address of a page does not end with, up to eight of it. */
export const TRAILING = new RegExp(
  `(?:${[...MARKUP, `[${PUNCTUATION.replaceAll(/[\]\\]/g, '\\$&')}]`, ...[...PUNCTUATION, ...ENCODED].map(encoded)].join('|')}){1,8}$`,
  'i'
)
