/** Phone numbers: typed in many ways, stored in one. */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { plainDigits } from './digits.ts'
import { withoutAround } from './list.ts'

/**
 * Drops what is copied with a number: a name, quotes, invisible characters, the scheme of a link,
 * brackets, its kind.
 */
const bare = (text: string) =>
  plainDigits(withoutAround(text))
    .replaceAll(/\s/g, ' ')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^\((\+\d{1,3})\)/, '$1')
    .replace(/(?<!\s)\s*\(\p{L}[^()]*\)$/u, '')

/** Tells whether phone numbers of this country (ISO 3166-1 alpha-2) are known. */
export const isRegion = (text: string) => isSupportedCountry(text)

/**
 * Returns the number as E.164, read as one of the home region unless it begins with +; undefined if
 * it is none.
 */
export function toE164(text: string, homeRegion: string): string | undefined {
  const phone = parsePhoneNumberFromString(bare(text), {
    ...(isSupportedCountry(homeRegion) && { defaultCountry: homeRegion }),
    extract: false
  })
  return phone?.isValid() ? phone.number : undefined
}
