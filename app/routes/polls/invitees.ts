/** Reads the lines of a voter list as names and e-mail addresses, where mail can be sent. */
import { InvalidInput } from '../../errors.ts'
import { messageKey } from '../../i18n/messages.ts'
import { canonicalEmail, hasSeparator } from '../../values/email.ts'
import { type Invitee, splitInvitee } from '../../values/invitee.ts'
import { withoutAround } from '../../values/list.ts'
import { MAX_VOTER_NAME } from '../../values/privacy.ts'
import { codePoints } from '../../values/text.ts'
import { Email } from '../../schemas/accounts.ts'

/** Lines that a message names. */
const MAX_LINES = 10

/** Returns the person of a line that is a name. */
const named = (line: string | null): Invitee => ({ name: line?.replaceAll('\t', ' ') ?? null, email: null })

/**
 * Reads a line; null if its address is none. An address that stands for the name too is not stored
 * as one.
 */
function read(line: string): Invitee | null {
  const found = splitInvitee(line)
  if (!found) return named(line)
  const email = Email.safeParse(found.address)
  if (!email.success || hasSeparator(email.data)) return null
  const isAddress = canonicalEmail(withoutAround(found.name)) === email.data
  return { name: isAddress ? null : found.name || null, email: email.data }
}

const isTooLong = (invitee: Invitee | null) => codePoints(invitee?.name ?? '') > MAX_VOTER_NAME

/** Returns the first places, from 1, of what the test finds. */
const placesOf = <T>(all: readonly T[], test: (one: T) => boolean): number[] =>
  all.flatMap((one, index) => (test(one) ? [index + 1] : [])).slice(0, MAX_LINES)

/**
 * Reads each line; null is a person without a name. Without mail, a line is a name. Throws
 * InvalidInput with the places of wrong lines, because errors are logged and addresses are not.
 */
export function inviteesOf(lines: ReadonlyArray<string | null>, isMailed: boolean): Invitee[] {
  const invitees = lines.map(line => (line !== null && isMailed ? read(line) : named(line)))
  const wrong = placesOf(invitees, invitee => invitee === null)
  if (wrong.length > 0) throw new InvalidInput({ names: messageKey('inviteeAddresses', wrong) })
  const long = placesOf(invitees, isTooLong)
  if (long.length > 0) throw new InvalidInput({ names: messageKey('inviteeNames', long, MAX_VOTER_NAME) })
  return invitees.filter(invitee => invitee !== null)
}
