/** Sentences that hold more than words: what people wrote, times, links. Catalogues place these, templates make them. */
import nunjucks from 'nunjucks'

/** Text that is markup already, and safe: templates print it as it is. */
export type Html = nunjucks.runtime.SafeString

/** Markup around words of a catalogue, a link for example. */
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
/** A piece as it may stand in a page; what is markup stays. */
export const escaped = (piece: Piece) =>
  piece instanceof SafeString ? piece.toString() : String(piece).replace(/[&"'<>]/g, sign => entities[sign]!)

/** The pieces behind each other. What is not markup is text, and escaped. */
export const joined = (pieces: readonly Piece[]): Html => new SafeString(pieces.map(escaped).join(''))

/** A sentence of a catalogue with pieces in it; its own words are text, too. */
export const say = (words: TemplateStringsArray, ...pieces: Piece[]): Html =>
  joined(words.flatMap((word, index) => (index < pieces.length ? [word, pieces[index]!] : [word])))

/** What a person wrote, with a direction of its own. */
export const bdi = (text: string): Html => new SafeString(`<bdi>${escaped(text)}</bdi>`)

/** The same, where it is what the sentence is about. */
export const strong = (text: string): Html => new SafeString(`<strong><bdi>${escaped(text)}</bdi></strong>`)

/** The hidden field that binds a form to the account of its page; nothing for a guest. */
export const ownerField = (owner: string): Html =>
  new SafeString(owner ? `<input type="hidden" name="owner" value="${escaped(owner)}">` : '')

/** A link to be, for the words that a sentence has for it. */
export const linkTo =
  (href: string): Around =>
  words =>
    new SafeString(`<a href="${escaped(href)}">${escaped(words)}</a>`)
