/** The key of an account at sign-in: its e-mail address or phone number, in canonical form. */
import { canonicalEmail } from './email.ts'
import { toE164 } from './phone.ts'
import { SEPARATORS } from './list.ts'
import { dropInvisibleAround } from './text.ts'

export interface AccountKey {
  kind: 'email' | 'phone'
  value: string
}

const BETWEEN = String.raw`[\s${SEPARATORS}]`
const TRAILING = new RegExp(`(?<!${BETWEEN})${BETWEEN}+$`, 'u')

/** Takes what stands in angle brackets or quotes, without the separators that follow an address in a list. */
const withoutAround = (text: string) =>
  dropInvisibleAround(text)
    .replace(TRAILING, '')
    .replace(/^[^<>]*<([^<>]*)>$/, '$1')
    .replace(/^\s*(["'])(.*)\1$/, '$2')
    .replace(/^\s*[“„«](.*)[”“»]$/, '$1')

/** Parses a text as e-mail address or phone number. Returns undefined if it is neither. */
export function parseAccountKey(text: string, homeRegion: string): AccountKey | undefined {
  if (/[@\uff20]/.test(text)) return { kind: 'email', value: canonicalEmail(withoutAround(text)) }
  const value = toE164(text, homeRegion)
  return value === undefined ? undefined : { kind: 'phone', value }
}
