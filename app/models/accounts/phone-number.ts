/** The phone number of an account. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { toE164 } from '../../values/phone.ts'

/** Returns a typed phone number as it is stored; null without one. Throws InvalidInput. */
export function storedPhone(typed: string | null | undefined, homeRegion: string): string | null {
  if (!typed) return null
  const number = toE164(typed, homeRegion)
  if (number === undefined) throw new InvalidInput({ phone: messageKey('notAPhone') })
  return number
}
