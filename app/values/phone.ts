/** Phone numbers: typed in many ways, stored in one. */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** The number as E.164, read as one of the home region unless it begins with +; undefined for what is none. */
export function toE164(text: string, homeRegion: string): string | undefined {
  const phone = parsePhoneNumberFromString(text.normalize('NFKC'), {
    ...(isSupportedCountry(homeRegion) && { defaultCountry: homeRegion }),
    extract: false
  })
  return phone?.isValid() ? phone.number : undefined
}
