/** The key of an account at sign-in: its e-mail address or phone number, in canonical form. */
import { canonicalEmail } from './email.ts'
import { toE164 } from './phone.ts'
import { withoutAround } from './list.ts'

export interface AccountKey {
  /** The column of the table `user` in which it is stored. Both are unique. */
  kind: 'email' | 'phone'
  value: string
}

/** Parses a text as e-mail address or phone number. Returns undefined if it is neither. */
export function parseAccountKey(text: string, homeRegion: string): AccountKey | undefined {
  if (/[@\uff20]/.test(text)) return { kind: 'email', value: canonicalEmail(withoutAround(text)) }
  const value = toE164(text, homeRegion)
  return value === undefined ? undefined : { kind: 'phone', value }
}
