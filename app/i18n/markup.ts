/** Safe markup inside the sentences of a catalogue: texts of users, times and links. */
import nunjucks from 'nunjucks'

/** Escaped markup. Templates print it without escaping it again. */
export type Html = nunjucks.runtime.SafeString

/** Wraps words of a catalogue in markup, for example in a link. */
export type Around = (words: string) => Html

type Piece = Html | string | number

const { SafeString } = nunjucks.runtime
const entities: Record<string, string> = {
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;'
}
/** Escapes text for a page; markup stays as it is. */
export const escaped = (piece: Piece) =>
  piece instanceof SafeString ? piece.toString() : String(piece).replace(/[&"'<>]/g, sign => entities[sign]!)

/** Concatenates text, which is escaped, and markup. */
export const joined = (pieces: readonly Piece[]): Html => new SafeString(pieces.map(escaped).join(''))

/** Tags a template literal: escapes the literal's own words and every value that is not markup. */
export const say = (words: TemplateStringsArray, ...pieces: Piece[]): Html =>
  joined(words.flatMap((word, index) => (index < pieces.length ? [word, pieces[index]!] : [word])))

/** Isolates the writing direction of a user's text. */
export const bdi = (text: string): Html => new SafeString(`<bdi>${escaped(text)}</bdi>`)

/** Isolates a user's text like `bdi` and emphasises it. */
export const strong = (text: string): Html => new SafeString(`<strong><bdi>${escaped(text)}</bdi></strong>`)

/** Returns the hidden field that binds a form to the account of its page; empty for a guest. */
export const ownerField = (owner: string): Html =>
  new SafeString(owner ? `<input type="hidden" name="owner" value="${escaped(owner)}">` : '')

/**
 * What no address contains. Chinese and Japanese sentences go on behind their punctuation without a
 * space.
 */
const OUTSIDE = String.raw`\s<>"\p{Bidi_Control}\u200b\u2060\ufeff“”，。、；：！？（）「」『』【】《》〈〉`
/** Another address follows what separates it, or a word of a script without spaces. */
const NO_NEXT = String.raw`(?![,;|\P{ASCII}]https?:\/\/)`
const INSIDE = String.raw`${NO_NEXT}[^${OUTSIDE}]`
/**
 * A full-width bracket in a path belongs to the address behind a character that is not ASCII:
 * elsewhere a remark follows.
 */
const WIDE = String.raw`(?<=\P{ASCII})（(?:${INSIDE})*）`
/** The end of an address, without the punctuation that ends a sentence after it. */
const LAST = String.raw`${NO_NEXT}[^${OUTSIDE}.,;:!?'‘’«»)\]}*\x60…،؛؟۔।]`
const ADDRESS = new RegExp(
  String.raw`(?<![a-z\d])https?:\/\/(?:(?:${NO_NEXT}[^${OUTSIDE}\/])+\/(?:${INSIDE}|${WIDE})*(?:${LAST}|${WIDE})|(?:${INSIDE})*${LAST})`,
  'giu'
)
/**
 * The last label of a host has no letters behind those of ASCII: a Chinese, Japanese or Korean
 * sentence goes on there.
 */
const SENTENCE_IN_HOST = /^(https?:\/\/(?:[^/?#]*\.)?[a-z\d-]+(?::\d+)?)[^\0-\x7f][^./?#]*(?=[/?#]|$).*/is

/**
 * Returns an address without the sentence that goes on in its host, and without the underscores of
 * Markdown around it.
 */
const withoutText = (address: string, before = '') =>
  (before === '_' ? address.replace(/(?<!_)_+$/, '') : address).replace(SENTENCE_IN_HOST, '$1')

/**
 * A closing bracket belongs to an address that has its opening one:
 * https://en.wikipedia.org/wiki/Poll_(disambiguation)
 */
const OPENING: Record<string, string> = { ')': '(', ']': '[' }

/** Adds the bracket that follows an address, if the address has opened it. */
function closed(address: string, next = ''): string {
  const opening = OPENING[next]
  return opening && address.split(opening).length > address.split(next).length ? address + next : address
}

/** Makes the http and https addresses of a user's text links. */
export function withLinks(text: string): Html {
  const parts: Piece[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const bare = withoutText(found, text[index - 1])
    const address = closed(bare, text[index + bare.length])
    if (!URL.canParse(address)) continue
    const href = escaped(address)
    parts.push(text.slice(end, index))
    parts.push(new SafeString(`<a href="${href}" rel="nofollow ugc noopener">${href}</a>`))
    end = index + address.length
  }
  return joined([...parts, text.slice(end)])
}

/** Returns a function that makes its words a link to `href`. */
export const linkTo =
  (href: string): Around =>
  words =>
    new SafeString(`<a href="${escaped(href)}">${escaped(words)}</a>`)
