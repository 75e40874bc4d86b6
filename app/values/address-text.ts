/** E-mail addresses in a text: what is dropped from them, and what separates them from a name. */
import { INVISIBLE, NO_BREAK_SPACES } from './text.ts'

/** Joiners between letters that are not of ASCII. Some languages write them, also in domains. */
const JOINING = /(?<=[^\0-\x7f])[\u200c\u200d](?=[^\0-\x7f])/u
const JOINING_OR_INVISIBLE = new RegExp(`(${JOINING.source})|${INVISIBLE.source}`, 'gu')

/** No-break spaces beside the @ of an address. */
const BESIDE_AT = /[\u00a0\u2007\u202f](?=@)|(?<=@)[\u00a0\u2007\u202f]/g
/** An @ and the domain behind it. Read first: a lookbehind for it would run at every character. */
const BEHIND_AT = /@[^ @]+/g
/** No-break spaces beside the full stops of a domain. */
const BESIDE_STOP = /[\u00a0\u2007\u202f](?=\.)|(?<=\.)[\u00a0\u2007\u202f]/g

/**
 * Drops what shows nothing, like `dropInvisible`, except for joiners between letters, of which a
 * domain may have some. No-break spaces within an address are dropped, others become plain ones.
 */
export const dropInvisibleAround = (text: string): string =>
  text
    .replace(BESIDE_AT, '')
    .replace(BEHIND_AT, domain => domain.replace(BESIDE_STOP, ''))
    .replace(JOINING_OR_INVISIBLE, '$1')
    .replace(NO_BREAK_SPACES, ' ')

const VISIBLE = String.raw`[^\s@\p{Cf}\p{Default_Ignorable_Code_Point}]`
/** What shows nothing between two characters that are seen. Around an @ it separates nothing. */
const BETWEEN_VISIBLE = new RegExp(
  String.raw`(?<=(${VISIBLE}))[\p{Cf}\p{Default_Ignorable_Code_Point}]+(?=(${VISIBLE}))`,
  'gu'
)

/** Makes what shows nothing a space, except for a joiner between letters not of ASCII. */
export const splitAtInvisible = (text: string): string =>
  text.replace(BETWEEN_VISIBLE, (invisible: string, before: string, after: string) =>
    JOINING.test(before + invisible + after) && invisible.length === 1 ? invisible : ' '
  )
