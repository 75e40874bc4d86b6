/**
 * Lines of a voter list that may hold an e-mail address: `Ann`, `Ann <ann@example.org>`,
 * `ann@example.org`, or two columns.
 */
import { splitAtInvisible } from './address-text.ts'
import { SEPARATORS } from './list.ts'

/** Code points of a line: a name, an address and what stands around them. */
export const MAX_INVITEE_LINE = 320

/** What separates the addresses of a mail's To field, left behind the last one of a line. */
const TRAILING = new RegExp(String.raw`[\s\p{Cf}${SEPARATORS}]{1,8}$`, 'u')

const WORD = String.raw`[^\s@${SEPARATORS}:<>()"]+`
/**
 * An address in a table or a sentence: `ann@example.org`, `"ann@example.org"`, `(ann@example.org)`.
 */
const ADDRESS = String.raw`[<("]?((?:mailto:)?${WORD}@${WORD})[>)"]?`
/** Spaces and tabs beside each other: a run with a tab ends a column. */
const BLANKS = /[ \t]+/g
/** Between two columns. A space alone is none: `Ann ann@example.org` may be a slip. */
const NAME_FIRST = new RegExp(String.raw`^([^@]+?)(?: *[\t${SEPARATORS}]\s*| *(?=\())${ADDRESS}$`, 'u')
/** A comma behind an address is that of a list of addresses. */
const ADDRESS_FIRST = new RegExp(
  String.raw`^${ADDRESS}(?: *[\t;\u061b\uff1b]\s*| *(?=\())([^@\s][^@]*)$`,
  'u'
)

/** Returns a name without the quotes and brackets around its columns. */
const plainName = (name: string) =>
  name
    .replace(/(^|[,;\t])\s*"([^"]*)"\s*(?=$|[,;\t])/g, '$1$2')
    .replace(/^\(([^()]*)\)$/, '$1')
    .replaceAll('\t', ' ')
    .trim()

/** A person of a voter list. `email`: where the invitation is sent. */
export interface Invitee {
  name: string | null
  email: string | null
}

/**
 * Splits a line into its name and what is meant as an address. Undefined: it holds no address.
 * Outside angle brackets, what shows nothing may separate a name from the address: a space in its
 * place makes the address invalid.
 */
export function splitInvitee(line: string): { name: string; address: string } | undefined {
  const text = line
    .replaceAll('\uff20', '@')
    .replace(TRAILING, '')
    .trim()
    .replace(BLANKS, blanks => (blanks.includes('\t') ? '\t' : ' '))
  const [, before, inside] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? []
  if (before && inside !== undefined)
    return {
      name: before
        .replaceAll('\t', ' ')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
      address: inside.trim()
    }
  const [, name, address] = NAME_FIRST.exec(text) ?? []
  if (name && address) return { name: plainName(name), address: splitAtInvisible(address) }
  const [, first, behind] = ADDRESS_FIRST.exec(text) ?? []
  if (first && behind) return { name: plainName(behind), address: splitAtInvisible(first) }
  // `canonicalEmail` takes an address in brackets.
  const whole = inside === undefined ? splitAtInvisible(text) : text
  return /\S@\S/.test(text) ? { name: '', address: whole } : undefined
}
